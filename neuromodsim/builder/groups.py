"""What all groups of rows have in common: the task, modulators and populations alike."""

from collections.abc import Callable
from typing import Any

import numpy as np
from brian2 import NeuronGroup
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.draft import Draft
from neuromodsim.builder.inputs import NEVER_SPIKED, InputSource, Kind
from neuromodsim.builder.lookup import Lookup
from neuromodsim.description.layout import bare
from neuromodsim.description.model import Model
from neuromodsim.errors import WrongInput
from neuromodsim.numerics.randomness import Sites

KEY = "random_key : integer (shared, constant)\n"
# In a program with replicas: the replica of a row, its index within the replica, and its key.
OF_REPLICA = """
replica    : integer (constant)
replica_i  : integer (constant)
random_key : integer (constant)
"""


def rewriter(draft: Draft, *, mixed: bool = False) -> Callable[[str], str]:
    """Return what leaves comments out of all texts of one model, and draws its chance by counter.

    One for all of them: two texts with counters of their own would draw the same numbers. ``mixed`` is as in
    `Sites`.
    """
    sites = Sites("replica_i" if draft.several else "i", mixed=mixed)
    return lambda text: sites.rewrite(bare(text))


def add_group(draft: Draft, name: str, size: int, model: Model, equations: str, **given: Any) -> Any:
    """Add a group with the parameters and tables of a model, and list what can be set of it.

    Parameters
    ----------
    draft
        What it is added to.
    name, size
        What it is called, and how many rows it has.
    model, equations
        Its model, and the equations that Brian2 is to read.
    given
        More arguments of `brian2.NeuronGroup`.
    """
    add_lookups(draft, name, model)
    group = NeuronGroup(
        size,
        f"{equations}\n{model.declarations()}\n{OF_REPLICA if draft.several else KEY}",
        clock=draft.built.clock,
        name=name,
        order=0,
        dtype=dict.fromkeys(model.single, np.float32),
        **given,
    )
    _list_settable(draft, group, model)
    draft.built.add_input(f"{name}.random_key", group.variables["random_key"])
    draft.built.groups[name] = group
    draft.built.network.add(group)
    return group


def add_lookups(draft: Draft, name: str, model: Model) -> None:
    """Add the tables of a component as functions that its equations call."""
    for table_name, table in model.tables.items():
        lookup = Lookup(table_name, table)
        if table_name in draft.built.namespace:
            raise WrongInput(f"Two tables are named '{table_name}'.")
        draft.built.lookups[draft.built.path(name, table_name)] = lookup
        draft.built.namespace |= lookup.functions()


def _list_settable(draft: Draft, group: Any, model: Model) -> None:
    """List parameters and every variable that is neither derived nor linked."""
    for name in (*model.parameters, *group.equations):
        variable = group.variables.get(name)
        linked = name in getattr(group, "_linked_variables", ())
        if isinstance(variable, ArrayVariable) and not linked and not variable.read_only:
            kind: Kind = "last_spike" if name in NEVER_SPIKED else "value"
            draft.built.add_input(InputSource(kind, f"{group.name}.{name}"), variable)
