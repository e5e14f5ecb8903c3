"""Running in this process, with Brian2's NumPy or Cython target."""

import time
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from brian2 import second
from brian2 import seed as seed_brian

from neuromodsim.backends import alone, finite, reductions
from neuromodsim.backends.program import Job, Manifest, Outcome, OutputSpec, as_stored, describe, with_last
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.mistakes import told
from neuromodsim.builder.network import assemble
from neuromodsim.builder.outputs import Output
from neuromodsim.builder.recording import add_recording
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.errors import RunFailed


class RuntimeProgram:
    """An experiment whose network is put together anew for each run."""

    def __init__(
        self,
        experiment: Experiment,
        recording: Recording,
        how: ThirdFactor,
        target: str,
        pairs: Any,
    ) -> None:
        self.target = target
        self.built, self.outputs = self._assemble(experiment, recording, how, pairs)
        self._again = (experiment, recording, how)
        self._pairs = pairs
        self._fresh = True

    @property
    def manifest(self) -> Manifest:
        """The inputs and outputs of the program."""
        return describe(self.built, self.outputs)

    def _assemble(
        self, experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any
    ) -> tuple[Assembly, list[Output]]:
        with alone.running(self.target), alone.own_names():
            built = assemble(experiment, pairs, how)
            reductions.use_numpy(built)
            return built, add_recording(experiment, recording, built)

    def run(self, job: Job) -> Outcome:
        """Run once, with fresh objects."""
        pairs = ((job.pairs[name], self._pairs[name]) for name in job.pairs)
        same = all(np.array_equal(a, b) for new, old in pairs for a, b in zip(new, old, strict=True))
        # Objects hold the state in which the last run has left them.
        if not (self._fresh and same):
            self.built, self.outputs = self._assemble(*self._again, job.pairs)
        self._fresh = False
        with alone.running(self.target):
            try:
                return self._run(job)
            except BaseException:
                alone.give_up(self.built.network.objects)
                raise

    def _run(self, job: Job) -> Outcome:
        built = self.built
        for name, lookup in built.lookups.items():
            lookup.fill(np.reshape(job.tables[name], lookup.table.shape))
        # Brian2 hands it to NumPy's older generator, which takes 32 bits.
        seed_brian(job.seed % 2**32)
        specs = self.manifest.inputs
        for name, entry in built.inputs.items():
            stored = as_stored(name, specs[name], job.values[name])
            for variable in entry.variables:
                variable.set_value(stored[0] if entry.size == 1 else stored)
        started = time.perf_counter()
        self._steps(job, started)
        self._settle()
        self._expect_finite()
        seconds = time.perf_counter() - started
        columns = [self._read(job, *pair) for pair in zip(self.outputs, self.manifest.outputs, strict=True)]
        return Outcome(columns, seconds)

    def _read(self, job: Job, output: Output, spec: OutputSpec) -> dict[str, Any]:
        columns = {name: np.array(column.variable.get_value()) for name, column in output.columns.items()}
        if output.last is not None and job.windows[output.window][1] >= job.steps:
            end = job.steps * float(self.built.clock.dt)
            return with_last(spec, columns, np.asarray(output.last.get_value()), end)
        return columns

    def _steps(self, job: Job, started: float) -> None:
        """Run from one change of a recording window to the next."""
        dt = float(self.built.clock.dt)
        edges = {0, job.steps}
        edges |= {min(edge, job.steps) for window in job.windows.values() for edge in window}
        times = sorted(edges)
        watched = job.report is not None or job.timeout is not None or job.begin is not None
        for start, stop in pairwise(times):
            for output in self.outputs:
                first, last = job.windows[output.window]
                output.monitor.active = first <= start < last
            with told(self._again[0]):
                self.built.network.run(
                    (stop - start) * dt * second,
                    report=self._reporter(job, start, stop, started) if watched else None,
                    report_period=0.2 * second,
                    **self.built.runs(),
                )
            if round(float(self.built.network.t) / dt) < stop:  # Brian2 ends a run early on Ctrl-C
                raise KeyboardInterrupt
            self._keep_code()

    def _keep_code(self) -> None:
        """Let what has run go on with its code: Brian2 makes all of it again for each part of a run."""
        for made in self.built.network.sorted_objects:
            if made.active:  # a monitor whose window is yet to come has no code so far
                made.before_run = partial(_prepare, made.code_objects)

    def _reporter(self, job: Job, start: int, stop: int, started: float) -> Any:
        def report(elapsed: Any, done: float, begin: Any, duration: Any) -> None:
            seconds = time.perf_counter() - started
            if job.begin is not None:  # the code of all objects has been made, and can be run
                job.begin()
            if job.timeout is not None and seconds > job.timeout:
                raise RunFailed(f"The run took longer than {job.timeout:g} s and was stopped.")
            self._expect_finite()
            if job.report is not None:
                job.report((start + done * (stop - start)) / job.steps, seconds)

        return report

    def _expect_finite(self) -> None:
        held = finite.states(self.built, self._again[0].components())
        now = float(self.built.network.t)
        rows = finite.kinds(self._again[0].circuit)
        finite.expect_finite({path: v.get_value() for path, v in held.items()}, now, rows)

    def _settle(self) -> None:
        """Bring every weight up to date with the end of the run."""
        for runner in self.built.last:
            runner.run()


def _prepare(code_objects: Iterable[Any], namespace: Any) -> None:
    """Do before a part of a run what pieces of code ask for, such as a queue of spikes."""
    for piece in code_objects:
        piece.before_run()
