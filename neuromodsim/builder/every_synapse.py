"""Code that all synapses of a projection run together, without a spike: what a rule does in every step."""

import re
from collections.abc import Sequence
from typing import Any

from brian2.core.variables import Variables
from brian2.stateupdaters.exact import linear

from neuromodsim.builder.clocks import SlowClock
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
    runner = synapses.run_regularly(up_to_date(synapses, code), clock=clock, **place)
    if isinstance(clock, SlowClock):
        _let_read(runner, clock)


def slowed(synapses: Any, step: Any, of_network: Any) -> SlowClock:
    """Return a clock of the synapses' own, by which their differential equations are integrated.

    Parameters
    ----------
    synapses, step, of_network
        The synapses, their time step, and that of the network.
    """
    clock = SlowClock(step, of_network, f"{synapses.name}_own_clock")
    if synapses.state_updater is not None:
        synapses.state_updater._clock = clock  # Brian2 has no argument for this
        _let_read(synapses.state_updater, clock)
    return clock


def _let_read(runner: Any, clock: Any) -> None:
    """Let code read the time step of a clock as ``dt``, before that of its group, which is the network's."""
    runner.variables = Variables(runner)
    runner.variables.add_reference("dt", clock, "dt")


def up_to_date(synapses: Any, code: str) -> str:
    """Return code that finds event-driven variables as they are now, as that of a spike does."""
    if synapses.event_driven is None:
        return code
    # Brian2's own exact solution, over the time since a synapse was last touched in place of a time step.
    update = re.sub(r"\bdt\b", "(t - lastupdate)", linear(synapses.event_driven, synapses.variables))
    return f"{update}\n{code}\nlastupdate = t"
