"""Decision 15: delays queue cells, not synapses."""

from collections.abc import Iterator

from tests.docs.quoted.readme import per_event

PAGE = "docs/decisions/0015-cells-wait-not-synapses.md"
PUBLISHED = ()


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    own, queue = per_event()
    yield f"an event takes {own} ns instead of {queue} (`python -m benchmarks one_delay`)"
