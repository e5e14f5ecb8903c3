"""One run: its values, its program, and the resulting dataset."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from neuromodsim.backends.select import program_of
from neuromodsim.checks.courses import throughout
from neuromodsim.checks.within import expect_goals
from neuromodsim.progress import Progress
from neuromodsim.result import dataset
from neuromodsim.simulation.courses import followed, named
from neuromodsim.simulation.job import job_of
from neuromodsim.simulation.memory import expect_memory
from neuromodsim.simulation.provenance import provenance
from neuromodsim.simulation.run_spec import RunSpec
from neuromodsim.simulation.values import gather, with_table
from neuromodsim.simulation.yoke import event_times

if TYPE_CHECKING:
    import xarray as xr


def run_one(spec: RunSpec) -> "xr.DataTree":
    """Return the labelled output of a run.

    Raises
    ------
    WrongInput
        If a value cannot be used.
    RunFailed
        If the program cannot be built, or what it returns cannot be trusted.
    """
    experiment, chosen = spec.experiment, spec.chosen
    values = gather(experiment, chosen, spec.changed, spec.seed, spec.seconds, spec.recording)
    for parameters in throughout(values.parameters, values.courses):
        expect_goals(experiment, parameters, spec.third_factor)
    windows = spec.windows()
    # Before the partner of a yoked run, which takes as long as the run itself.
    expect_memory(experiment, spec.recording, values, spec.seconds, windows)
    if (yoke := chosen.yoke) is not None:
        values = with_table(values, yoke.table, event_times(run_one(spec.partner(yoke)), yoke))
    built, (given,) = followed(experiment, [values])
    with named(values.courses):
        program = program_of(built, spec.recording, values.pairs, spec.device, spec.third_factor)
    job = job_of(built, program.manifest, given, spec.recording, windows, spec.seed, spec.steps, spec.timeout)
    started = time.time()
    label = f"{experiment.name} ({spec.condition}, seed {spec.seed})"
    with Progress(spec.progress, label, spec.seconds) as bar:
        outcome = program.run(replace(job, report=bar.report if bar.shown else None, begin=spec.begin))
    about = provenance(spec, program.manifest, values, outcome.seconds, started)
    tree = dataset.label(experiment, program.manifest, outcome.columns, values, spec.recording, about)
    if experiment.finish is not None:
        experiment.finish(tree)
    return tree
