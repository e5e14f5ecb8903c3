"""What a figure claims, and whether the runs support it."""

from collections.abc import Iterable
from typing import NamedTuple


class Check(NamedTuple):
    """One claim of a figure: expected and observed."""

    claim: str
    expected: str
    observed: str
    supported: bool


def all_supported(checks: Iterable[Check]) -> bool:
    """Whether every claim is supported; a figure that claims nothing does not."""
    checks = list(checks)
    return bool(checks) and all(check.supported for check in checks)
