"""Parameters that follow a course during a run: each becomes a level that its component reads.

The levels are the variables of one further modulator, of one row. At the beginning of each time step it puts
every level on its course, of which it has the points in a table, given at run time: programs with the same
parameters on a course are one, whatever the points. In the component, a linked variable takes the place of
the parameter; in a rule with a third factor, a further modulator of the rule does, so that what is derived
from the rule is as for any other modulator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.layout import laid_out, swap
from neuromodsim.description.model import Model, ModulatorModel, Parameter, SynapseModel, Table, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.code_names import Fresh, written_in
from neuromodsim.transforms.effect import rewrite
from neuromodsim.transforms.third_factor import cell_variables, moved_by_cell
from neuromodsim.transforms.traces import named_in

Target = TypeVar("Target", bound=Model)
# Of a segment: its first step; the point that it starts from, its position counted in steps, its value and
# the slope from there, in SI units per step; and the range of its values, which rounding must not leave.
COLUMNS = FIRST, POSITION, VALUE, SLOPE, LOW, HIGH = range(6)


@dataclass(frozen=True, kw_only=True)
class CourseModel(ModulatorModel):
    """Levels that follow courses: ``step`` is run at the beginning of a time step, before all else."""


@dataclass(frozen=True)
class Level:
    """What a parameter on a course becomes: its level, which is a variable, and the table of its points."""

    path: str
    name: str
    parameter: Parameter

    @property
    def component(self) -> str:
        """Whose parameter it is."""
        return self.path.partition(".")[0]

    @property
    def variable(self) -> str:
        """What the parameter is called in its model."""
        return self.path.partition(".")[2]

    @property
    def unit(self) -> str:
        """Its unit as equations declare it."""
        return "integer" if self.parameter.integer else self.parameter.unit

    @property
    def equations(self) -> str:
        """The variables that hold it."""
        return f"{self.name} : {self.unit}\n{self.name}_segment : integer"

    @property
    def step(self) -> str:
        """Code that puts it on its course. No two segments begin in one step, so that one more is enough."""
        table, segment = f"{self.name}_points", f"{self.name}_segment"

        def entry(column: int) -> str:
            return f"{table}({segment}, {column})"

        moved = f"{entry(VALUE)} + (t_in_timesteps - {entry(POSITION)})*{entry(SLOPE)}"
        value = f"clip({moved}, {entry(LOW)}, {entry(HIGH)})"
        if self.parameter.integer:
            value = f"int({value})"
        elif self.unit != "1":
            value = f"{value}*{self.unit}"
        return f"{segment} += int(t_in_timesteps >= {table}({segment} + 1, {FIRST}))\n{self.name} = {value}"


def following(experiment: Experiment, paths: Sequence[str], rows: int) -> tuple[Experiment, dict[str, str]]:
    """Return an experiment in which parameters follow courses, and the table of points of each by its path.

    Parameters
    ----------
    experiment
        What is simulated.
    paths
        The ``component.parameter`` of each that is on a course.
    rows
        How many segments each table has room for.

    Raises
    ------
    WrongInput
        If a parameter is a bound, which cannot move.
    """
    circuit, fresh = experiment.circuit, _fresh(experiment)
    owner, components = fresh("courses"), experiment.components()
    levels = [Level(p, fresh(f"course_of_{p.replace('.', '_')}"), _parameter(components, p)) for p in paths]
    table = Table(shape=(rows, len(COLUMNS)), meaning="segments of a course")
    model = CourseModel(
        name=owner,
        summary="Parameters on their courses.",
        source=experiment.source,
        equations="\n".join(level.equations for level in levels),
        step="\n".join(level.step for level in levels),
        level=levels[0].name,
        tables={f"{level.name}_points": table for level in levels},
    )
    links: dict[str, str] = {}
    task = experiment.task
    if task is not None:
        task = _linked(task, _of("task", levels), owner, links)
    changed = replace(
        circuit,
        populations=tuple(_cells(p, levels, owner, links) for p in circuit.populations),
        modulators=(
            *(_cells(m, levels, owner, links) for m in circuit.modulators),
            Modulator(name=owner, model=model),
        ),
        projections=tuple(
            _synapses(p, levels, owner, links, circuit, experiment) for p in circuit.projections
        ),
        links={**circuit.links, **links},
    )
    return replace(experiment, circuit=changed, task=task), {
        level.path: f"{owner}.{level.name}_points" for level in levels
    }


def _parameter(components: dict[str, Model], path: str) -> Parameter:
    component, _, name = path.partition(".")
    return components[component].parameters[name]


def _fresh(experiment: Experiment) -> Fresh:
    task, circuit = experiment.task, experiment.circuit
    words = () if task is None else (task.all_equations(), *task.parameters, *task.tables)
    parts = [name for p in circuit.populations for name in p.parts]
    return Fresh({*named_in(circuit), *written_in(*words), *parts, "task"})


def _of(component: str, levels: Sequence[Level]) -> list[Level]:
    return [level for level in levels if level.component == component]


def _cells(part: Any, levels: Sequence[Level], owner: str, links: dict[str, str]) -> Any:
    """Return a population or a modulator that reads levels in place of parameters."""
    mine = _of(part.name, levels)
    return replace(part, model=_linked(part.model, mine, owner, links)) if mine else part


def _linked(model: Target, levels: Sequence[Level], owner: str, links: dict[str, str]) -> Target:
    """Return a model with linked variables in place of parameters; ``links`` takes what they lead to."""
    if not levels:
        return model
    links |= {level.path: f"{owner}.{level.name}" for level in levels}
    return _declaring(model, levels, {level.variable: level.variable for level in levels}, " (linked)")


def _declaring(model: Target, levels: Sequence[Level], names: dict[str, str], flags: str) -> Target:
    """Return a model that declares variables, by these names, in place of parameters."""
    lines = "".join(f"\n{names[level.variable]} : {level.unit}{flags}" for level in levels)
    return replace(
        model,
        equations=f"{model.equations}{lines}",
        parameters={n: p for n, p in model.parameters.items() if n not in names},
    )


def _synapses(
    projection: Projection,
    levels: Sequence[Level],
    owner: str,
    links: dict[str, str],
    circuit: Circuit,
    experiment: Experiment,
) -> Projection:
    """Return a projection that reads levels: as modulators in a rule with a third factor, else as links."""
    mine, model = _of(projection.name, levels), projection.model
    if not mine:
        return projection
    _expect_no_bound(model, mine)
    names = _apart(projection, mine, experiment)
    renamed = rewrite(laid_out(model), lambda code: swap(code, names))
    if model.modulators or moved_by_cell(model, _variables_of_target(projection, circuit)):
        rule = _declaring(renamed, mine, names, "")
        return replace(
            projection,
            model=replace(rule, modulators=(*model.modulators, *names.values())),
            modulators={
                **projection.modulators,
                **{names[level.variable]: f"{owner}.{level.name}" for level in mine},
            },
        )
    links |= {f"{projection.name}.{names[level.variable]}": f"{owner}.{level.name}" for level in mine}
    return replace(projection, model=_declaring(renamed, mine, names, " (linked)"))


def _expect_no_bound(model: SynapseModel, levels: Sequence[Level]) -> None:
    edges = {edge for ends in model.bounds.values() for edge in ends}
    for level in levels:
        if level.variable in edges:
            raise WrongInput(f"'{level.path}' is a bound, which cannot follow a course; give it one value.")


def _apart(projection: Projection, levels: Sequence[Level], experiment: Experiment) -> dict[str, str]:
    """Return what a synapse calls each level: as the parameter, unless its cells have that name as well."""
    populations = experiment.circuit.populations
    owners = {n: p.name for p in populations for n in (p.name, *p.parts)}
    components = experiment.components()
    ends = [components[owners.get(end, end)] for end in (projection.source, projection.target)]
    around = set().union(*({*parsed(m.all_equations()), *m.parameters} for m in ends))
    around |= {table for model in components.values() for table in model.tables}
    fresh = _fresh(experiment)
    return {
        level.variable: fresh(f"{level.variable}_course") if level.variable in around else level.variable
        for level in levels
    }


def _variables_of_target(projection: Projection, circuit: Circuit) -> dict[str, str]:
    """Return the unit of each variable of the target cells that a rule can read."""
    for population in circuit.populations:
        if projection.target in (population.name, *population.parts):
            return cell_variables(population.model)
    return {}
