"""Everything about a GPU in one go: ``python -m benchmarks.gpu`` checks, measures and prints one table.

It needs Python 3.12, the extras ``cuda`` and ``test``, nvcc and a GPU (docs/cuda.md).
"""

import os
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from brian2 import second
from rich.console import Console
from rich.table import Table
from scipy.stats import ks_2samp

from neuromodsim import brian
from neuromodsim.backends import cuda, nvcc
from neuromodsim.description.recording import Recording
from neuromodsim.result.dataset import versions
from neuromodsim.simulation.simulator import build, simulate

REPLICAS, SECONDS, SEEDS = (1, 4, 16, 64, 256), 5, range(1, 13)
NOTHING = Recording()


def _built(folder: str) -> list[tuple[str, str, str]]:
    before = os.environ.get("NEUROMODSIM_CACHE")
    os.environ["NEUROMODSIM_CACHE"] = folder
    try:
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            build("distal_reward", device="cuda")
            seconds.append(time.perf_counter() - started)
    finally:
        os.environ.pop("NEUROMODSIM_CACHE")
        if before is not None:
            os.environ["NEUROMODSIM_CACHE"] = before
    cold, cached = seconds
    return [
        ("distal_reward: cold build", "at most 150 s on 2 cores", f"{cold:.0f} s"),
        ("distal_reward: build in the cache", "seconds", f"{cached:.1f} s"),
    ]


def _agrees() -> list[tuple[str, str, str]]:
    """Return how far the two devices are apart: to rounding at first, by distribution later."""
    rows = []
    runs = [simulate("pairing", device=device, seed=1, progress=False) for device in ("cpp", "cuda")]
    weights = [run["synapses/excitatory"].weight.values for run in runs]
    apart = float(np.abs(weights[0] - weights[1]).max())
    rows.append(("pairing: weights, CPU and GPU", "the same to 1e-12", f"{apart:.1e} mV apart"))
    fired: dict[str, list[int]] = {"cpp": [], "cuda": []}
    learned: dict[str, list[float]] = {"cpp": [], "cuda": []}
    for device in fired:
        for seed in SEEDS:
            run = simulate("distal_reward", device=device, seed=seed, duration=30 * second, progress=False)
            fired[device].append(run["spikes/excitatory_cells"].sizes["spike"])
            learned[device].append(float(run["synapses/excitatory"].weight.values[-1].mean()))
    for what, found in (("spikes", fired), ("mean weight", learned)):
        p = float(ks_2samp(found["cpp"], found["cuda"]).pvalue)
        middle = " and ".join(f"{statistics.median(values):.5g}" for values in found.values())
        rows.append((f"distal_reward: {what} in 30 s, 12 seeds", "p > 0.01 (KS)", f"p = {p:.2f} ({middle})"))
    return rows


def _speed() -> list[tuple[str, str, str]]:
    """Return the cost per replica on both devices, and from how many replicas on the GPU is faster."""
    rows, even = [], None
    for count in REPLICAS:
        seconds = {}
        for device in ("cpp", "cuda"):
            tree = simulate(
                "distal_reward",
                device=device,
                replicas=count,
                duration=SECONDS * second,
                record=NOTHING,
                progress=False,
            )
            seconds[device] = float(tree["replica_0"].attrs["computing_time"].split()[0]) / SECONDS
        faster = seconds["cpp"] / seconds["cuda"]
        even = count if even is None and faster > 1 else even
        shown = f"{faster:.2f} x ({seconds['cpp']:.3g} and {seconds['cuda']:.3g} s per second simulated)"
        rows.append((f"distal_reward, {count} replicas: GPU against one core", "report", shown))
    rows.append(("break-even", "report", f"from {even} replicas on" if even else "beyond what was tried"))
    return rows


def main() -> int:
    """Check and measure; 1 where there is nothing to run on."""
    brian.brian()
    try:
        cuda.expect_available()
        cuda.expect_gpu()
        about = f"{nvcc.version()}, GPU of compute capability {', '.join(nvcc.gpus())}"
    except Exception as error:
        print(error, file=sys.stderr)
        return 1
    table = Table("what", "expected", "observed", title=f"{about}; {versions()}")
    with TemporaryDirectory() as folder:
        for part in (lambda: _built(str(Path(folder))), _agrees, _speed):
            for row in part():
                table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
