"""Make figures small, say what holds of them, and store their numbers: ``python -m tests.figures.small``."""

import argparse
import resource
import sys
import time

from neuromodsim import brian
from neuromodsim.catalogue import catalogue
from neuromodsim.reports.claims import all_supported
from tests.figures import small


def main() -> int:
    """Make the figures that are named, or all of them; 1 if a claim does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.figures.small", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="paper/figure; all if none is named")
    parser.add_argument("--store", action="store_true", help="store the numbers, if every claim holds")
    told = parser.parse_args()
    brian.brian()
    return 1 if sum([_make(name, told.store) for name in told.names or catalogue.figures()]) else 0


def _make(name: str, store: bool) -> int:
    start, spent = time.monotonic(), _computing()
    found = small.summary(name)
    claimed = small.of(name).check(found)
    if store and all_supported(claimed):
        small.store(name, found)
    failed = [check for check in small.checks(name, found) if not check.supported]
    took = f"{time.monotonic() - start:.0f} s, {_computing() - spent:.0f} s of computing"
    print(f"{name}: {len(claimed)} claims, {took}, {len(failed)} fail", flush=True)
    for check in failed:
        print(f"  {check.claim}\n    expected {check.expected}\n    observed {check.observed}")
    return len(failed)


def _computing() -> float:
    """Return the processor's seconds of this process and of all that it started."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    sys.exit(main())
