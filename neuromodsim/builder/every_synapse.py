"""Code that all synapses of a projection run together, without a spike: what a rule does in every step."""

import re
from collections.abc import Sequence
from typing import Any

from brian2.stateupdaters.exact import linear

from neuromodsim.builder.layers import LAYER, LEARN

# In the slot of what spikes and events make synapses do, whose orders are -1 and 1.
AFTER_EVENTS = 5


def add_step(synapses: Any, code: str, clock: Any, layer: int | None, paths: Sequence[str]) -> None:
    """Let every synapse run code once per step, after all code of events.

    Parameters
    ----------
    synapses, code, clock
        The synapses, what they run, and when.
    layer
        The layer after which they do so, where cells have layers.
    paths
        The pathways whose code comes before.
    """
    place: dict[str, Any] = {"when": "synapses", "order": AFTER_EVENTS}
    if layer is not None:
        place = {"when": "groups", "order": LAYER * layer + LEARN + len(paths)}
    synapses.run_regularly(up_to_date(synapses, code), clock=clock, **place)


def up_to_date(synapses: Any, code: str) -> str:
    """Return code that finds event-driven variables as they are now, as that of a spike does."""
    if synapses.event_driven is None:
        return code
    # Brian2's own exact solution, over the time since a synapse was last touched in place of a time step.
    update = re.sub(r"\bdt\b", "(t - lastupdate)", linear(synapses.event_driven, synapses.variables))
    return f"{update}\n{code}\nlastupdate = t"
