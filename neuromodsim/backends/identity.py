"""What makes one program differ from another.

Two digests are distinguished. A `Description` is what a program is generated from: an experiment without
everything specific to a run, such as parameter values, the duration or the seed. Its digest covers all of
this, in its order, and the code of neuromodsim; anything else cannot influence a program. The *program key*
is a digest of the generated source, so that two descriptions of the same program share it. The digest of
the description serves to look up the key without generating the source again.
"""

import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions
from brian2.units.fundamentalunits import DIMENSIONLESS
from numpy.typing import NDArray

from neuromodsim.description.circuit import Circuit, Part
from neuromodsim.description.connectivity import AllToAll
from neuromodsim.description.delays import individual
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.fields import keep
from neuromodsim.description.model import Model, Parameter, Source, Table
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording, Window

HERE = Path(__file__).parents[1]
# The folders whose code takes part in writing a program, beside the modules on the ground. Descriptions are
# seen as such.
ROOMS = ("units", "storage", "description", "numerics", "transforms", "builder", "backends")
PACKAGES = ("brian2", "brian2cuda", "jinja2", "numpy", "sympy")  # that write or shape source
NOWHERE = Source(key="", authors="", year=0, title="", journal="", doi="")
PLAIN = (bool, int, float, complex, str, bytes, type(None))

Pairs = Mapping[str, tuple[NDArray[Any], NDArray[Any]]]


class Unknown(TypeError):
    """Something in a description that has no digest."""


@dataclass(frozen=True)
class Description:
    """Everything from which a program is generated.

    ``wired`` holds, for each projection, how many synapses it has and whether these are all pairs in rows.
    """

    experiment: Experiment
    recording: Recording
    how: ThirdFactor
    wired: Mapping[str, tuple[int, bool]]
    device: str

    @property
    def pairs(self) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
        """Pairs of the right number to write a program with; a run brings its own."""
        sizes = _sizes(self.experiment.circuit)
        return {
            p.name: p.wiring.draw(sizes[p.source], sizes[p.target], np.random.default_rng(0))
            if isinstance(p.wiring, AllToAll) and self.wired[p.name][1]
            else (np.zeros(self.wired[p.name][0], np.int32), np.zeros(self.wired[p.name][0], np.int32))
            for p in self.experiment.circuit.projections
        }

    def digest(self) -> str | None:
        """Return a digest of all of it and of the code that reads it; None where something has none."""
        found = hashlib.sha256(surroundings().encode())
        try:
            for part in told(self):
                found.update(part)
        except Unknown:
            return None
        return found.hexdigest()


def describe(
    experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Pairs, device: str = "cpp"
) -> Description:
    """Return the description of an experiment from which its program is generated.

    Parameters
    ----------
    experiment, recording, how
        What is to be run, what is kept of it, and the program of a third factor.
    pairs
        Source and target indices of each projection in some run, each of shape ``(synapse,)``.
    device
        For which device.
    """
    circuit = experiment.circuit
    sizes = _sizes(circuit)
    wired = {
        p.name: (
            len(pairs[p.name][0]),
            isinstance(p.wiring, AllToAll)
            and p.wiring.in_rows(*pairs[p.name], sizes[p.source], sizes[p.target]),
        )
        for p in circuit.projections
    }
    return Description(nominal(experiment), nominal_recording(experiment, recording), how, wired, device)


def _sizes(circuit: Circuit) -> dict[str, int]:
    """Return how many rows everything has that a projection may start from or lead to."""
    sizes = {"task": circuit.tasks} | {m.name: m.regions for m in circuit.modulators}
    for population in circuit.populations:
        sizes |= {n: s.stop - s.start for n, s in population.stretches().items()}
        sizes[population.name] = population.size
    return sizes


def nominal(experiment: Experiment) -> Experiment:
    """Return an experiment without all that a run brings by itself, or that only a reader needs."""
    circuit = experiment.circuit
    return _with(
        experiment,
        summary="",
        source=NOWHERE,
        circuit=_with(
            circuit,
            populations=tuple(map(_part, circuit.populations)),
            modulators=tuple(map(_part, circuit.modulators)),
            projections=tuple(
                _with(
                    _part(p), delay=_delay(experiment, p.delay), post_delay=_delay(experiment, p.post_delay)
                )
                for p in circuit.projections
            ),
        ),
        task=None if experiment.task is None else _model(experiment.task),
        conditions={},
        recording=Recording(),
        # One step: our loop over time reads how many there are when it is run.
        duration=experiment.dt,
        parameters={},
        prepare=None,
        finish=None,
        variant={},
    )


def nominal_recording(experiment: Experiment, recording: Recording) -> Recording:
    """Return a recording without the times at which it is to happen."""
    return _with(
        recording,
        spikes=dict.fromkeys(recording.spikes, Window()),
        states=dict.fromkeys(recording.states, experiment.dt),
        windows={},
    )


def _with(value: Any, /, **changes: Any) -> Any:
    """Return a copy with other fields, which are not checked: each is one that was, or is empty."""
    new = copy(value)
    keep(new, **changes)
    return new


def _delay(experiment: Experiment, delay: Any) -> Any:
    """Return one step where there is a delay, and an expression where each synapse has its own."""
    return None if delay is None else "rand()*second" if individual(delay) else experiment.dt


def _part(part: Part) -> Any:
    return _with(part, model=_model(part.model), initial=_begun(part.initial))


def _model(model: Model) -> Any:
    return _with(
        model,
        summary="",
        source=NOWHERE,
        parameters={name: _parameter(p) for name, p in model.parameters.items()},
        tables={name: _table(t) for name, t in model.tables.items()},
        initial=_begun(model.initial),
        ranges={},
        made_of=(),
    )


def _parameter(parameter: Parameter) -> Any:
    one = Quantity(1.0, dim=get_dimensions(parameter.value))
    return _with(parameter, value=one, meaning="", where="", low=None, high=None, evidence="")


def _table(table: Table) -> Any:
    return _with(table, meaning="", rising=False)


def _begun(initial: Mapping[str, Any]) -> dict[str, Any]:
    """Return initial values of which only is left whether they are zero, and the text of expressions."""
    return {n: v if isinstance(v, str) else _zero_or_one(v) for n, v in initial.items()}


def _zero_or_one(value: Any) -> Any:
    return Quantity(float(np.any(np.asarray(value))), dim=get_dimensions(value))


def told(value: Any) -> Iterator[bytes]:
    """Yield all of a description as bytes, in its order; no two descriptions give the same.

    Raises
    ------
    Unknown
        At something of which it cannot be said what it is made of.
    """
    kind = type(value)
    if kind in PLAIN:
        yield _framed(kind.__name__, repr(value))
    elif kind in (tuple, list):
        if all(type(one) in PLAIN for one in value):  # long lists of regions, at once
            yield _framed(kind.__name__, repr(value))
        else:
            yield _framed(kind.__name__, str(len(value)))
            for one in value:
                yield from told(one)
    elif isinstance(value, Mapping):
        yield _framed("mapping", str(len(value)))
        for name, one in value.items():
            yield from told(name)
            yield from told(one)
    elif is_dataclass(value) and not isinstance(value, type):
        yield _framed(f"{kind.__module__}.{kind.__qualname__}", str(len(fields(value))))
        for field in fields(value):
            yield _framed("field", field.name)
            yield from told(getattr(value, field.name))
    elif isinstance(value, np.ndarray | np.generic | Quantity):
        yield from _numbers(value)
    else:
        raise Unknown(f"{kind.__module__}.{kind.__qualname__} has no digest")


def _numbers(value: Any) -> Iterator[bytes]:
    array, dimensions = np.asarray(value), get_dimensions(value)
    if array.dtype.hasobject:
        raise Unknown("an array of objects has no digest")
    powers = "" if dimensions is DIMENSIONLESS else str(dimensions._dims)
    yield _framed("array", f"{array.dtype.str} {array.shape} {powers}")
    yield array.tobytes()


def _framed(kind: str, text: str) -> bytes:
    data = text.encode()
    return f"{kind} {len(data)}:".encode() + data


@cache
def surroundings() -> str:
    """Return a digest of our own code and templates and of the packages that write source."""
    digest = hashlib.sha256(platform.python_version().encode())
    for package in PACKAGES:
        digest.update(f"{package} {_version(package)}\n".encode())
    for path in code():
        digest.update(_framed("file", path.relative_to(HERE).as_posix()))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def code() -> list[Path]:
    """Return every file of ours that can take part in writing a program, in order."""
    # Whole folders and no list of modules, which somebody would forget to add to.
    found = []
    for folder, inside, names in os.walk(HERE):
        inside[:] = [n for n in inside if n != "__pycache__" and not n.startswith(".")]
        if Path(folder) == HERE:
            inside[:] = [n for n in inside if n in ROOMS]
        found += [Path(folder) / n for n in names if not n.startswith(".") and not n.endswith(".pyc")]
    return sorted(found)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
