"""What a figure's summary was made from, and whether today's code would make it from the same.

A summary holds a digest of every program, of every number that each run was given, and of the code that
makes a summary of runs. What leaves all numbers as they are (docstrings, the drawing of a figure, which
claims are checked) is in none of them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from neuromodsim.catalogue import catalogue
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import Projection
from neuromodsim.errors import NeuromodsimError, WrongInput
from neuromodsim.result.dataset import recording_text
from neuromodsim.simulation.program_key import program_key
from neuromodsim.simulation.values import gather
from neuromodsim.sweeps import source_digest

BEFORE = "made before programs were noted"
# The event and the table of yokes whose digests were kept before they were among what is digested.
UNNAMED = ("reward.spike", "task.reward_time")


class Run(NamedTuple):
    """One run of a figure."""

    experiment: str
    condition: str
    seed: int


def runs(module: Any) -> list[Run]:
    """Return the runs that a figure asks for, in order."""
    return [run for condition, seeds in module.RUNS.items() for run in _seeds(module, condition, seeds)]


def _seeds(module: Any, condition: str, seeds: Iterable[int]) -> Iterator[Run]:
    other, _, own = condition.rpartition("/")
    return (Run(other or module.EXPERIMENT, own, seed) for seed in seeds)


def asked(module: Any) -> dict[str, list[int]]:
    """Return which seeds of which conditions a figure asks for."""
    return {condition: list(seeds) for condition, seeds in module.RUNS.items()}


def of(module: Any) -> dict[str, Any]:
    """Return the digests of all that a summary of a figure depends on.

    Returns
    -------
    dict
        ``programs`` by experiment, ``inputs`` by ``experiment/condition/seed``, and ``summarise``.
    """
    every = runs(module)
    return {
        "programs": {name: program(name) for name in sorted({run.experiment for run in every})},
        "inputs": {"/".join(map(str, run)): inputs(*run) for run in every},
        "summarise": source_digest.of_function(module.summarise),
    }


def program(experiment: str) -> str:
    """Return a digest of a program, which is its source, and of what follows a run."""
    known = catalogue.experiment(experiment)
    after = source_digest.of_function(known.finish) if known.finish is not None else ""
    return _short(hashlib.sha256(f"{program_key(known)} {after}".encode()))


def inputs(experiment: str, condition: str, seed: int) -> str:
    """Return a digest of every number that a run is given.

    Raises
    ------
    NeuromodsimError
        If they cannot be made here, such as where images are missing.
    """
    known = catalogue.experiment(experiment)
    _, chosen = known.condition(condition)
    values = gather(known, chosen, {}, seed, float(known.duration))
    digest = hashlib.sha256(json.dumps(_around(known), default=str).encode())
    courses = {path: course.numbers for path, course in values.courses.items()}
    for path, numbers in sorted({**values.numbers, **values.tables, **courses}.items()):
        # In one order, as a digest is of bytes and not of numbers.
        array = np.ascontiguousarray(numbers)
        digest.update(f"{path} {array.dtype.str} {array.shape}".encode() + array.tobytes())
    for name, pair in sorted(values.pairs.items()):
        for ends in pair:
            digest.update(name.encode() + np.ascontiguousarray(ends, np.int64).tobytes())
    if chosen.yoke is not None:
        digest.update(inputs(experiment, chosen.yoke.condition, seed + chosen.yoke.shift).encode())
        if (taken := (chosen.yoke.event, chosen.yoke.table)) != UNNAMED:
            digest.update(json.dumps(taken).encode())
    return _short(digest)


def _around(experiment: Experiment) -> list[Any]:
    """Return the numbers of a run that do not belong to a component."""
    projections = experiment.circuit.projections
    # Individual ones are among the numbers of each run.
    delays = [(p.name, _common(p, "delay")) for p in projections]
    later = [(p.name, _common(p, "post_delay")) for p in projections if "post_delay" in p.delays]
    around = [float(experiment.duration), float(experiment.dt), recording_text(experiment.recording), delays]
    return [*around, later] if later else around


def _common(projection: Projection, field: str) -> float | None:
    """Return the one delay of all synapses, if they have one."""
    alone = field in projection.delays and field not in projection.individual_delays
    return float(projection.delays[field]) if alone else None


def _short(digest: Any) -> str:
    return str(digest.hexdigest())[:16]


def stale(module: Any, kept: Mapping[str, Any]) -> list[str]:
    """Return why a summary no longer belongs to today's code; nothing if it does.

    One seed of each condition stands for the others. A summary that was confirmed belongs to the code that
    confirmed it.
    """
    made = kept.get("confirmed", kept).get("origin")
    if made is None:
        return [BEFORE]
    if kept["runs"] != json.loads(json.dumps(asked(module))):
        return ["the figure asks for other runs today"]
    reasons = [*_other_programs(module, made["programs"]), *_other_inputs(module, made["inputs"])]
    if made["summarise"] != source_digest.of_function(module.summarise):
        reasons.append("runs are summarised differently today")
    return reasons


def _other_programs(module: Any, made: Mapping[str, str]) -> Iterator[str]:
    # Those asked for as well: a summary that was renewed in parts may not say of all what made them.
    every = dict.fromkeys([*made, *(run.experiment for run in runs(module))])
    other = [name for name in every if not _exists(name) or made.get(name) != program(name)]
    if other:
        yield f"other programs today: {', '.join(other)}"


def _exists(experiment: str) -> bool:
    try:
        catalogue.experiment(experiment)
    except WrongInput:
        return False
    return True


def _other_inputs(module: Any, made: Mapping[str, str]) -> Iterator[str]:
    """Yield the conditions whose inputs differ today, and those that cannot be compared."""
    other, unknown = [], []
    # The first seed of each condition: reversed, since a dictionary keeps the last.
    for run in {run[:2]: run for run in reversed(runs(module))}.values():
        try:
            if made.get("/".join(map(str, run))) != inputs(*run):
                other.append("/".join(run[:2]))
        except NeuromodsimError as error:
            unknown.append(f"{'/'.join(run[:2])} cannot be compared: {error}")
    if other:
        yield f"other numbers today: {', '.join(other)}"
    if unknown:
        yield f"{unknown[0]}" + (f" ({len(unknown)} conditions)" if len(unknown) > 1 else "")
