"""What a sweep is made of: an experiment, what is fixed, and every combination of what varies.

All of it is text and numbers, so that it lies beside the runs as JSON and goes to other processes and
machines as it is: nothing of Brian2 is pickled.
"""

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.finding import absolute, described, find
from neuromodsim.description import spelling
from neuromodsim.description.course import as_plain
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.errors import WrongInput
from neuromodsim.result import dataset
from neuromodsim.units import quantities

if TYPE_CHECKING:
    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.recording import Recording

OPTIONS = ("seed", "condition", "device", "third_factor")  # what may vary besides axes and parameters
BUILT = ("device", "third_factor")  # what makes another program, beside axes


@dataclass(frozen=True)
class Plan:
    """A sweep as JSON keeps it.

    ``experiment`` is a name of the catalogue or ``module:NAME``, with values of axes if it is a variant;
    ``fixed`` the arguments of `simulate` that all runs share; ``over`` the values of each dimension, in
    order.
    """

    experiment: str
    fixed: Mapping[str, Any]
    over: Mapping[str, tuple[Any, ...]]

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        """Read a plan back from what `plain` returned."""
        over = {name: tuple(values) for name, values in data["over"].items()}
        return cls(data["experiment"], dict(data["fixed"]), over)

    def plain(self) -> dict[str, Any]:
        """Return the plan as JSON keeps it."""
        return asdict(self)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each dimension has."""
        return tuple(len(values) for values in self.over.values())

    @property
    def axes(self) -> tuple[str, ...]:
        """Which dimensions are axes of a family of experiments."""
        return tuple(name for name in self.over if is_axis(name))

    def described(self, chosen: Mapping[str, Any]) -> "Experiment":
        """Return the experiment of one run."""
        return find(self.experiment, {axis: chosen[axis] for axis in self.axes})

    def variants(self) -> "dict[str, Experiment]":
        """Return each experiment that is run, by name."""
        every = (dict(zip(self.axes, values, strict=True)) for values in self._axis_values())
        return {known.name: known for known in map(self.described, every)}

    def _axis_values(self) -> Iterator[tuple[Any, ...]]:
        return itertools.product(*(self.over[axis] for axis in self.axes))

    def points(self) -> Iterator[dict[str, Any]]:
        """Yield what is chosen in each run, by dimension; the last one runs fastest."""
        for values in itertools.product(*self.over.values()):
            yield dict(zip(self.over, values, strict=True))

    def arguments(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments of ``simulate`` for one run."""
        fixed = dict(self.fixed)
        record, duration = fixed.pop("record"), fixed.pop("duration")
        parameters = dict(fixed.pop("parameters"))
        for name, value in chosen.items():
            if not is_axis(name):
                (fixed if name in OPTIONS else parameters)[name] = value
        return {
            **fixed,
            "experiment": self.described(chosen),
            "duration": None if duration is None else quantities.parse(duration),
            "parameters": {path: quantities.from_plain(value) for path, value in parameters.items()},
            "record": None if record is None else dataset.recording_from(record),
        }


def is_axis(name: str) -> bool:
    """Whether a dimension is an axis of a family: the path of anything else has a full stop."""
    return name not in OPTIONS and "." not in name


def key(chosen: Mapping[str, Any]) -> str:
    """Return the name of a run in its store: a digest of what is chosen in it."""
    # Sorted, so that a run has one name in whatever order the dimensions are given.
    return hashlib.sha256(json.dumps(dict(sorted(chosen.items()))).encode()).hexdigest()[:16]


def make(
    experiment: "str | Experiment | ExperimentFamily",
    over: Mapping[str, Sequence[Any]],
    *,
    variant: Mapping[str, Any] | None = None,
    record: "Recording | Mapping[str, Any] | None",
    duration: Any,
    parameters: Mapping[str, Any] | None,
    **fixed: Any,
) -> Plan:
    """Return the plan of a sweep, with every value looked at.

    Raises
    ------
    WrongInput
        If a name does not exist, a value cannot be used, or nothing varies.
    """
    from neuromodsim.checks.recorded import settled
    from neuromodsim.simulation.asking import recording_of

    name = absolute(experiment) if isinstance(experiment, str) else _known(experiment)
    name, over = _spelled(name, variant or {}, {name: _values(name, values) for name, values in over.items()})
    known = find(name, {axis: values[0] for axis, values in over.items() if is_axis(axis)})
    kept = None if record is None else recording_of(known, record)
    common = {option: value for option, value in fixed.items() if option not in over}
    plan = Plan(experiment=name, fixed={**common, **_plain(duration, parameters, kept)}, over=over)
    _expect_varied(plan, fixed)
    variants = plan.variants()  # refuses combinations that do not exist before any data set is read
    _expect_usable(plan)
    for each in variants.values():
        settled(each, recording_of(each, record), taken=plan.over)
    return plan


def _plain(duration: Any, parameters: Mapping[str, Any] | None, record: "Recording | None") -> dict[str, Any]:
    """Return options as another process can read them: quantities with their units, the recording as text."""
    typed = duration is None or isinstance(duration, str)
    return {
        "duration": duration if typed else quantities.text(duration),
        "parameters": {path: as_plain(v) for path, v in (parameters or {}).items()},
        "record": None if record is None else json.dumps(dataset.recording_text(record)),
    }


def _known(experiment: "Experiment | ExperimentFamily") -> str:
    """Return the name by which another process finds an experiment or a family."""
    name = experiment.name
    held: Any = catalogue.experiments().get(name)
    if isinstance(experiment, ExperimentFamily) and name in catalogue.experiments():
        held = catalogue.described(name)
    if held != experiment:
        raise WrongInput(
            f"The runs of a sweep are made in other processes, where '{name}' is not known: give it by "
            "the name of its module, as 'my_module:EXPERIMENT'."
        )
    return name


def _spelled(
    name: str, variant: Mapping[str, Any], over: Mapping[str, tuple[Any, ...]]
) -> tuple[str, dict[str, tuple[Any, ...]]]:
    """Return the name of what does not vary, and the values of each dimension, as all runs spell them.

    Raises
    ------
    WrongInput
        If a dimension is neither an option, nor a path, nor an axis of the experiment, or is chosen as well.
    """
    base, chosen = spelling.split(name)
    if twice := [axis for axis in variant if axis in chosen]:
        raise WrongInput(f"'{twice[0]}' is chosen twice.")
    found, chosen = described(base), {**chosen, **variant}
    if isinstance(found, ExperimentFamily):
        name = spelling.joined(base, found.changed(chosen))
    else:
        catalogue.variant(found, chosen)
    axes = found.axes if isinstance(found, ExperimentFamily) else {}
    for dimension in over:
        if dimension in chosen:
            raise WrongInput(f"'{dimension}' is fixed and varies; give it once.")
        if is_axis(dimension) and dimension not in axes:
            own = f", the axes of {found.name} ({', '.join(axes)})" if axes else ""
            raise WrongInput(
                f"'{dimension}' cannot vary: a sweep goes over {', '.join(OPTIONS)}{own}, and parameters or "
                "initial values by their path, such as 'dopamine_stdp.tau_c'."
            )
    if isinstance(found, ExperimentFamily):
        over = {
            d: tuple(found.values({d: v})[d] for v in given) if is_axis(d) else given
            for d, given in over.items()
        }
    return name, {dimension: _once(dimension, given) for dimension, given in over.items()}


def _values(name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values of a dimension as JSON keeps them."""
    if isinstance(values, str) or not np.iterable(values):
        raise WrongInput(f"'{name}' must be given as a list of values; got {values!r}.")
    plain = tuple(_option(v) if "." not in name else as_plain(v) for v in values)
    if not plain:
        raise WrongInput(f"'{name}' has no values.")
    return plain


def _once(name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    for value in values:
        if values.count(value) > 1:
            raise WrongInput(f"'{name}' has the value {value} twice.")
    return tuple(values)


def _option(value: Any) -> Any:
    # JSON knows no whole numbers of NumPy.
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else value


def _expect_varied(plan: Plan, fixed: Mapping[str, Any]) -> None:
    if not plan.over:
        raise WrongInput("A sweep needs at least one thing that varies, such as over={'seed': range(10)}.")
    for name in plan.over:
        if name in plan.fixed["parameters"]:
            raise WrongInput(f"'{name}' is fixed and varies; give it once.")


def _expect_usable(plan: Plan) -> None:
    """Look at each value of each dimension, before anything is run."""
    from neuromodsim.simulation.asking import expect_options
    from neuromodsim.simulation.values import gather

    first = next(plan.points())
    changed = [{name: value} for name, values in plan.over.items() if name != "seed" for value in values]
    for one in ({}, *changed):
        arguments = plan.arguments({**first, **one})
        known = arguments["experiment"]
        expect_options(arguments["device"], arguments["seed"], arguments["third_factor"])
        _, condition = known.condition(arguments["condition"])
        duration = arguments["duration"]
        quantities.whole_steps("duration", known.duration if duration is None else duration, known.dt)
        gather(known, condition, arguments["parameters"], arguments["seed"], float(known.duration))
    for seed in plan.over.get("seed", ()):
        expect_options("numpy", seed, "event-driven")
