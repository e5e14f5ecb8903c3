"""``python -m tests.fuzz --api 1000 --cli 1000 --device numpy``: many random settings; 1 if one is silent."""

import argparse
import sys

from neuromodsim import brian
from tests.fuzz import api, command


def main() -> int:
    """Try settings and print how many were taken and refused."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--api", type=int, default=0, help="how many settings of nms.simulate")
    parser.add_argument("--cli", type=int, default=0, help="how many commands")
    parser.add_argument("--device", default="numpy", help="numpy (default), cpp or cython")
    parser.add_argument("--seed", type=int, default=0, help="of the settings")
    told = parser.parse_args()
    brian.brian()
    silent = 0

    def tell(said: str) -> None:
        print(said, file=sys.stderr, flush=True)

    for name, count, fuzzer in (("api", told.api, api), ("cli", told.cli, command)):
        found = fuzzer.run(count, told.device, told.seed, tell)
        silent += found["silent"]
        print(
            f"{name} on {told.device}: {found['taken']} taken as given, {found['refused']} refused, "
            f"{found['silent']} silent",
            flush=True,
        )
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
