"""Which names the texts of a component can read and set, each as Brian2 has it once the network is built."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from brian2.core.functions import DEFAULT_CONSTANTS, DEFAULT_FUNCTIONS, Function
from brian2.core.variables import Constant, Variable
from brian2.equations.equations import BOOLEAN, SUBEXPRESSION
from brian2.units import get_dimensions, second
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, NeuronModel, SynapseModel, parsed
from neuromodsim.description.projection import Projection
from neuromodsim.description.reductions import reduces
from neuromodsim.description.task import Task
from neuromodsim.numerics.randomness import brian_functions
from neuromodsim.transforms.distant_events import OF_TASK
from neuromodsim.transforms.synaptic_chance import KEY, NUMBER
from neuromodsim.transforms.unit_check import of_table
from neuromodsim.units.quantities import unit_names

TIME = second.dim
COUNTS = ("i", "N", "t_in_timesteps", "random_key", "replica", "replica_i")
# The type of each variable is given, as Brian2 looks its default up with all that is said of it.
OF_SYNAPSES = ("i", "j", "N", "N_pre", "N_post", "N_incoming", "N_outgoing", "t_in_timesteps", KEY, NUMBER)
BUILT_IN = "which every model has, and code cannot set"


@dataclass(frozen=True)
class Named:
    """What a name stands for: a variable, and why code cannot set it; nothing if it can, or may."""

    variable: Variable
    fixed: str = ""


@dataclass(frozen=True)
class Scope:
    """All that the texts of a component can name, beside functions, constants and units."""

    names: Mapping[str, Named]
    tables: Mapping[str, Function]
    arrays: Mapping[str, int]

    def find(self, name: str) -> Any:
        """Return what Brian2 takes a name for; None if it is unknown."""
        if name in self.names:
            return self.names[name].variable
        return self.tables[name] if name in self.tables else of_equations(name)


@cache
def of_equations(name: str) -> Any:
    """Return a function, a constant or a unit that all equations know; None if there is none."""
    if name in functions():
        return functions()[name]
    if name in DEFAULT_CONSTANTS:
        return DEFAULT_CONSTANTS[name]
    unit = unit_names().get(name)
    return None if unit is None else Constant(name, float(unit), dimensions=unit.dim)


@cache
def functions() -> Mapping[str, Function]:
    """Return every function that all equations can call."""
    return DEFAULT_FUNCTIONS | brian_functions()


def scopes(experiment: Experiment) -> dict[str, Scope]:
    """Return the scope of each component of an experiment, by name."""
    circuit, task, components = experiment.circuit, experiment.task, experiment.components()
    tables = {n: of_table(t) for model in components.values() for n, t in model.tables.items()}
    told = {} if task is None else {f"{n}{OF_TASK}": named for n, named in _of_the_task(task).items()}
    rows = {
        name: told | _rows(model) for name, model in components.items() if not isinstance(model, SynapseModel)
    }
    ends = {part: p.name for p in circuit.populations for part in p.parts}
    found = {}
    for name, names in rows.items():
        model = components[name]
        found[name] = Scope(names, tables, model.arrays if isinstance(model, Task) else {})
    for projection in circuit.projections:
        source, target = (rows[ends.get(end, end)] for end in (projection.source, projection.target))
        found[projection.name] = Scope(told | _of_synapses(projection, source, target), tables, {})
    return found


def _rows(model: Model) -> dict[str, Named]:
    """Return what a cell, a modulator or the task has by itself."""
    found = _built_in(COUNTS)
    if isinstance(model, NeuronModel) and model.refractory:
        found |= {
            "lastspike": Named(Variable("lastspike", dimensions=TIME, dtype=float)),
            "not_refractory": Named(Variable("not_refractory", dtype=bool)),
        }
    return found | _declared(model)


def _of_the_task(task: Task) -> dict[str, Named]:
    why = "which only code of the task sets"
    return {name: Named(named.variable, why) for name, named in _declared(task).items()}


def _of_synapses(
    projection: Projection, source: Mapping[str, Named], target: Mapping[str, Named]
) -> dict[str, Named]:
    """Return what synapses have, and what they read of their cells: of the target's also by its bare name."""
    model = projection.model
    own = _built_in(OF_SYNAPSES) | _declared(model)
    own |= {"lastupdate": Named(Variable("lastupdate", dimensions=TIME, dtype=float))}
    why = "a modulator, which a rule only reads"
    own |= {name: Named(own[name].variable, why) for name in model.modulators if name in own}
    of_cells = {f"{name}_pre": named for name, named in source.items()}
    of_cells |= {f"{name}_post": named for name, named in target.items()}
    # The names of a rule are its own.
    bare = {name: named for name, named in target.items() if name not in model.tables}
    return {**bare, **of_cells, **own}


def _built_in(counts: tuple[str, ...]) -> dict[str, Named]:
    times = {name: Variable(name, dimensions=TIME, dtype=float) for name in ("t", "dt")}
    numbers = {name: Variable(name, dimensions=DIMENSIONLESS, dtype=float) for name in counts}
    return {name: Named(variable, BUILT_IN) for name, variable in (times | numbers).items()}


def _declared(model: Model) -> dict[str, Named]:
    """Return what a model declares in its equations, and its parameters."""
    found = {}
    for name, equation in parsed(
        model.all_equations() if isinstance(model, Task) else model.equations
    ).items():
        kind = bool if equation.var_type == BOOLEAN else float
        variable = Variable(name, dimensions=equation.dim, dtype=kind)
        fixed = equation.type == SUBEXPRESSION and not reduces(equation)
        found[name] = Named(variable, "which follows from its equation" if fixed else "")
    why = "a parameter, which code cannot set; declare it in the equations if it is to be a variable"
    return found | {
        name: Named(Variable(name, dimensions=get_dimensions(p.value), dtype=float), why)
        for name, p in model.parameters.items()
    }
