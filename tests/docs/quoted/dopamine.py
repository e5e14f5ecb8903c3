"""Dopamine."""

from collections.abc import Iterator

import numpy as np

from tests.docs.quoted.values import of

PAGE = "docs/dopamine.md"
PUBLISHED = ("90 ± 9",)


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    levels = [np.mean(of("ejdrup2026/dopamine_volume", "tonic", condition=f"{r}_tonic")) for r in REGIONS]
    yield f"quantal release in a box gives {levels[0]:.1f} and {levels[1]:.1f} nmol/L"


REGIONS = ("dorsal", "ventral")
