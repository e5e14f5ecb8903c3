"""Run replicas in one program: collect the inputs of each, run all, and label the output of each."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from brian2.core.base import BrianObjectException

from neuromodsim.backends.program import Manifest, Outcome
from neuromodsim.backends.select import program_of
from neuromodsim.builder.inputs import InputSource
from neuromodsim.checks.courses import throughout
from neuromodsim.checks.within import expect_goals
from neuromodsim.description.condition import Yoke
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Values
from neuromodsim.errors import NeuromodsimError, WrongInput
from neuromodsim.progress import Progress
from neuromodsim.result import dataset
from neuromodsim.result.dataset import Node
from neuromodsim.result.replicas import stacked
from neuromodsim.simulation import replica_values
from neuromodsim.simulation.asking import settings
from neuromodsim.simulation.courses import expect_one_mapping, followed, named
from neuromodsim.simulation.job import job_of, synchronisation_interval_of
from neuromodsim.simulation.memory import expect_memory
from neuromodsim.simulation.provenance import of_one, program_account
from neuromodsim.simulation.run_spec import RunSpec
from neuromodsim.simulation.values import gather, with_table
from neuromodsim.simulation.yoke import event_times
from neuromodsim.transforms import replicas
from neuromodsim.transforms.replicas import Layout

if TYPE_CHECKING:
    import xarray as xr


def run_replicas(spec: RunSpec, copies: int, *, stack: bool = False) -> "xr.DataTree":
    """Return a tree with one node for each of ``copies`` replicas, with consecutive seeds.

    With ``stack``, all are one tree with a dimension ``replica``.

    Raises
    ------
    WrongInput
        If the experiment cannot have replicas, with the reason.
    """
    experiment = spec.experiment
    replicas.refuse_what_cannot(experiment, copies)
    if stack and experiment.finish is not None:
        raise WrongInput(
            f"'{experiment.name}' cannot have replicas in one tree, as its 'finish' adds to that of one run; "
            "give lists in 'parameters', and the number of 'replicas'."
        )
    own, each = replica_values.own_parameters(experiment, spec.changed, copies)
    specs = [replace(spec, seed=spec.seed + b, changed=settings(one)) for b, one in enumerate(each)]
    given = _given(spec, specs)
    _expect_as_many(experiment, given)
    built, filled = followed(experiment, given)
    expect_one_mapping(experiment, built)
    layout = Layout(built, copies, given[0].pairs)
    several = replicas.copied(built, copies, list(own), layout)
    kept = replicas.recording_of_copies(spec.recording, layout)
    whole = replica_values.together(built, filled, layout, own)
    windows = spec.windows()
    expect_memory(several, kept, whole, spec.seconds, windows)
    started = time.time()
    with _named(experiment), named(given[0].courses):
        program = program_of(several, kept, whole.pairs, spec.device, spec.third_factor)
        # Only now, as the program says which groups hold a parameter, and how eligibilities decay.
        more = _more(built, filled, layout, own, program.manifest)
        whole = replace(whole, numbers=whole.numbers | more)
        job = job_of(several, program.manifest, whole, kept, windows, spec.seed, spec.steps, spec.timeout)
        label = f"{copies} x {experiment.name} ({spec.condition}, seed {spec.seed})"
        with Progress(spec.progress, label, spec.seconds) as bar:
            outcome = program.run(replace(job, report=bar.report if bar.shown else None))
    about = program_account(spec, program.manifest, outcome.seconds, started)
    each_nodes = {
        f"replica_{b}": _nodes(one, values, program.manifest, outcome, b, layout, about)
        for b, (one, values) in enumerate(zip(specs, given, strict=True))
    }
    if stack:
        return dataset.tree_of(stacked(list(each_nodes.values())))
    return _joined(each_nodes, experiment.finish)


def _given(spec: RunSpec, specs: list[RunSpec]) -> list[Values]:
    """Return the inputs of each replica, as in a single run."""
    experiment, chosen = spec.experiment, spec.chosen
    given = [gather(experiment, chosen, one.changed, one.seed, one.seconds, one.recording) for one in specs]
    for values in given:
        for parameters in throughout(values.parameters, values.courses):
            expect_goals(experiment, parameters, spec.third_factor)
    return given if chosen.yoke is None else _yoked(spec, chosen.yoke, given)


def _expect_as_many(experiment: Experiment, given: list[Values]) -> None:
    """Raise `WrongInput` unless all have equally many synapses, as they do where no position is drawn."""
    for name in given[0].pairs:
        counts = sorted({len(values.pairs[name][0]) for values in given})
        if len(counts) > 1:
            raise WrongInput(
                f"'{experiment.name}' cannot have replicas: the wiring of '{name}' reads values that differ "
                f"between them, and so do its numbers of synapses, {counts[0]} to {counts[-1]}."
            )


def _nodes(
    spec: RunSpec,
    values: Values,
    manifest: Manifest,
    outcome: Outcome,
    copy: int,
    layout: Layout,
    about: Mapping[str, Any],
) -> dict[str, Node]:
    """Return the output of one replica, as the nodes of the tree of a single run."""
    parts = [
        replica_values.split(output, columns, copy, layout)
        for output, columns in zip(manifest.outputs, outcome.columns, strict=True)
    ]
    own = replace(manifest, outputs=tuple(output for output, _ in parts))
    columns = [c for _, c in parts]
    return dataset.nodes_of(
        spec.experiment, own, columns, values, spec.recording, of_one(about, spec, values)
    )


def _joined(replicas: Mapping[str, dict[str, Node]], finish: Callable[[Any], None] | None) -> "xr.DataTree":
    """Return one tree of the nodes of all replicas; ``finish`` sees each as a tree of its own."""
    import xarray as xr

    if finish is None:  # at once: a tree that is made of trees copies all of their nodes
        paths = {f"/{name}{p.rstrip('/')}": node for name, n in replicas.items() for p, node in n.items()}
        return dataset.tree_of(paths)
    trees = {name: dataset.tree_of(nodes) for name, nodes in replicas.items()}
    for tree in trees.values():
        finish(tree)
    return xr.DataTree(children=trees)


@contextlib.contextmanager
def _named(experiment: Experiment) -> Iterator[None]:
    """Name the experiment in errors that replicas cause in Brian2."""
    try:
        yield
    except WrongInput as error:
        raise WrongInput(f"'{experiment.name}' cannot have replicas: {error}") from error
    except NeuromodsimError:
        raise
    # Brian2 accepts the single run, so this error is caused by the replicas.
    except (ValueError, NotImplementedError, BrianObjectException) as error:
        said = " ".join(str(error.__cause__ or error).split())
        raise WrongInput(f"'{experiment.name}' cannot have replicas: {said}") from error


def _more(
    experiment: Experiment, given: list[Values], layout: Layout, own: Mapping[str, Any], manifest: Any
) -> dict[str, Any]:
    """Return inputs that only the manifest requires: parameters by group, and synchronisation intervals."""
    intervals = {
        # The shortest of all: a copy whose eligibility decays faster would lose digits at the others' pace.
        InputSource("synchronisation_interval", name).name: min(
            synchronisation_interval_of(manifest, name, one, float(experiment.dt)) for one in given
        )
        for name in manifest.decay_rates
    }
    return intervals | replica_values.owned(experiment, given, layout, list(own), manifest)


def _yoked(spec: RunSpec, yoke: Yoke, given: list[Values]) -> list[Values]:
    """Give each replica the events of its own independent run."""
    partners = run_replicas(spec.partner(yoke), len(given))
    each = [partners[f"replica_{b}"] for b in range(len(given))]
    times = [event_times(one, yoke) for one in each]  # type: ignore[arg-type]
    return [with_table(one, yoke.table, own) for one, own in zip(given, times, strict=True)]
