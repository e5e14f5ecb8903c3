"""What synapses read of their cells: links."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2 import second

from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.links import rows_read
from neuromodsim.description.task import NEVER


def read_links(draft: Draft, synapses: Any, read: set[str], ends: Mapping[str, Any]) -> None:
    """Let synapses read a link of their cells; Brian2 lets them where it is row by row.

    Parameters
    ----------
    draft
        What is being built.
    synapses, read
        The synapses, and every name that they read.
    ends
        Their cells by the suffix of what is read of them.
    """
    # Brian2 resolves a link for a synapse only where it is row by row, without an index of its own.
    for path, origin in draft.circuit.links.items():
        owner, variable = path.split(".")
        for suffix, end in ends.items():
            here = f"{variable}{suffix}"
            if end.name != owner or here not in read or here in synapses.variables:
                continue
            writer, level = origin.split(".")
            group, index = draft.built.groups[writer], "0"
            if len(group) > 1:
                side = "_presynaptic_idx" if suffix == "_pre" else "_postsynaptic_idx"
                index = _rows(draft, synapses, here, end, f"_{variable}_indices", side)
            synapses.variables.add_reference(here, group, level, index=index)


def read_own_links(draft: Draft, synapses: Any, target: Any) -> None:
    """Let synapses read their own links: of several rows, that of their target cell."""
    for path, origin in draft.circuit.links.items():
        owner, here = path.split(".")
        if owner != synapses.name:
            continue
        writer, level = origin.split(".")
        group, index = draft.built.groups[writer], "0"
        if len(group) > 1:
            rows, index = rows_read(draft, target, group), "_postsynaptic_idx"
            if rows is not None:
                of_cells = f"_rows_of_{synapses.name}_{here}"
                kept = {"dtype": np.int32, "constant": True, "read_only": True}
                target.variables.add_array(
                    of_cells, size=len(rows), values=np.asarray(rows, np.int32), **kept
                )
                index = _rows(draft, synapses, here, target, of_cells, "_postsynaptic_idx")
        synapses.variables.add_reference(here, group, level, index=index)


def read_task(draft: Draft, synapses: Any, read: Mapping[str, str], target: Any) -> None:
    """Let synapses read variables of the task, in a program with replicas of that of their own replica.

    Parameters
    ----------
    draft, synapses
        What is being built, and the synapses.
    read
        The name by which synapses read each variable, and the variable.
    target
        The group of their target cells.
    """
    for here, variable in read.items():
        origin = draft.circuit.links.get(f"task.{variable}", f"task.{variable}")
        owner, name = origin.split(".")
        group, index = draft.built.groups[owner], "0"
        if len(group) > 1 and not group.variables[name].scalar:
            index = _rows(draft, synapses, here, target, "replica", "_postsynaptic_idx")
        synapses.variables.add_reference(here, group, name, index=index)


def _rows(draft: Draft, synapses: Any, here: str, end: Any, rows: str, side: str) -> str:
    """Return what holds, for each synapse, the row that it reads: that of its cell, copied before a run.

    Brian2 follows an index from a synapse to a row, not one from its cell.
    """
    own, of_cell = f"_row_of_{here}", f"row_of_cell_of_{here}"
    synapses.variables.add_reference(of_cell, end, rows, index=side)
    synapses.variables.add_array(own, size=len(draft.built.pairs[synapses.name][0]), dtype=np.int32)
    once = SlowClock(float(NEVER) * second, draft.experiment.dt, f"{synapses.name}_{here}_clock")
    synapses.run_regularly(f"{own} = {of_cell}", when="start", order=-2000, clock=once)
    return own
