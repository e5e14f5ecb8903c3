"""Run an experiment: check what is wanted, get a program, run it, and label what comes back."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from neuromodsim.backends.program import Job, Manifest, Program
from neuromodsim.builder import mistakes
from neuromodsim.builder.recording import free_memory, sampled_bytes, spike_bytes
from neuromodsim.checks.timing import expect_whole_steps, intervals_of, windows_of
from neuromodsim.checks.within import expect_goals
from neuromodsim.description.circuit import ThirdFactor
from neuromodsim.description.experiment import Experiment, Recording, Window, Yoke
from neuromodsim.description.gate import as_time
from neuromodsim.description.paths import Values, rows, size_of
from neuromodsim.errors import RunFailed, WrongInput, unknown
from neuromodsim.progress import Progress
from neuromodsim.result import dataset
from neuromodsim.simulation.asking import expect_manner, expect_options, experiment_of, recording_of, settings
from neuromodsim.simulation.expressions import evaluate
from neuromodsim.simulation.values import blank, gather, with_table
from neuromodsim.transforms.third_factor import flush_interval
from neuromodsim.units import quantities

if TYPE_CHECKING:
    import xarray as xr

Device = Literal["cpp", "numpy", "cython", "cuda"]
# What Brian2 notes of a cell that can be refractory, as it starts.
NEVER_FIRED = {"lastspike": -1e4, "not_refractory": 1.0}


def simulate(
    experiment: str | Experiment,
    *,
    condition: str | None = None,
    device: Device = "cpp",
    seed: int = 0,
    duration: Any = None,
    parameters: Mapping[str, Any] | None = None,
    record: Recording | Mapping[str, Any] | None = None,
    progress: bool | None = None,
    third_factor: ThirdFactor = "lazy",
    timeout: float | None = None,
    replicas: int | None = None,
) -> "xr.DataTree":
    """Run an experiment once.

    Parameters
    ----------
    experiment
        Its name, or an `Experiment`.
    condition
        One of its conditions; the first if not given.
    device
        ``"cpp"`` compiles a program once and runs it; ``"numpy"`` and ``"cython"`` run in this
        process.
    seed
        A whole number from 0 up. Runs with one seed are identical on one device.
    duration
        Simulated time, a multiple of the experiment's time step; its own duration if not given.
    parameters
        Other values by path (``"dopamine_stdp.tau_c"``, ``"excitatory.w"``): parameters, initial
        values and tables, as quantities or as text such as ``"500ms"``. None of them recompiles.
    record
        What to keep, instead of the experiment's own `Recording`; a mapping changes some of its
        fields.
    progress
        Whether to show a progress bar; by default in a terminal or a notebook only.
    third_factor
        ``"lazy"`` (event-driven, exact) or ``"clock"`` (every synapse in every step).
    timeout
        Seconds of computing after which the run is stopped.
    replicas
        How many independent subjects to run in one program, with the seeds from ``seed`` on. A parameter
        may then be given as a list of one value for each.

    Returns
    -------
    xarray.DataTree
        Spikes, states, weights, modulators, events and trials, with units and provenance. With replicas,
        one such tree for each, as children ``replica_0``, ``replica_1``, ...

    Raises
    ------
    WrongInput
        If a name, unit or value cannot be used.
    RunFailed
        If the program cannot be built, or what it returns cannot be trusted.
    """
    known = experiment_of(experiment)
    expect_options(device, seed, third_factor)
    expect_manner(progress, timeout, replicas)
    name, chosen = known.condition(condition)
    expect_whole_steps(known)
    duration = known.duration if duration is None else as_time("duration", duration)
    steps = quantities.whole_steps("duration", duration, known.dt)
    recording = recording_of(known, record)
    changed = settings(parameters)
    if replicas is not None:
        from neuromodsim.simulation.run_replicas import simulate_many

        return simulate_many(
            known,
            replicas,
            condition=name,
            device=device,
            seed=seed,
            steps=steps,
            parameters=changed,
            recording=recording,
            progress=progress,
            third_factor=third_factor,
            timeout=timeout,
        )
    seconds = steps * float(known.dt)
    values = gather(known, chosen, changed, seed, seconds, recording)
    expect_goals(known, values.parameters, third_factor)
    windows = windows_of(recording, known.recording, seconds, known.dt)
    check_memory(known, recording, values, seconds, windows)
    if chosen.yoke is not None:
        options = {"device": device, "third_factor": third_factor, "progress": progress, "timeout": timeout}
        values = _yoke(known, chosen.yoke, values, seed, steps, parameters=changed, **options)
    program = program_of(known, recording, values, device, third_factor)
    job = job_of(known, program.manifest, values, recording, windows, seed, steps, timeout)
    started = time.time()
    with Progress(progress, f"{known.name} ({name}, seed {seed})", seconds) as bar:
        outcome = program.run(replace(job, report=bar.report if bar.shown else None))
    about = dataset.about(
        known,
        condition=name,
        device=device,
        seed=seed,
        seconds=seconds,
        parameters=values.parameters,
        changed=changed,
        prepared=values.prepared,
        recording=recording,
        third_factor=third_factor,
        compiler=program.manifest.about.get("compiler", ""),
        flags=program.manifest.about.get("flags", []),
        notes=values.notes,
        computing=outcome.seconds,
        started=started,
    )
    tree = dataset.label(known, program.manifest, outcome.columns, values, recording, about)
    if known.finish is not None:
        known.finish(tree)
    return tree


def build(
    experiment: str | Experiment,
    *,
    device: str = "cpp",
    record: Recording | Mapping[str, Any] | None = None,
    third_factor: ThirdFactor = "lazy",
) -> None:
    """Build the program of an experiment, if it is not there yet, and run nothing; as `simulate` would."""
    known = experiment_of(experiment)
    expect_options(device, 0, third_factor)
    expect_whole_steps(known)
    _, condition = known.condition(None)
    values = gather(known, condition, blank(known), 0, float(known.duration))
    program_of(known, recording_of(known, record), values, device, third_factor)


def check_memory(
    experiment: Experiment,
    recording: Recording,
    values: Values,
    seconds: float,
    windows: Mapping[str, tuple[float, float]],
) -> None:
    """Refuse a recording that would not fit, before anything is built."""
    every = rows(experiment, values.pairs)
    sizes = {}
    intervals_of(recording, experiment.dt)
    for path in recording.states:
        component = path.partition(".")[0]
        if component not in every:
            raise unknown("component to record", component, every)
        sizes[path] = len(recording.only.get(path, ())) or every[component]
    taken = sampled_bytes(recording, sizes, seconds, windows)
    taken |= spike_bytes({n: size_of(experiment.circuit, n) for n in recording.spikes}, windows)
    room = free_memory()
    # A program writes its arrays to a file, which is read back: twice the size at the peak.
    if 2 * sum(taken.values()) > room:
        path = max(taken, key=lambda p: taken[p])
        interval = recording.states.get(path)
        often = "all spikes" if interval is None else f"every {quantities.pretty(interval)}"
        raise WrongInput(
            f"Recording '{path}' ({often}) would take {taken[path] / 1e9:.1f} GB "
            f"({sum(taken.values()) / 1e9:.1f} GB in all), and {room / 1e9:.1f} GB are free; "
            "record less often, a subset or a window."
        )


def without_spikes(experiment: Experiment) -> Recording:
    """Return what an experiment records, less its spikes."""
    never = Window(start=0 * experiment.dt, stop=0 * experiment.dt)
    return replace(experiment.recording, spikes=dict.fromkeys(experiment.recording.spikes, never))


def _yoke(
    experiment: Experiment,
    yoke: Yoke,
    values: Values,
    seed: int,
    steps: int,
    **options: Any,
) -> Values:
    """Give a subject the events of an independent one, which is run with the same options."""
    partner = simulate(
        experiment,
        condition=yoke.condition,
        seed=seed + yoke.shift,
        duration=steps * experiment.dt,
        record=without_spikes(experiment),
        **options,
    )
    return with_table(values, yoke.table, event_times(partner, yoke))


def event_times(partner: "xr.DataTree", yoke: Yoke) -> Any:
    """Return when the events of a yoke happened in its partner, in seconds.

    Raises
    ------
    WrongInput
        If the experiment does not record them.
    """
    component, _, event = yoke.event.partition(".")
    try:
        return np.asarray(partner[dataset.node_of_event(component, event)]["time"])
    except KeyError as error:
        raise WrongInput(f"The yoke takes '{yoke.event}', which the experiment does not record.") from error


def program_of(
    experiment: Experiment,
    recording: Recording,
    values: Values,
    device: str,
    how: ThirdFactor,
) -> Program:
    """Return the program of an experiment on a device."""
    with mistakes.told(experiment):
        if device == "cpp":
            from neuromodsim.backends import cpp

            return cpp.program(experiment, recording, how, values.pairs)
        if device == "cuda":
            from neuromodsim.backends import cuda

            return cuda.program(experiment, recording, how, values.pairs)
        from neuromodsim.backends.runtime import RuntimeProgram

        return RuntimeProgram(experiment, recording, how, device, values.pairs)


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
    numbers: dict[str, Any] = dict(values.numbers)
    delays = {p.name: p.delay for p in experiment.circuit.projections}
    for name in manifest.inputs:
        variable = name.partition(".")[2]
        owner = name.partition("@")[0]
        if name.endswith("@interval"):
            numbers[name] = float(recording.states[name.removesuffix("@interval")])
        elif name.endswith("@flush_interval") and name not in numbers:
            numbers[name] = flush_interval_of(manifest, owner, values, dt)
        elif name.endswith("@delay"):
            numbers[name] = float(delays[owner])
        elif name not in numbers and variable in NEVER_FIRED:
            numbers[name] = NEVER_FIRED[variable]
        elif name not in numbers:
            numbers[name] = manifest.inputs[name].default
    for path, value in numbers.items():
        if path not in manifest.inputs and (path in values.changed or np.any(value)):
            raise WrongInput(
                f"'{path}' is a trace that cells keep in this program, where it starts at zero; "
                "run it with third_factor='clock'."
            )
    numbers = {name: numbers[name] for name in manifest.inputs}
    return Job(
        values=numbers,
        tables=values.tables,
        pairs=values.pairs,
        windows={output.window: _steps(windows[_path(output)], dt, steps) for output in manifest.outputs},
        steps=steps,
        seed=seed,
        timeout=timeout,
    )


def _path(output: Any) -> str:
    """Return the path by which a recording asked for an output."""
    if output.kind == "spikes":
        return str(output.name)
    return f"{output.name}.{output.label}" if output.kind == "event" else str(output.label)


def _steps(window: tuple[float, float], dt: float, steps: int) -> tuple[int, int]:
    start, stop = (round(edge / dt) for edge in window)
    return start, stop if stop < steps else steps


def flush_interval_of(manifest: Manifest, projection: str, values: Values, dt: float) -> float:
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
    return flush_interval(rates, dt)
