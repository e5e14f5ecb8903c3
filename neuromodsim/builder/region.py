"""The accumulators of a third factor as a Brian2 group: one row per region, or per target cell."""

from collections.abc import Mapping
from typing import Any

from brian2 import Function, NeuronGroup

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.inputs import InputSource
from neuromodsim.builder.links import levels_read, link_of_level, link_to
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.description.projection import Projection
from neuromodsim.numerics.turning import longest
from neuromodsim.transforms.code_names import Fresh
from neuromodsim.transforms.derived import Program


def add_region(
    draft: Draft, projection: Projection, model: SynapseModel, program: Program, target: Any
) -> None:
    """Add the accumulators of the third factor of a projection, and links from its synapses.

    Parameters
    ----------
    draft
        What is being built.
    projection, model
        The projection, and what is left of its rule.
    program
        What the rule became.
    target
        The group of the target's whole population.
    """
    built, synapses = draft.built, draft.built.groups[projection.name]
    levels = levels_read(projection, model, draft.modulators)
    single = all(len(built.groups[modulator]) == 1 for modulator, _ in levels.values())
    single = single and not program.signals
    rows = 1 if single else len(target)
    # A parameter of a modulator that the region needs as well: given under one name, it goes to both.
    borrowed = _borrowed(program, levels)
    group = _group(draft, projection, model, program, borrowed, rows)
    for here, (modulator, level) in levels.items():
        setattr(group, program.linked[here], link_of_level(draft, projection, modulator, level, target, rows))
    for here, variable in program.signals.items():
        setattr(group, here, link_to(draft, target, variable))
    _list_settable(built, projection, model, program, borrowed, group)
    # Before the modulator moves, so that a step integrates from the present level on.
    group.run_regularly(program.region_step, when="groups", order=-10, clock=built.clock)
    if program.region_after:
        group.run_regularly(program.region_after, when="groups", order=-9, clock=built.clock)
    _let_read(built, program, synapses, group, rows)
    built.groups[group.name] = group
    built.network.add(group)
    if program.synchronise:
        _synchronise_at_intervals(draft, program, synapses, group)


def _let_read(built: Assembly, program: Program, synapses: Any, group: Any, rows: int) -> None:
    """Let synapses read their row of the accumulators."""
    index = "0" if rows == 1 else "_postsynaptic_idx"
    for variable in program.read_from_region:
        place = "0" if group.variables[variable].scalar else index
        synapses.variables.add_reference(variable, group, variable, index=place)
    if program.turnings:
        synapses.variables.add_reference(program.row, group, "i", index=index)
        _let_turn(built, program, synapses, group, rows)


def _group(
    draft: Draft,
    projection: Projection,
    model: SynapseModel,
    program: Program,
    borrowed: Mapping[str, str],
    rows: int,
) -> Any:
    """Return the group of accumulators, with its own parameters and those of modulators."""
    origins = {here: _parameter(draft.experiment, origin) for here, origin in borrowed.items()}
    declared = "".join(f"{n} : {p.declared}\n" for n, p in origins.items())
    return NeuronGroup(
        rows,
        f"{program.region_equations}\n{model.declarations()}\n{declared}",
        clock=draft.built.clock,
        name=region_name(draft.experiment, projection.name),
    )


def _list_settable(
    built: Assembly,
    projection: Projection,
    model: SynapseModel,
    program: Program,
    borrowed: Mapping[str, str],
    group: Any,
) -> None:
    """List the parameters of a region, each under the name of whose parameter it is, and where it starts."""
    for parameter in model.parameters:
        built.add_input(built.path(projection.name, parameter), group.variables[parameter])
    for here, source in borrowed.items():
        built.add_input(source, group.variables[here])
    for variable, start in program.initial_region.items():
        built.add_input(f"{group.name}.{variable}", group.variables[variable], default=start)


def _synchronise_at_intervals(draft: Draft, program: Program, synapses: Any, group: Any) -> None:
    """Synchronise at intervals set by a run, after the last step, and before each sample."""
    built, dt = draft.built, draft.experiment.dt
    clock = SlowClock(1000 * dt, dt, f"{synapses.name}_flush_clock")
    built.add_input(InputSource("synchronisation_interval", synapses.name), clock.variables["dt"])
    built.last += synchronise_on(clock, program, synapses, group, order=-40)
    built.synchronised.append((synapses.name, program, synapses, group))


def region_name(experiment: Experiment, projection: str) -> str:
    """Return the name of the group of accumulators of a projection, which no user component has."""
    parts = [name for p in experiment.circuit.populations for name in p.parts]
    return Fresh({*experiment.components(), *parts, "task"})(f"{projection}_region")


def _let_turn(built: Assembly, program: Program, synapses: Any, region: Any, rows: int) -> None:
    """Give bounded weights the functions that follow them, and let turns not fill the memory."""
    functions: dict[str, Function] = {}
    for turning in program.turnings:
        count = len(built.pairs[synapses.name][0])
        runs = (built.delay_runs.get((synapses.name, "pre")), built.delay_runs.get((synapses.name, "post")))
        place = turning.place(len(built.turns), synapses.name, rows, count, runs)
        functions |= turning.functions(place)
        built.turns.append(place)
    synapses.namespace = region.namespace = functions
    # Each step is a turn at worst, and after so many there is no room for more.
    steps = min(longest(rows, turning.terms) for turning in program.turnings)
    clock = SlowClock(steps * built.clock.dt, built.clock.dt, f"{synapses.name}_room_clock")
    synchronise_on(clock, program, synapses, region, order=-42)


def synchronise_on(clock: SlowClock, program: Any, synapses: Any, region: Any, order: int) -> list[Any]:
    """Synchronise weights and reset the accumulators of the region, at the times of a clock."""
    when: dict[str, Any] = {"when": "start", "clock": clock}
    return [
        synapses.run_regularly(program.synchronise, order=order, **when),
        region.run_regularly(program.region_reset, order=order + 1, **when),
    ]


def _borrowed(program: Program, levels: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return where the parameters of modulators come from, by their name in the region."""
    origins = {here: origin.split(".") for here, origin in program.region_parameters.items()}
    return {here: f"{levels[name][0]}.{parameter}" for here, (name, parameter) in origins.items()}


def _parameter(experiment: Experiment, origin: str) -> Parameter:
    component, parameter = origin.split(".")
    return experiment.components()[component].parameters[parameter]
