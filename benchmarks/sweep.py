"""A sweep on two workers against two programs that somebody starts by hand, each with half of the runs."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.row import Row, ratio, side_by_side, spread

RUNS, SIMULATED, AT_ONCE = 36, "1800 second", 2

BY_HAND = """
import sys
import neuromodsim as nms
from neuromodsim import brian
brian.brian()
first, last, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
for seed in range(first, last):
    nms.save(nms.simulate("distal_reward", seed=seed, duration="{simulated}"), f"{{folder}}/{{seed}}.zarr")
"""
SWEEP = """
import sys
import neuromodsim as nms
if __name__ == "__main__":
    nms.sweep("distal_reward", {{"seed": range({runs})}}, sys.argv[1] + "/sweep.zarr", workers={workers},
              duration="{simulated}")
"""


def _wait(*commands: list[str]) -> None:
    started = [subprocess.Popen(command) for command in commands]
    if any([process.wait() for process in started]):
        raise RuntimeError("a program failed")


def _timed(start: object) -> float:
    """Return how long something takes that is given a folder of its own."""
    folder = tempfile.mkdtemp()
    started = time.perf_counter()
    start(folder)  # type: ignore[operator]
    seconds = time.perf_counter() - started
    shutil.rmtree(folder)
    return seconds


def _by_hand(folder: str) -> None:
    code, half = BY_HAND.format(simulated=SIMULATED), RUNS // AT_ONCE
    parts = [(k * half, (k + 1) * half) for k in range(AT_ONCE)]
    _wait(*([sys.executable, "-c", code, str(first), str(last), folder] for first, last in parts))


def _sweep(folder: str) -> None:
    script = Path(folder) / "made.py"
    script.write_text(SWEEP.format(runs=RUNS, workers=AT_ONCE, simulated=SIMULATED))
    _wait([sys.executable, str(script), folder])


def measure() -> list[Row]:
    """Return the row on sweeps."""
    _wait([sys.executable, "-c", BY_HAND.format(simulated="1 second"), "0", "1", tempfile.mkdtemp()])  # built
    hand, swept = side_by_side(lambda: _timed(_by_hand), lambda: _timed(_sweep), times=1)
    share = ratio(hand, swept)
    return [
        Row(
            f"a sweep of {RUNS} runs on {AT_ONCE} cores against two programs started by hand",
            "at least 0.95 of their speed",
            f"{share:.2f}; {spread(swept)} s against {spread(hand)} s",
            share,
            share >= 0.95,
            f"distal_reward, {SIMULATED} each; starting Dask and importing Brian2 included",
        )
    ]
