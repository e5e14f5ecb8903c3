"""When layers of cells, and what is between them, take their turns within a time step."""

from collections.abc import Iterable
from typing import Any

# Within a layer, everything happens in this order, in one slot of the time step.
# Brian2 goes through the objects of a slot by their order. All that belongs to layers is put into the slot of
# its state updates, where everything else has orders from -10 to 5 and so comes before a layer above 0.
LAYER = 100
UPDATE, DETECT, SEND, LEARN, RESET = range(0, 50, 10)


def arrange_cells(group: Any, updater: Any, layer: int) -> None:
    """Put all that a layer of cells does within a step into one slot, in order."""
    start = LAYER * layer
    updater.when, updater.order = "groups", start + UPDATE
    for thresholder in group.thresholder.values():
        thresholder.when, thresholder.order = "groups", start + DETECT
    for name, resetter in group.resetter.items():
        resetter.when = "groups"
        resetter.order = start + (RESET if name == "spike" else LEARN)


def arrange_synapses(synapses: Any, paths: Iterable[str], sends: int, learns: int) -> None:
    """Let synapses send as soon as their sources' layer has fired, and learn once the layer ``learns`` has.

    Events keep the order in which their model lists them, ``paths``.
    """
    for place, path in enumerate(paths):
        pathway = getattr(synapses, path)
        sent, learned = LAYER * sends + SEND, LAYER * learns + LEARN
        pathway.when, pathway.order = "groups", sent if path == "pre" else learned + place
