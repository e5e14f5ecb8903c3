"""Run an experiment: check what is asked for, and hand it on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from neuromodsim.backends.select import program_of
from neuromodsim.checks.timing import expect_whole_steps
from neuromodsim.description.each import Each
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.gate import as_time
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.simulation.asking import expect_manner, expect_options, experiment_of, recording_of, settings
from neuromodsim.simulation.courses import prescribed
from neuromodsim.simulation.replica_values import listed
from neuromodsim.simulation.run_one import run_one
from neuromodsim.simulation.run_replicas import run_replicas
from neuromodsim.simulation.run_spec import Device, RunSpec
from neuromodsim.simulation.values import blank, gather
from neuromodsim.units import quantities

if TYPE_CHECKING:
    import xarray as xr


def simulate(
    experiment: str | Experiment | ExperimentFamily,
    *,
    variant: Mapping[str, Any] | None = None,
    condition: str | None = None,
    device: Device = "cpp",
    seed: int = 0,
    duration: Any = None,
    parameters: Mapping[str, Any] | None = None,
    record: Recording | Mapping[str, Any] | None = None,
    progress: bool | None = None,
    third_factor: ThirdFactor = "event-driven",
    timeout: float | None = None,
    replicas: int | Each | None = None,
) -> "xr.DataTree":
    """Run an experiment once.

    Parameters
    ----------
    experiment
        Its name, an `Experiment`, or an `ExperimentFamily`.
    variant
        For a family, values by axis, as in ``{"data": "digits", "rule": "bp"}``; all others have their
        default.
    condition
        One of its conditions; by default the first.
    device
        ``"cpp"`` compiles a program once and runs it; ``"numpy"`` and ``"cython"`` run in this
        process.
    seed
        A whole number from 0 up. Runs with the same seed are identical on the same device.
    duration
        Simulated time, a multiple of the time step; by default that of the experiment.
    parameters
        Values by path (``"dopamine_stdp.tau_c"``, ``"excitatory.w"``): parameters, initial
        values and tables, as quantities or as text such as ``"500ms"``. They need no recompilation.
    record
        What to record, instead of the `Recording` of the experiment; a mapping replaces some of its
        fields.
    progress
        Whether to show a progress bar; by default, only in a terminal or a notebook.
    third_factor
        ``"event-driven"`` (event-driven, exact), ``"clock-driven"`` (every synapse in every step), or
        ``"auto"``: event-driven where the form of a rule allows it, and clock-driven elsewhere.
    timeout
        Computing time in seconds after which the run is stopped.
    replicas
        Number of independent replicas in one program, with consecutive seeds from ``seed`` on. A parameter
        may then be a list with one value for each replica. Or `Each`, with values of each replica.

    Returns
    -------
    xarray.DataTree
        Spikes, states, weights, modulators, events and trials, with units and provenance. With replicas,
        one such tree for each, as nodes ``replica_0``, ``replica_1``, ..., or with `Each` one tree with a
        dimension ``replica``.

    Raises
    ------
    WrongInput
        If a name, unit or value cannot be used.
    RunFailed
        If the program cannot be built, or its output is invalid.

    Examples
    --------
    >>> changed = {"dopamine_stdp.tau_c": "500 ms"}
    >>> run = simulate("pairing", device="numpy", duration="2 s", parameters=changed)
    >>> run["spikes/post"].time.values.tolist()
    [1.01]
    """
    each, copies = (replicas, replicas.replicas) if isinstance(replicas, Each) else (None, replicas)
    expect_manner(progress, timeout, copies)
    if each is not None:
        parameters = listed(experiment_of(experiment, variant), each, settings(parameters))
    spec = spec_of(
        experiment,
        variant=variant,
        condition=condition,
        device=device,
        seed=seed,
        duration=duration,
        parameters=parameters,
        record=record,
        third_factor=third_factor,
    )
    spec = replace(spec, progress=progress, timeout=timeout)
    return run_one(spec) if copies is None else run_replicas(spec, copies, stack=each is not None)


def spec_of(
    experiment: str | Experiment | ExperimentFamily,
    *,
    variant: Mapping[str, Any] | None = None,
    condition: str | None = None,
    device: Device = "cpp",
    seed: int = 0,
    duration: Any = None,
    parameters: Mapping[str, Any] | None = None,
    record: Recording | Mapping[str, Any] | None = None,
    third_factor: ThirdFactor = "event-driven",
) -> RunSpec:
    """Return one run as it is asked for, its names and times checked; parameters are as in `simulate`.

    Raises
    ------
    WrongInput
        If a name, unit or value cannot be used.
    """
    known = experiment_of(experiment, variant)
    # All invalid input is reported before anything is drawn, written or compiled.
    expect_options(device, seed, third_factor)
    name, _ = known.condition(condition)
    expect_whole_steps(known)
    duration = known.duration if duration is None else as_time("duration", duration)
    return RunSpec(
        experiment=known,
        condition=name,
        seed=seed,
        steps=quantities.whole_steps("duration", duration, known.dt),
        recording=recording_of(known, record),
        changed=settings(parameters),
        device=device,
        third_factor=third_factor,
    )


def build(
    experiment: str | Experiment,
    *,
    device: str = "cpp",
    record: Recording | Mapping[str, Any] | None = None,
    third_factor: ThirdFactor = "event-driven",
    parameters: Mapping[str, Any] | None = None,
) -> None:
    """Build the program of an experiment as `simulate` would, unless it exists, without running it.

    Of ``parameters``, only courses matter.
    """
    known = experiment_of(experiment)
    expect_options(device, 0, third_factor)
    expect_whole_steps(known)
    _, condition = known.condition(None)
    values = gather(known, condition, blank(known), 0, float(known.duration))
    built = prescribed(known, settings(parameters))
    program_of(built, recording_of(known, record), values.pairs, device, third_factor)
