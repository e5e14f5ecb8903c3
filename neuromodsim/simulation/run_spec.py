"""All that is asked of one run, checked, as it is handed from station to station."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from neuromodsim.checks.timing import windows_of
from neuromodsim.description.condition import Condition, Yoke
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recorded_arrays import recording_written_out
from neuromodsim.description.recording import Recording
from neuromodsim.simulation.asking import recording_of
from neuromodsim.simulation.yoke import without_spikes

Device = Literal["cpp", "numpy", "cython", "cuda"]


@dataclass(frozen=True, kw_only=True)
class RunSpec:
    """One run: of which experiment and condition, for how long, with which values, and on what.

    ``changed`` holds the values that the caller chose, by path; ``recording`` what is kept; ``progress`` and
    ``timeout`` (seconds of computing) are as in `simulate`. ``begin`` is called, perhaps more than once, when
    all that was asked for has been checked and the program is there, before the run.
    """

    experiment: Experiment
    condition: str
    seed: int
    steps: int
    recording: Recording
    changed: Mapping[str, Any] = field(default_factory=dict)
    device: Device = "cpp"
    third_factor: ThirdFactor = "event-driven"
    progress: bool | None = None
    timeout: float | None = None
    begin: Callable[[], None] | None = None

    @property
    def seconds(self) -> float:
        """Return the simulated time."""
        return self.steps * float(self.experiment.dt)

    @property
    def chosen(self) -> Condition:
        """Return the condition itself."""
        return self.experiment.condition(self.condition)[1]

    def windows(self) -> dict[str, tuple[float, float]]:
        """Return from when to when each output is recorded, in seconds."""
        own, task = self.experiment.recording, self.experiment.task
        own = own if task is None else recording_written_out(own, task.arrays)
        return windows_of(self.recording, own, self.seconds, self.experiment.dt)

    def partner(self, yoke: Yoke) -> "RunSpec":
        """Return the run whose events this one is given: of another seed, without its spikes."""
        return replace(
            self,
            condition=yoke.condition,
            seed=self.seed + yoke.shift,
            recording=recording_of(self.experiment, without_spikes(self.experiment)),
        )
