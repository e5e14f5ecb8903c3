"""Provenance of a run, as attributes that any Zarr reader can read."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from neuromodsim.backends.program import Manifest
from neuromodsim.description.course import as_plain
from neuromodsim.description.parameter import Parameter
from neuromodsim.description.paths import Values
from neuromodsim.result.account import FORMAT
from neuromodsim.result.dataset import equations_of, recording_text, versions
from neuromodsim.simulation.run_spec import RunSpec
from neuromodsim.units.quantities import text


def provenance(
    spec: RunSpec, manifest: Manifest, values: Values, computing: float, started: float
) -> dict[str, Any]:
    """Return the attributes of a run.

    Parameters
    ----------
    spec, values
        What was asked, and what the run was given.
    manifest
        Of its program, which says how that was compiled.
    computing, started
        How many seconds the steps took, and when the run began, in seconds since 1970.
    """
    return of_one(program_account(spec, manifest, computing, started), spec, values)


def program_account(spec: RunSpec, manifest: Manifest, computing: float, started: float) -> dict[str, Any]:
    """Return the attributes that all runs of a program at one time share; all others are empty.

    Parameters are those of `provenance`.
    """
    experiment = spec.experiment
    return {
        "Conventions": "CF-1.11",
        "title": experiment.summary,
        "format": FORMAT,
        **_asked(spec),
        **_chosen(spec, manifest),
        **dict.fromkeys(("parameters", "changed", "prepared"), ""),
        "recording": json.dumps(recording_text(spec.recording)),
        "equations": json.dumps(equations_of(experiment)),
        "sources": json.dumps({k: s.doi for k, s in experiment.sources().items()}),
        "compiler": manifest.about.get("compiler", ""),
        "flags": " ".join(manifest.about.get("flags", [])),
        "versions": json.dumps(versions()),
        "notes": "",
        "command": " ".join(sys.argv[:1] and [Path(sys.argv[0]).name, *sys.argv[1:]]),
        "computing_time": f"{computing:.3f} s",
        "created_at": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
    }


def of_one(shared: Mapping[str, Any], spec: RunSpec, values: Values) -> dict[str, Any]:
    """Return the attributes of one run of those that share the rest, of `program_account`."""
    notes = json.dumps(dict(values.notes))
    return {**shared, "seed": int(spec.seed), **_given(spec.changed, values), "notes": notes}


def _asked(spec: RunSpec) -> dict[str, Any]:
    return {
        "experiment": spec.experiment.name,
        "variant": json.dumps(dict(spec.experiment.variant)),
        "condition": spec.condition,
        "device": spec.device,
        "seed": int(spec.seed),
        # All digits, so that the same run can be asked for again.
        "duration": f"{spec.seconds!r} s",
        "dt": f"{float(spec.experiment.dt)!r} s",
        "third_factor": spec.third_factor,
    }


def _chosen(spec: RunSpec, manifest: Manifest) -> dict[str, str]:
    """Return which rules of neuromodulated plasticity are clock-driven, if the form of each has decided."""
    if spec.third_factor != "auto":
        return {}
    rules = [p.name for p in spec.experiment.circuit.projections if p.model.modulators]
    return {"clock_driven": json.dumps([name for name in rules if name not in manifest.decay_rates])}


def _given(changed: Mapping[str, Any], values: Values) -> dict[str, Any]:
    known = {
        path: {"value": _value(path, one, values), "meaning": one.meaning}
        for path, one in values.parameters.items()
    }
    return {
        "parameters": json.dumps(known),
        "changed": json.dumps({path: as_plain(value) for path, value in changed.items()}),
        "prepared": json.dumps(sorted(values.prepared)),
    }


def _value(path: str, parameter: Parameter, values: Values) -> str:
    """Return the value of a parameter as text, or its course if it has moved."""
    course = values.courses.get(path)
    if course is not None and not course.is_constant:
        return course.text
    return str(parameter.value) if parameter.integer else text(parameter.value)
