"""All that one run of a program is given, as its manifest asks for it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from neuromodsim.backends.program import Job, Manifest
from neuromodsim.builder.inputs import NEVER_SPIKED
from neuromodsim.builder.outputs import component_and_name
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Values
from neuromodsim.description.recording import Recording
from neuromodsim.errors import RunFailed, WrongInput
from neuromodsim.simulation.expressions import evaluate
from neuromodsim.transforms.third_factor import synchronisation_interval
from neuromodsim.units import quantities


def job_of(
    experiment: Experiment,
    manifest: Manifest,
    values: Values,
    recording: Recording,
    windows: Mapping[str, tuple[float, float]],
    seed: int,
    steps: int,
    timeout: float | None,
) -> Job:
    """Return one run of a program: all that its manifest asks for."""
    dt = float(experiment.dt)
    asked = {name: _asked(name, experiment, manifest, values, recording) for name in manifest.inputs}
    _expect_all_asked_for(values, manifest)
    return Job(
        values=asked,
        tables=values.tables,
        pairs=values.pairs,
        windows={output.window: _steps(windows[_path(output)], dt, steps) for output in manifest.outputs},
        steps=steps,
        seed=seed,
        timeout=timeout,
    )


def _asked(
    name: str, experiment: Experiment, manifest: Manifest, values: Values, recording: Recording
) -> Any:
    """Return what a program is given under a name: a value of the run, or what follows from the rest."""
    source = manifest.sources[name]
    if source.kind == "sample_interval":
        return float(recording.states[source.of])
    if source.kind in ("delay", "post_delay"):
        (delays,) = (p.delays for p in experiment.circuit.projections if p.name == source.of)
        return float(delays[source.kind])
    # The synchronisation interval of replicas, the shortest of all, is given by their caller.
    if name in values.numbers:
        return values.numbers[name]
    if source.kind == "synchronisation_interval":
        return synchronisation_interval_of(manifest, source.of, values, float(experiment.dt))
    if source.kind == "last_spike":
        return NEVER_SPIKED[component_and_name(source.of)[1]]
    return manifest.inputs[name].default


def _expect_all_asked_for(values: Values, manifest: Manifest) -> None:
    """Refuse a value of what this program does not have, unless that starts there anyway."""
    for path, value in values.numbers.items():
        if path not in manifest.inputs and (path in values.changed or np.any(value)):
            raise WrongInput(
                f"'{path}' is a trace that cells keep in this program, where it starts at zero; "
                "run it with third_factor='clock-driven'."
            )


def _path(output: Any) -> str:
    """Return the path by which a recording asked for an output."""
    if output.kind == "spikes":
        return str(output.name)
    return f"{output.name}.{output.label}" if output.kind == "event" else str(output.label)


def _steps(window: tuple[float, float], dt: float, steps: int) -> tuple[int, int]:
    start, stop = (round(edge / dt) for edge in window)
    return start, stop if stop < steps else steps


def synchronisation_interval_of(manifest: Manifest, projection: str, values: Values, dt: float) -> float:
    """Return how often a projection's weights are brought up to date, in seconds."""
    names = {
        path.partition(".")[2]: float(np.asarray(p.value))
        for path, p in values.parameters.items()
        if path.startswith(f"{projection}.")
    }
    units = {name: float(unit) for name, unit in quantities.unit_names().items()}
    try:
        rates = [evaluate(rate, units | names) for rate in manifest.decay_rates[projection]]
    except ValueError as error:
        raise RunFailed(
            f"How fast the eligibility of '{projection}' decays is not known: {error}."
        ) from error
    if not all(rate > 0 for rate in rates):
        raise RunFailed(f"The eligibility of '{projection}' does not decay.")
    return synchronisation_interval(rates, dt)
