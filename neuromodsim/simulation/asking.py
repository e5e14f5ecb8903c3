"""Validation of the arguments of a run, before anything else: one sentence for each error."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from neuromodsim.catalogue.catalogue import variant as variant_of
from neuromodsim.catalogue.finding import find
from neuromodsim.checks.recorded import settled
from neuromodsim.description.course import Course, as_value
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units import kinds

DEVICES = ("cpp", "numpy", "cython", "cuda")
PROGRAMS = ("event-driven", "clock-driven", "auto")
LONGEST_WAIT = 1e9  # seconds


def experiment_of(given: Any, variant: Any = None) -> Experiment:
    """Return an experiment, or the one of a name or of a family; raises `WrongInput` if it is none."""
    wanted = "the name of an experiment, an Experiment or an ExperimentFamily"
    kinds.expect("experiment", given, (str, Experiment, ExperimentFamily), wanted)
    chosen = {} if variant is None else variant
    kinds.expect_mapping("variant", chosen)
    known = find(given, chosen) if isinstance(given, str) else variant_of(given, chosen)
    if known.circuit.replicas:
        raise WrongInput(
            f"The circuit of '{known.name}' must not set 'replicas', which `simulate(..., replicas=2)` does; "
            f"got {known.circuit.replicas}."
        )
    return known


def expect_options(device: Any, seed: Any, how: Any) -> None:
    """Raise `WrongInput` unless a device, a seed and a third factor's program are known."""
    if not isinstance(device, str) or device not in DEVICES:
        raise unknown("device", str(device), DEVICES)
    if device == "cuda":
        from neuromodsim.backends import cuda

        cuda.expect_available()
    if not isinstance(how, str) or how not in PROGRAMS:
        raise unknown("third factor program", str(how), PROGRAMS)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**63:
        raise WrongInput(f"The seed must be a whole number from 0 to 2**63 - 1; got {seed!r}.")


def expect_manner(progress: Any, timeout: Any, replicas: Any) -> None:
    """Raise `WrongInput` unless it is clear what to show, how long to wait, and how many replicas to run."""
    kinds.expect("progress", progress, (bool, type(None)), "True, False or None")
    number = isinstance(timeout, int | float | np.integer | np.floating) and not isinstance(timeout, bool)
    if timeout is not None and not (number and np.ndim(timeout) == 0 and 0 < timeout <= LONGEST_WAIT):
        raise WrongInput(
            f"'timeout' must be a number of seconds above 0, up to {LONGEST_WAIT:g}; got "
            f"{kinds.described(timeout)}."
        )
    whole = isinstance(replicas, int | np.integer) and not isinstance(replicas, bool)
    if replicas is not None and not (whole and replicas >= 1):
        raise WrongInput(f"The number of replicas must be a whole number from 1 up; got {replicas!r}.")


def settings(parameters: Any) -> dict[str, Any]:
    """Return other values by path, as text or as numbers, arrays and quantities.

    Raises
    ------
    WrongInput
        If they are no mapping of paths, or a value is no number.
    """
    if parameters is None:
        return {}
    kinds.expect_mapping("parameters", parameters)
    return {path: value if _text(value) else as_value(path, value) for path, value in parameters.items()}


def _text(value: Any) -> bool:
    """Whether a value is a text, or one or a course for each of several replicas, which are read by one."""
    return isinstance(value, str) or (
        isinstance(value, list | tuple) and any(isinstance(one, str | Course) for one in value)
    )


def recording_of(experiment: Experiment, record: Any) -> Recording:
    """Return what a run keeps: what its experiment says, unless a caller says more.

    Raises
    ------
    WrongInput
        If a field is not there, is of another kind, or limits what is not recorded.
    """
    if record is None:
        return settled(experiment, experiment.recording)
    kinds.expect("record", record, (Recording, Mapping), "a Recording, or a mapping of its fields")
    if isinstance(record, Recording):
        changed, chosen = record, record
    else:
        known = [field.name for field in fields(Recording)]
        for name in record:
            if name not in known:
                raise unknown("field of a recording", str(name), known)
        # Fields given by the caller alone, too: only these must refer to recorded variables.
        changed, chosen = replace(experiment.recording, **record), Recording(**record)
    recorded = [*changed.states, *changed.events]
    for path in (*chosen.only, *chosen.windows):
        if path not in recorded:
            raise unknown("recorded variable or event", path, recorded)
    # Of what the experiment keeps a part only, what a caller does not keep is no concern.
    only = {path: rows for path, rows in changed.only.items() if path in recorded}
    windows = {path: window for path, window in changed.windows.items() if path in recorded}
    return settled(experiment, replace(changed, only=only, windows=windows))
