"""What a figure claims, and whether it holds."""

from collections.abc import Iterable
from typing import NamedTuple


class Check(NamedTuple):
    """One claim of a figure: what the source says, and what the runs show."""

    claim: str
    wanted: str
    found: str
    holds: bool


def all_hold(checks: Iterable[Check]) -> bool:
    """Whether every claim holds; a figure that claims nothing does not."""
    checks = list(checks)
    return bool(checks) and all(check.holds for check in checks)
