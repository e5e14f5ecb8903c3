"""Who reads whom: links from the rows of one component to a variable of another, and levels of modulators."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2 import linked_var

from neuromodsim.builder.draft import Draft
from neuromodsim.description.model import SynapseModel, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms.course import CourseModel


def add_link(draft: Draft, read: str, written: str) -> None:
    """Let the variable ``read`` of one component be the variable ``written`` of another."""
    reader, variable = read.split(".")
    writer, source = written.split(".")
    group = draft.built.groups[reader]
    setattr(group, variable, _link(draft, group, draft.built.groups[writer], source))


def link_to(draft: Draft, end: Any, variable: str) -> Any:
    """Return what to link to a variable of a group with: where that is a link itself, to its origin."""
    written = draft.circuit.links.get(f"{end.name}.{variable}")
    if written is None:
        return linked_to(end, variable, None)
    writer, source = written.split(".")
    return _link(draft, end, draft.built.groups[writer], source)


def _link(draft: Draft, group: Any, origin: Any, source: str) -> Any:
    """Return a link from the rows of a group to a variable of another."""
    return linked_to(origin, source, rows_read(draft, group, origin))


def rows_read(draft: Draft, group: Any, origin: Any) -> Any:
    """Return the row of another group that each row of a group reads; None if its own, or the only one."""
    reader, writer = group.name, origin.name
    index = None
    if len(origin) > 1:  # one row is read by all
        modulator = draft.modulators.get(writer)
        mapping = () if modulator is None else modulator.compartment_of.get(reader, ())
        # With replicas, a row is read by those of its own replica, where the components lie in another order.
        if draft.several and not mapping and len(origin) in (draft.circuit.tasks, len(group)):
            mapping = _own_rows(draft, group, origin)
        index = region_index(f"{reader}, a reader of {writer}", mapping, len(origin), len(group))
    return index


def _own_rows(draft: Draft, group: Any, origin: Any) -> tuple[int, ...]:
    """Return the row of another component that each row of one reads, in its replica; () if its own."""
    read, written = (_of_replicas(draft, each.name, len(each)) for each in (group, origin))
    index = np.empty(len(group), int)
    index[read] = written  # one row of a replica is read by all of its cells
    return () if np.array_equal(index, np.arange(len(origin))) else tuple(index.tolist())


def _of_replicas(draft: Draft, name: str, size: int) -> Any:
    """Return the rows of each replica of a component, shape ``(replica, row)``, part after part."""
    populations = {p.name: p for p in draft.circuit.populations}
    parts = populations[name].stretches().values() if name in populations else [slice(0, size)]
    each = [np.arange(part.start, part.stop).reshape(draft.circuit.tasks, -1) for part in parts]
    return np.concatenate(each, axis=1)


def courses_read(draft: Draft, projection: Projection) -> dict[str, tuple[str, str]]:
    """Return the modulator and its variable behind each link of a synapse to a parameter on a course."""
    origins = {
        path.partition(".")[2]: origin.partition(".")
        for path, origin in draft.circuit.links.items()
        if path.partition(".")[0] == projection.name
    }
    followed = {name for name, m in draft.modulators.items() if isinstance(m.model, CourseModel)}
    return {here: (owner, level) for here, (owner, _, level) in origins.items() if owner in followed}


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
            raise unknown(f"modulator for '{here}' in the rule of '{projection.name}'", name, modulators)
        variables = parsed(modulators[name].model.equations)
        if dot and level not in variables:
            raise unknown(f"level of {name}", level, variables)
        found[here] = (name, level if dot else modulators[name].model.level)
    return found


def link_of_level(
    draft: Draft, projection: Projection, modulator: str, level: str, target: Any, rows: int
) -> Any:
    """Return a link to a level that a projection reads: for one row, or for each cell of its target.

    The spatial mapping is that of the projection, or else that of the modulator for all that read it.
    """
    origin = draft.built.groups[modulator]
    mapping = projection.compartment_of or draft.modulators[modulator].compartment_of.get(target.name, ())
    return linked_to(origin, level, region_index(projection.name, mapping, len(origin), rows))


def linked_to(origin: Any, level: str, index: Any) -> Any:
    """Return a link to a variable of a group, row by row or by an index."""
    return linked_var(origin, level) if index is None else linked_var(origin, level, index=index)


def region_index(reader: str, mapping: tuple[int, ...], regions: int, rows: int) -> Any:
    """Return the region of each row of a reader, None where each row has its own.

    Raises
    ------
    WrongInput
        If there are several regions and ``mapping`` does not give one to each row.
    """
    if regions == 1 and rows > 1:
        return np.zeros(rows, dtype=np.int64)
    if regions > 1 and mapping:
        index = np.asarray(mapping, dtype=np.int64)
        if index.shape != (rows,) or index.min() < 0 or index.max() >= regions:
            raise WrongInput(
                f"'compartment_of' of '{reader}' must hold a region from 0 to {regions - 1} for each of the "
                f"{rows} cells of the target population; got {len(index)} values."
            )
        return index
    if regions == rows:
        return None
    raise WrongInput(
        f"'compartment_of' of '{reader}' must map each of {rows} target cells to one of {regions} regions."
    )
