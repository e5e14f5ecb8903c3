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
from neuromodsim.catalogue.finding import absolute, find
from neuromodsim.errors import WrongInput
from neuromodsim.result import dataset
from neuromodsim.units import quantities

if TYPE_CHECKING:
    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.recording import Recording

OPTIONS = ("seed", "condition", "device", "third_factor")  # what may vary besides parameters
BUILT = ("device", "third_factor")  # what makes another program


@dataclass(frozen=True)
class Plan:
    """A sweep as JSON keeps it.

    ``experiment`` is a name of the catalogue or ``module:NAME``; ``fixed`` the arguments of `simulate` that
    all runs share; ``over`` the values of each dimension, in order.
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
            (fixed if name in OPTIONS else parameters)[name] = value
        return {
            **fixed,
            "experiment": find(self.experiment),
            "duration": None if duration is None else quantities.parse(duration),
            "parameters": {path: quantities.from_plain(value) for path, value in parameters.items()},
            "record": None if record is None else dataset.recording_from(record),
        }


def key(chosen: Mapping[str, Any]) -> str:
    """Return the name of a run in its store: a digest of what is chosen in it."""
    # Sorted, so that a run has one name in whatever order the dimensions are given.
    return hashlib.sha256(json.dumps(dict(sorted(chosen.items()))).encode()).hexdigest()[:16]


def make(
    experiment: "str | Experiment",
    over: Mapping[str, Sequence[Any]],
    *,
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

    name = absolute(experiment) if isinstance(experiment, str) else experiment.name
    if not isinstance(experiment, str) and catalogue.experiments().get(name) != experiment:
        raise WrongInput(
            f"The runs of a sweep are made in other processes, where '{name}' is not known: give it by "
            "the name of its module, as 'my_module:EXPERIMENT'."
        )
    known = find(name)
    kept = None if record is None else json.dumps(dataset.recording_text(recording_of(known, record)))
    plan = Plan(
        experiment=name,
        fixed={
            **{option: value for option, value in fixed.items() if option not in over},
            "duration": duration
            if duration is None or isinstance(duration, str)
            else quantities.text(duration),
            "parameters": {path: quantities.as_plain(v) for path, v in (parameters or {}).items()},
            "record": kept,
        },
        over={name: _values(name, values) for name, values in over.items()},
    )
    _expect_varied(plan, fixed)
    _expect_usable(plan, known)
    settled(known, recording_of(known, record), taken=plan.over)
    return plan


def _values(name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values of a dimension as JSON keeps them."""
    if isinstance(values, str) or not np.iterable(values):
        raise WrongInput(f"'{name}' must be given as a list of values, not {values!r}.")
    plain = tuple(_option(v) if name in OPTIONS else quantities.as_plain(v) for v in values)
    for value in plain:
        if plain.count(value) > 1:
            raise WrongInput(f"'{name}' has the value {value} twice.")
    if not plain:
        raise WrongInput(f"'{name}' has no values.")
    return plain


def _option(value: Any) -> Any:
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else value


def _expect_varied(plan: Plan, fixed: Mapping[str, Any]) -> None:
    if not plan.over:
        raise WrongInput("A sweep needs at least one thing that varies, such as over={'seed': range(10)}.")
    for name in plan.over:
        if name in plan.fixed["parameters"]:
            raise WrongInput(f"'{name}' is fixed and varies; give it once.")
        if name not in OPTIONS and "." not in name:
            raise WrongInput(
                f"'{name}' cannot vary: a sweep goes over {', '.join(OPTIONS)}, and parameters or initial "
                "values by their path, such as 'dopamine_stdp.tau_c'."
            )


def _expect_usable(plan: Plan, known: "Experiment") -> None:
    """Look at each value of each dimension, before anything is run."""
    from neuromodsim.simulation.asking import expect_options
    from neuromodsim.simulation.values import gather

    first = next(plan.points())
    changed = [{name: value} for name, values in plan.over.items() if name != "seed" for value in values]
    for one in ({}, *changed):
        arguments = plan.arguments({**first, **one})
        expect_options(arguments["device"], arguments["seed"], arguments["third_factor"])
        _, condition = known.condition(arguments["condition"])
        duration = arguments["duration"]
        quantities.whole_steps("duration", known.duration if duration is None else duration, known.dt)
        gather(known, condition, arguments["parameters"], arguments["seed"], float(known.duration))
    for seed in plan.over.get("seed", ()):
        expect_options("numpy", seed, "lazy")
