"""Whether what a run records fits into memory, asked before anything is built."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neuromodsim.checks.timing import intervals_of
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Values, rows, size_of
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units import quantities

LIKELY_RATE = 10.0  # spikes per cell and second, where nothing is known


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


def sampled_bytes(
    recording: Recording, sizes: Mapping[str, int], duration: float, windows: Mapping[str, Any]
) -> dict[str, int]:
    """Return how many bytes each sampled variable takes in a run, by path.

    ``sizes`` gives the recorded rows of each path; ``windows`` start and stop in seconds.
    """
    taken = {}
    for path, interval in recording.states.items():
        start, stop = windows.get(path, (0.0, duration))
        # Each sample is one number for each row and its time, in double precision.
        samples = int(max(0.0, stop - start) / float(interval)) + 1
        taken[path] = samples * (sizes[path] + 1) * 8
    return taken


def spike_bytes(cells: Mapping[str, int], windows: Mapping[str, Any]) -> dict[str, int]:
    """Return about how many bytes the spikes of each recorded population take, at `LIKELY_RATE`."""
    lengths = {name: max(0.0, windows[name][1] - windows[name][0]) for name in cells}
    # Eight bytes of time, and four of which cell.
    return {n: int(size * lengths[n] * LIKELY_RATE * 12) for n, size in cells.items()}


def free_memory() -> int:
    """Return how many bytes a run can take without crowding out others."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        (available,) = (line.split()[1] for line in lines if line.startswith("MemAvailable"))
        return int(available) * 1024
    except (OSError, ValueError):  # not Linux
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
