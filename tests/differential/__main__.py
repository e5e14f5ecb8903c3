"""``python -m tests.differential --device cpp --circuits 40``: more rules than a session has time for."""

import argparse
import sys

from neuromodsim import brian
from tests.differential.compare import RULES, disagreements, drawn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="numpy", choices=["numpy", "cpp", "cython", "cuda"])
    parser.add_argument("--circuits", type=int, default=12, help=f"of {RULES} rules each")
    parser.add_argument("--first", type=int, default=0, help="the number of the first circuit")
    parser.add_argument(
        "--how", nargs="+", default=["event-driven", "clock-driven"], choices=["event-driven", "clock-driven"]
    )
    given = parser.parse_args()
    brian.brian()
    wrong = 0
    runs = dict.fromkeys(given.how, 0)
    for circuit in range(given.first, given.first + given.circuits):
        for how in given.how:
            for sentence in disagreements([circuit], given.device, how):
                print(sentence, flush=True)
                wrong += 1
            runs[how] += len(drawn(circuit, how))
        print(f"{given.device}: {runs}, {wrong} wrong", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
