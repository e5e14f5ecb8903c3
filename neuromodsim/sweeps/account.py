"""What the runs of a sweep were given, so that runs of other numbers are not put among them.

The account holds a digest of each number that a run is given: parameters, initial values, tables and the
wiring, as they are after `prepare`, and what else decides on a run. It is of some runs where there are many:
each value of each dimension is in one of them, and so are many seeds, as `prepare` may look at any.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from neuromodsim.backends import identity
from neuromodsim.result import dataset
from neuromodsim.simulation.digest import number_digests
from neuromodsim.sweeps.plan import Plan, key

if TYPE_CHECKING:
    from neuromodsim.description.experiment import Experiment

SEEDS = 64  # at most so many are looked at
LENGTH = 16  # hexadecimal digits of a digest that are kept
PACKAGES = ("neuromodsim", "brian2", "numpy", "scipy")  # whose versions decide on numbers


def account(plan: Plan, looked_at: Plan | None = None) -> dict[str, Any]:
    """Return what the runs of a sweep are made of today, as JSON keeps it.

    Parameters
    ----------
    plan
        The sweep.
    looked_at
        An earlier sweep of the same experiment, whose runs are looked at instead.
    """
    looked_at = looked_at or plan
    runs = {key(chosen): _numbers(plan, chosen) for chosen in _witnesses(looked_at)}
    every = looked_at.variants()
    return {"experiment": _each(_description, every), "runs": runs, "made_of": _each(_made_of, every)}


def _each(
    told: "Callable[[Experiment], dict[str, str]]", every: "Mapping[str, Experiment]"
) -> dict[str, str]:
    """Return what is told of each experiment that is run, which says of which one where there are several."""
    if len(every) == 1:
        return told(*every.values())
    return {
        f"{what} in '{name}'": text for name, known in every.items() for what, text in told(known).items()
    }


def what_changed(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return what two accounts differ in, for people; nothing if they are the same."""
    # What people would look for first: the experiment, then its numbers, then the digest of all the rest.
    pairs = [(earlier["experiment"], now["experiment"], "{}")]
    pairs += [(of, now["runs"].get(run, {}), "what '{}' is given") for run, of in earlier["runs"].items()]
    pairs += [(earlier["made_of"], now["made_of"], "{}")]
    for before, after, said in pairs:
        for name in {**before, **after}:
            if before.get(name) != after.get(name):
                return said.format(name)
    return ""


def _witnesses(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield runs in which each value of each dimension is chosen once."""
    first = next(plan.points())
    yield first
    for name, values in plan.over.items():
        # Rounded up, so that there are no more than so many.
        step = -(-len(values) // SEEDS) if name == "seed" else 1
        for value in values[::step]:
            if value != first[name]:
                yield {**first, name: value}


def _numbers(plan: Plan, chosen: Mapping[str, Any]) -> dict[str, str]:
    from neuromodsim.simulation.values import gather

    asked = plan.arguments(chosen)
    known = asked["experiment"]
    _, condition = known.condition(asked["condition"])
    duration = float(known.duration if asked["duration"] is None else asked["duration"])
    values = gather(known, condition, asked["parameters"], asked["seed"], duration)
    return {path: digest[:LENGTH] for path, digest in number_digests(values).items()}


def _description(known: "Experiment") -> dict[str, str]:
    """Return what decides on runs beside their numbers: by what it is, for people."""
    circuit = known.circuit
    found = {f"the version of {name}": dataset.versions().get(name, "") for name in PACKAGES}
    found["the time step"] = f"{float(known.dt)!r} s"
    found["the duration"] = f"{float(known.duration)!r} s"
    found["the recording"] = json.dumps(dataset.recording_text(known.recording))
    for projection in circuit.projections:
        given = [projection.delay, projection.update_interval]
        given += [projection.post_delay] if "post_delay" in projection.delays else []
        # Those that are worked out are among the numbers; an expression is noted as it is written.
        times = [t if t is None or isinstance(t, str) else np.asarray(t).tolist() for t in given]
        found[f"the delay of '{projection.name}'"] = json.dumps(times)
    for name, condition in known.conditions.items():
        found[f"the yoke of condition '{name}'"] = repr(condition.yoke)
    return found


def _made_of(known: "Experiment") -> dict[str, str]:
    """Return digests of all that is no number: models, and how they stand in the circuit."""
    nominal = identity.nominal(known)
    models = {f"the model of '{name}'": _digest(model) for name, model in nominal.components().items()}
    return {**models, "the circuit": _digest(nominal.circuit)}


def _digest(value: Any) -> str:
    digest = hashlib.sha256()
    try:
        for part in identity.told(value):
            digest.update(part)
    except identity.Unknown:  # something of the caller's own that has no digest
        return type(value).__name__
    return digest.hexdigest()[:LENGTH]
