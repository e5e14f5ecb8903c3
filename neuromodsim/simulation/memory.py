"""Whether what a run records fits into memory, asked before anything is built."""

from collections.abc import Mapping

from neuromodsim.builder.recording import free_memory, sampled_bytes, spike_bytes
from neuromodsim.checks.timing import intervals_of
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Values, rows, size_of
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units import quantities


def expect_memory(
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
