"""The running numbers of a third factor as a Brian2 group: one row per region, or per target cell."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2 import Function, NeuronGroup, linked_var

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Parameter, SynapseModel, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics.turning import longest
from neuromodsim.transforms.code_names import Fresh
from neuromodsim.transforms.derived import Program


def add_region(
    experiment: Experiment,
    built: Assembly,
    projection: Projection,
    model: SynapseModel,
    program: Program,
    target: Any,
) -> None:
    """Add the running numbers of a projection's third factor, and let its synapses read them.

    Parameters
    ----------
    experiment, built
        What is being built, and what is there so far.
    projection, model
        The projection, and what is left of its rule.
    program
        What the rule became.
    target
        The group of the target's whole population.
    """
    name, synapses = projection.name, built.groups[projection.name]
    own_name = region_name(experiment, name)
    modulators = {m.name: m for m in experiment.circuit.modulators}
    levels = levels_read(projection, model, modulators)
    stand_for = {here: modulator for here, (modulator, _) in levels.items()}
    single = {len(built.groups[m]) for m in stand_for.values()} == {1}
    rows = 1 if single else len(target)
    borrowed = _borrowed(program, stand_for)
    origins = {here: _parameter(experiment, origin) for here, origin in borrowed.items()}
    declared = "".join(f"{n} : {p.unit} {p.flags}\n" for n, p in origins.items())
    group = NeuronGroup(
        rows,
        f"{program.region_equations}\n{model.declarations()}\n{declared}",
        clock=built.clock,
        name=own_name,
    )
    for here, (modulator, level) in levels.items():
        origin = built.groups[modulator]
        place = projection.region_of or modulators[modulator].region_of.get(target.name, ())
        index = region_index(projection.name, place, len(origin), rows)
        setattr(group, program.linked[here], linked_to(origin, level, index))
    for parameter in model.parameters:
        built.add_input(f"{name}.{parameter}", group.variables[parameter])
    for here, source in borrowed.items():
        built.add_input(source, group.variables[here])
    for variable, start in program.initial_region.items():
        built.add_input(f"{own_name}.{variable}", group.variables[variable], default=start)
    # Before the modulator moves, so that a step integrates from the present level on.
    group.run_regularly(program.region_step, when="groups", order=-10, clock=built.clock)
    index = "0" if single else "_postsynaptic_idx"
    for variable in program.read_from_region:
        synapses.variables.add_reference(variable, group, variable, index=index)
    if program.turnings:
        synapses.variables.add_reference(program.row, group, "i", index=index)
        _let_turn(built, program, synapses, group, rows)
    built.groups[own_name] = group
    built.network.add(group)
    if program.flush:
        clock = SlowClock(1000 * experiment.dt, experiment.dt, f"{name}_flush_clock")
        built.add_input(f"{name}@flush_interval", clock.variables["dt"])
        built.last += flush_on(clock, program, synapses, group, order=-40)
        built.flushes.append((name, program, synapses, group))


def region_name(experiment: Experiment, projection: str) -> str:
    """Return what the group of a projection's running numbers is called: as nothing of the user's is."""
    parts = [name for p in experiment.circuit.populations for name in p.parts]
    return Fresh({*experiment.components(), *parts, "task"})(f"{projection}_region")


def _let_turn(built: Assembly, program: Program, synapses: Any, region: Any, rows: int) -> None:
    """Give bounded weights the functions that follow them, and let turns not fill the memory."""
    functions: dict[str, Function] = {}
    for turning in program.turnings:
        count = len(built.pairs[synapses.name][0])
        functions |= turning.functions(len(built.turns), rows, count)
        built.turns.append(turning)
    synapses.namespace = region.namespace = functions
    steps = min(longest(rows, turning.terms) for turning in program.turnings)
    clock = SlowClock(steps * built.clock.dt, built.clock.dt, f"{synapses.name}_room_clock")
    flush_on(clock, program, synapses, region, order=-42)


def flush_on(clock: SlowClock, program: Any, synapses: Any, region: Any, order: int) -> list[Any]:
    """Bring weights up to date and start the region's running numbers anew, at a clock's times."""
    when: dict[str, Any] = {"when": "start", "clock": clock}
    return [
        synapses.run_regularly(program.flush, order=order, **when),
        region.run_regularly(program.region_flush, order=order + 1, **when),
    ]


def _borrowed(program: Program, stand_for: Mapping[str, str]) -> dict[str, str]:
    """Return where the parameters of modulators come from, by their name in the region."""
    origins = {here: origin.split(".") for here, origin in program.region_parameters.items()}
    return {here: f"{stand_for[name]}.{parameter}" for here, (name, parameter) in origins.items()}


def _parameter(experiment: Experiment, origin: str) -> Parameter:
    component, parameter = origin.split(".")
    return experiment.components()[component].parameters[parameter]


def levels_read(
    projection: Projection, model: SynapseModel, modulators: Mapping[str, Modulator]
) -> dict[str, tuple[str, str]]:
    """Return the modulator and its variable that each name in a rule stands for.

    Raises
    ------
    WrongInput
        If there is no such modulator, or it has no such variable.
    """
    found = {}
    for here in model.modulators:
        name, dot, level = projection.modulators.get(here, here).partition(".")
        if name not in modulators:
            raise unknown("modulator", name, modulators)
        variables = parsed(modulators[name].model.equations)
        if dot and level not in variables:
            raise unknown(f"level of {name}", level, variables)
        found[here] = (name, level if dot else modulators[name].model.level)
    return found


def linked_to(origin: Any, level: str, index: Any) -> Any:
    """Return a link to a variable of a group, row by row or by an index."""
    return linked_var(origin, level) if index is None else linked_var(origin, level, index=index)


def region_index(reader: str, place: tuple[int, ...], regions: int, rows: int) -> Any:
    """Return the region of each row of a reader, None where each row has its own.

    Raises
    ------
    WrongInput
        If there are several regions and ``place`` does not give one to each row.
    """
    if regions == 1 and rows > 1:
        return np.zeros(rows, dtype=np.int64)
    if regions > 1 and place:
        index = np.asarray(place, dtype=np.int64)
        if index.shape != (rows,) or index.min() < 0 or index.max() >= regions:
            raise WrongInput(
                f"'region_of' of '{reader}' must hold, for each of {rows} cells of the "
                f"target's population, a region from 0 to {regions - 1}."
            )
        return index
    if regions == rows:
        return None
    raise WrongInput(
        f"'{reader}' must say which of {regions} regions each of {rows} target cells is in (region_of)."
    )
