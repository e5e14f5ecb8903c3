"""The Go/No-Go network with real dopamine and noradrenaline cells: 1,000 trials, one core, once built."""

from brian2 import second

from benchmarks.row import Row
from neuromodsim.simulation.simulator import simulate

TRIALS = 1000
WANTED = 15.0  # seconds


def measure() -> list[Row]:
    """Return how long a run takes."""
    times = []
    for seed in range(4):
        run = simulate("go_nogo", seed=seed, duration=TRIALS * 0.5 * second, progress=False)
        times.append(float(run.attrs["computing_time"].split()[0]))
    times = sorted(times[1:])  # the first may have found a cold disk
    return [
        Row(
            f"go_nogo, {TRIALS} trials, one core, once built",
            f"at most {WANTED:.0f} s",
            f"{times[1]:.1f} s ({times[0]:.1f} to {times[-1]:.1f})",
            times[1],
            times[1] <= WANTED,
            "condition da_na, median of 3 seeds, time of the program's loop",
        )
    ]
