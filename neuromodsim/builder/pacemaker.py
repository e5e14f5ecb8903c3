"""The integrals of rates as Brian2 groups: one row per region, or per cell of one side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from brian2 import NeuronGroup
from brian2.utils.stringtools import get_identifiers

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.links import courses_read, levels_read, link_of_level, link_to, linked_to, rows_read
from neuromodsim.description.layout import swap
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.projection import Projection
from neuromodsim.transforms.pace import Paced
from neuromodsim.units.quantities import unit_text


@dataclass(frozen=True)
class Place:
    """The group in which a rate is computed: its number of rows, and the variable behind each name.

    ``links`` maps a name in rates to what Brian2 is given to link it to, and ``units`` to its unit.
    """

    rows: int
    index: str
    links: Mapping[str, Any]
    units: Mapping[str, str]


def add_all_paces(
    draft: Draft, projection: Projection, model: SynapseModel, paces: list[Paced], source: Any, target: Any
) -> None:
    """Keep the integrals of all rates of a projection that move between spikes.

    Parameters
    ----------
    draft
        What is being built.
    projection, model, paces
        The projection, what is left of its rule, and the variables whose rates move.
    source, target
        The groups of its whole populations.
    """
    for side in sorted({p.side for p in paces}):
        mine = [p for p in paces if p.side == side]
        if side == "region":
            place = _of_regions(draft, projection, model, target)
        else:
            names = set().union(*(get_identifiers(p.rate) for p in mine))
            place = _of_cells(draft, source if side == "pre" else target, side, names)
        _add_paces(draft.built, projection, model, mine, side, place)


def _of_regions(draft: Draft, projection: Projection, model: SynapseModel, target: Any) -> Place:
    """Return the place of rates that modulators move: one row if all have one region, else one per cell."""
    groups, levels = draft.built.groups, levels_read(projection, model, draft.modulators)
    courses = courses_read(draft, projection)
    single = all(len(groups[modulator]) == 1 for modulator, _ in [*levels.values(), *courses.values()])
    rows = 1 if single else len(target)
    links, units = {}, {}
    for name, (modulator, level) in levels.items():
        links[name] = link_of_level(draft, projection, modulator, level, target, rows)
        units[name] = unit_text(groups[modulator].variables[level].dim)
    for name, (owner, level) in courses.items():
        index = None if single else rows_read(draft, target, groups[owner])
        links[name] = linked_to(groups[owner], level, index)
        units[name] = unit_text(groups[owner].variables[level].dim)
    return Place(rows, "0" if single else "_postsynaptic_idx", links, units)


def _of_cells(draft: Draft, end: Any, side: str, names: set[str]) -> Place:
    """Return the place of rates that the cells of one side move, ``"pre"`` or ``"post"``."""
    known = {n: v for n in names if (v := n.removesuffix(f"_{side}")) in end.variables}
    return Place(
        len(end),
        "_presynaptic_idx" if side == "pre" else "_postsynaptic_idx",
        {name: link_to(draft, end, variable) for name, variable in known.items()},
        {name: unit_text(end.variables[variable].dim) for name, variable in known.items()},
    )


def _add_paces(
    built: Assembly, projection: Projection, model: SynapseModel, paces: list[Paced], side: str, place: Place
) -> None:
    """Add the integrals of rates at one place, and let a projection's synapses read them."""
    name = projection.name
    read = set().union(*(get_identifiers(p.rate) for p in paces)) & set(place.links)
    # The group holds all parameters of the synapse, and no name of them may be one of a level.
    mark = "level_"
    while any(parameter.startswith(mark) for parameter in model.parameters):
        mark += "_"
    here = {n: f"{mark}{k}" for k, n in enumerate(sorted(read))}
    lines = [f"{here[n]} : {place.units[n]} (linked)" for n in here]
    lines += [f"{p.now} : 1\n{p.next} : 1" for p in paces]
    group = NeuronGroup(
        place.rows,
        "\n".join([*lines, model.declarations()]),
        clock=built.clock,
        name=f"{name}_{side}_paces",
    )
    for n in here:
        setattr(group, here[n], place.links[n])
    for parameter in model.parameters:
        built.add_input(built.path(name, parameter), group.variables[parameter])
    # Before cells and modulators move: what a spike of this step sees ends where the step begins.
    step = "".join(f"{p.now} = {p.next}\n{p.next} += dt*({swap(p.rate, here)})\n" for p in paces)
    group.run_regularly(step, when="groups", order=-10, clock=built.clock)
    for variable in [v for p in paces for v in (p.now, p.next)]:
        built.groups[name].variables.add_reference(variable, group, variable, index=place.index)
    built.groups[group.name] = group
    built.network.add(group)
