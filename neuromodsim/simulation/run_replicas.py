"""Run many subjects in one program: gather what each is given, run all, and label each one's part."""

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from brian2.core.base import BrianObjectException

from neuromodsim.checks.timing import windows_of
from neuromodsim.checks.within import expect_goals
from neuromodsim.description.circuit import ThirdFactor
from neuromodsim.description.experiment import Experiment, Recording, Yoke
from neuromodsim.description.paths import Values
from neuromodsim.errors import NeuromodsimError, WrongInput
from neuromodsim.progress import Progress
from neuromodsim.result import dataset
from neuromodsim.simulation import replica_values, simulator
from neuromodsim.simulation.asking import settings
from neuromodsim.simulation.values import gather, with_table
from neuromodsim.transforms import replicas
from neuromodsim.transforms.replicas import Layout

if TYPE_CHECKING:
    import xarray as xr


def simulate_many(
    experiment: Experiment,
    copies: int,
    *,
    condition: str | None,
    device: str,
    seed: int,
    steps: int,
    parameters: Mapping[str, Any],
    recording: Recording,
    progress: bool | None,
    third_factor: ThirdFactor,
    timeout: float | None,
) -> "xr.DataTree":
    """Return a tree with one child for each of ``copies`` subjects, the trees of runs from ``seed`` on.

    Raises
    ------
    WrongInput
        If the experiment cannot be copied, by the name of what keeps it.
    """
    import xarray as xr

    replicas.refuse_what_cannot(experiment, copies)
    name, chosen = experiment.condition(condition)
    seconds = steps * float(experiment.dt)
    own, each = replica_values.own_parameters(experiment, parameters, copies)
    each = [settings(one) for one in each]
    given = [gather(experiment, chosen, each[b], seed + b, seconds, recording) for b in range(copies)]
    for one in given:
        expect_goals(experiment, one.parameters, third_factor)
    if chosen.yoke is not None:
        given = _yoked(
            experiment, chosen.yoke, given, seed, steps, parameters, device, third_factor, progress, timeout
        )
    layout = Layout(experiment, copies, given[0].pairs)
    several = replicas.copied(experiment, copies, list(own), layout)
    kept = replicas.recording_of_copies(recording, layout)
    whole = replica_values.together(experiment, given, layout, own)
    windows = windows_of(recording, experiment.recording, seconds, experiment.dt)
    simulator.check_memory(several, kept, whole, seconds, windows)
    started = time.time()
    with _named(experiment):
        program = simulator.program_of(several, kept, whole, device, third_factor)
        more = _more(experiment, given, layout, own, program.manifest)
        whole = replace(whole, numbers=whole.numbers | more)
        job = simulator.job_of(several, program.manifest, whole, kept, windows, seed, steps, timeout)
        with Progress(progress, f"{copies} x {experiment.name} ({name}, seed {seed})", seconds) as bar:
            outcome = program.run(replace(job, report=bar.report if bar.shown else None))
    trees: dict[str, xr.DataTree] = {}
    for b in range(copies):
        parts = [
            replica_values.split(output, columns, b, layout)
            for output, columns in zip(program.manifest.outputs, outcome.columns, strict=True)
        ]
        about = dataset.about(
            experiment,
            condition=name,
            device=device,
            seed=seed + b,
            seconds=seconds,
            parameters=given[b].parameters,
            changed=each[b],
            prepared=given[b].prepared,
            recording=recording,
            third_factor=third_factor,
            compiler=program.manifest.about.get("compiler", ""),
            flags=program.manifest.about.get("flags", []),
            notes=given[b].notes,
            computing=outcome.seconds,
            started=started,
        )
        manifest = replace(program.manifest, outputs=tuple(spec for spec, _ in parts))
        tree = dataset.label(experiment, manifest, [c for _, c in parts], given[b], recording, about)
        if experiment.finish is not None:
            experiment.finish(tree)
        trees[f"replica_{b}"] = tree
    return xr.DataTree(children=trees)


@contextlib.contextmanager
def _named(experiment: Experiment) -> Iterator[None]:
    """Say which experiment it is that Brian2 has no way to copy."""
    try:
        yield
    except WrongInput as error:
        raise WrongInput(f"'{experiment.name}' cannot have replicas: {error}") from error
    except NeuromodsimError:
        raise
    except (ValueError, NotImplementedError, BrianObjectException) as error:
        said = " ".join(str(error.__cause__ or error).split())
        raise WrongInput(f"'{experiment.name}' cannot have replicas: {said}") from error


def _more(
    experiment: Experiment, given: list[Values], layout: Layout, own: Mapping[str, Any], manifest: Any
) -> dict[str, Any]:
    """Return what only a manifest asks for: parameters group by group, and how often to flush."""
    flushes = {
        f"{name}@flush_interval": min(
            simulator.flush_interval_of(manifest, name, one, float(experiment.dt)) for one in given
        )
        for name in manifest.decay_rates
    }
    return flushes | replica_values.owned(experiment, given, layout, list(own), manifest)


def _yoked(
    experiment: Experiment,
    yoke: Yoke,
    given: list[Values],
    seed: int,
    steps: int,
    parameters: Mapping[str, Any],
    device: Any,
    third_factor: ThirdFactor,
    progress: bool | None,
    timeout: float | None,
) -> list[Values]:
    """Give each subject the events of an independent one of its own."""
    partners = simulator.simulate(
        experiment,
        condition=yoke.condition,
        device=device,
        seed=seed + yoke.shift,
        duration=steps * experiment.dt,
        parameters=parameters,
        record=simulator.without_spikes(experiment),
        progress=progress,
        third_factor=third_factor,
        timeout=timeout,
        replicas=len(given),
    )
    each = [partners[f"replica_{b}"] for b in range(len(given))]
    times = [simulator.event_times(one, yoke) for one in each]  # type: ignore[arg-type]
    return [with_table(one, yoke.table, own) for one, own in zip(given, times, strict=True)]
