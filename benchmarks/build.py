"""How long a cold build takes, against Brian2's own makefile on the same generated project."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim.backends import compiler, cpp
from neuromodsim.protocols import DISTAL_REWARD
from neuromodsim.simulation.wiring import draw_pairs


def measure() -> list[Row]:
    """Return the ratio of the two compile times."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        pairs = draw_pairs(DISTAL_REWARD, 0)
        cpp.generate(DISTAL_REWARD, DISTAL_REWARD.recording, "event-driven", pairs, project)
        copies = iter(range(100))

        def fresh() -> Path:
            return shutil.copytree(project, Path(folder) / f"copy{next(copies)}")

        def ours() -> float:
            place = fresh()
            started = time.perf_counter()
            compiler.compile_project(place)
            return time.perf_counter() - started

        def theirs() -> float:
            place = fresh()
            # Brian2 picks up the same files; ours are in C++11 as well.
            makefile = place / "makefile"
            text = makefile.read_text()
            extra = "neuromodsim_run.cpp"
            makefile.write_text(text.replace("SRCS = ", f"SRCS = {extra} ", 1))
            started = time.perf_counter()
            subprocess.run(["make", f"-j{compiler.workers()}"], cwd=place, check=True, capture_output=True)
            return time.perf_counter() - started

        mine, plain = side_by_side(ours, theirs, times=3)
    share = ratio(mine, plain)
    return [
        Row(
            "cold build against plain Brian2",
            "at most 0.6 x",
            f"{share:.2f} x ({spread(mine)} s against {spread(plain)} s)",
            share,
            share <= 0.6,
            f"distal_reward, {compiler.workers()} files at once",
        )
    ]
