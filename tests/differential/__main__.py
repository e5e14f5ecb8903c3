"""``python -m tests.differential --device cpp --cases 1000``: more rules than a test session has time for."""

import argparse
import sys

from neuromodsim import quiet
from tests.differential.compare import disagreements


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="numpy", choices=["numpy", "cpp", "cython", "cuda"])
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--batch", type=int, default=25, help="rules in one program")
    parser.add_argument("--how", nargs="+", default=["lazy", "clock"], choices=["lazy", "clock"])
    given = parser.parse_args()
    quiet.brian()
    seeds = range(given.first, given.first + given.cases)
    wrong = 0
    for how in given.how:
        for sentence in disagreements(seeds, given.device, how, given.batch):
            print(sentence, flush=True)
            wrong += 1
    print(f"{wrong} of {given.cases * len(given.how)} runs of rules are wrong on {given.device}.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
