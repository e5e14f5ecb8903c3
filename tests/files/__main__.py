"""Kill writers, let them race, and open what was changed, as often as is said.

``python -m tests.files --kills 200 --writers 50 --fuzz 1000``
"""

import argparse
import json

from tests.files import fuzzing, killing

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kills", type=int, default=0, help="how often a process that writes is killed")
parser.add_argument("--writers", type=int, default=0, help="how often two processes write to one place")
parser.add_argument(
    "--fuzz", type=int, default=0, help="how many changed stores are opened, of two kinds each"
)
parser.add_argument("--seed", type=int, default=1)
told = parser.parse_args()
# Those that fork come first: nothing of Zarr's own runs yet.
print(json.dumps({**killing.kills(told.kills, told.seed), **killing.writers(told.writers)}))
if told.fuzz:
    print(json.dumps({"changed": fuzzing.fuzz(told.fuzz, told.seed)}))
    print(json.dumps({"changed and resealed": fuzzing.fuzz(told.fuzz, told.seed, resealed=True)}))
