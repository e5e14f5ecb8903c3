"""Kill writers and let them race, as often as is said: ``python -m tests.files --kills 200 --writers 50``."""

import argparse
import json

from tests.files.killing import kills, writers

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kills", type=int, default=0, help="how often a process that writes is killed")
parser.add_argument("--writers", type=int, default=0, help="how often two processes write to one place")
parser.add_argument("--seed", type=int, default=1)
told = parser.parse_args()
print(json.dumps({**kills(told.kills, told.seed), **writers(told.writers)}))
