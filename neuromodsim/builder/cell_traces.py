"""Spike traces that belong to a cell, set by its spikes."""

from dataclasses import replace
from typing import Any

from brian2.groups.group import CodeRunner

from neuromodsim.builder.assembly import Assembly
from neuromodsim.transforms.traces import CellTraces


def add_traces(traces: CellTraces, population: str, group: Any, built: Assembly) -> None:
    """Let spikes of a group set its traces, and its borrowed parameters be given."""
    for kept in traces.kept.get(population, []):
        for name, here in kept.borrowed.items():
            # Given as the projection's parameter only, or the population's own of this name, 0, may win.
            built.inputs.pop(f"{population}.{here}", None)
            built.add_input(built.path(kept.projection.name, name), group.variables[here])
        # Before presynaptic code and after postsynaptic code, as if in the synapse.
        order = -2 if kept.trace.of_source else 2
        setting = kept.trace.setting.reading(kept.borrowed)
        code = str(replace(setting, variable=kept.name))
        group.contained_objects.append(OnSpike(group, code, order, f"{kept.name}_setter"))


class OnSpike(CodeRunner):
    """Code run for the cells that spike, at a place of its own within the time step."""

    def __init__(self, group: Any, code: str, order: int, name: str) -> None:
        super().__init__(
            group,
            # Brian2's template of a reset runs code for the cells that have spiked; only its place in the
            # step is another.
            "reset",
            code=code,
            user_code=code,
            clock=group.clock,
            when="synapses",
            order=order,
            name=name,
            needed_variables=["_spikespace"],
            template_kwds={"eventspace_variable": group.variables["_spikespace"]},
        )
