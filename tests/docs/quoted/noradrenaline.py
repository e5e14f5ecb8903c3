"""Noradrenaline."""

from collections.abc import Iterator

PAGE = "docs/noradrenaline.md"
PUBLISHED = ("0.31 ± 0.04", "2.93 ± 0.28")


def texts() -> Iterator[str]:
    """Yield the passages of the page: none, as its results are of others."""
    yield from ()
