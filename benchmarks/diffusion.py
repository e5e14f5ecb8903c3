"""A pool on a grid: against the same scheme in NumPy, and how near it comes to the memory's bandwidth."""

import json
import statistics
import subprocess
import sys
import time

import numpy as np
from brian2 import ms, um
from brian2.units.allunits import nmolar

from benchmarks.row import Row, side_by_side, spread
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.geometry import Box
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations import DA_DS_EJDRUP
from neuromodsim.simulation.simulator import simulate
from neuromodsim.transforms.expansion import add_neuromodulators

STEPS = 10_000  # one second
BIG_STEPS = 200


def pool(side: int, steps: int) -> Experiment:
    """Return dorsal dopamine in a periodic cube of 1 µm voxels, from uneven concentrations, with uptake."""
    one = Neuromodulator("dopamine", pool=DA_DS_EJDRUP, geometry=Box((side,) * 3 * um, 1 * um, "periodic"))
    return Experiment(
        name=f"cube_{side}",
        summary="Dopamine that spreads and is taken up.",
        source=DA_DS_EJDRUP.source,
        circuit=add_neuromodulators(Circuit(populations=()), one),
        conditions={"uneven": Condition(summary="From a wave of 50 to 150 nmol/L.")},
        recording=Recording(states={"dopamine.C": steps * 0.1 * ms}),
        duration=steps * 0.1 * ms,
        dt=0.1 * ms,
    )


def wave(side: int) -> np.ndarray:
    """Return uneven concentrations in mol/m³, shape (z, y, x)."""
    z, y, x = np.indices((side,) * 3)
    return (100 + 50 * np.sin(2 * np.pi * (x + 2 * y + 3 * z) / side)) * 1e-6


def in_numpy(concentration: np.ndarray, steps: int) -> tuple[float, np.ndarray]:
    """Return seconds and result of the scheme of published programs: ``np.roll`` for each neighbour."""
    c, dx, dt = concentration.copy(), 1e-6, 1e-4
    spread_, fastest, half = 763e-12 / 1.54**2, 6e-3, 210e-6
    started = time.perf_counter()
    for _ in range(steps):
        around = np.roll(c, 1, 0) + np.roll(c, -1, 0) + np.roll(c, 1, 1)
        around += np.roll(c, -1, 1) + np.roll(c, 1, 2) + np.roll(c, -1, 2)
        c = c + dt * (spread_ * (around - 6 * c) / dx**2 - fastest * c / (half + c))
    return time.perf_counter() - started, c


def _ours(side: int, steps: int) -> tuple[float, np.ndarray]:
    start = {"dopamine.C": wave(side).ravel() * 1e6 * nmolar}
    run = simulate(pool(side, steps), progress=False, parameters=start)
    last = run["modulators/dopamine"].C.values[-1] * 1e-6
    return float(run.attrs["computing_time"].split()[0]), last


def _copying() -> float:
    """Return bytes per second of copying arrays that no cache holds, read and written."""
    source, target = np.ones(32_000_000), np.empty(32_000_000)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        np.copyto(target, source)
        times.append(time.perf_counter() - started)
    return 2 * source.nbytes / min(times)


BIG = """
import json, resource
from benchmarks.diffusion import BIG_STEPS, _ours
seconds = min(_ours(100, BIG_STEPS)[0] for _ in range(3))
kilobytes = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([seconds, kilobytes]))
"""


def measure() -> list[Row]:
    """Return the rows on diffusion."""
    # NumPy is up to seven times slower until the allocator has learnt to keep blocks of this size.
    learnt = np.zeros(4_000_000)
    del learnt
    expected, found = in_numpy(wave(30), 500)[1], _ours(30, 500)[1]
    assert np.abs(found / expected - 1).max() < 1e-9, "both must be the same scheme"
    _ours(30, STEPS)
    ours, numpy = side_by_side(
        lambda: _ours(30, STEPS)[0], lambda: in_numpy(wave(30), STEPS // 10)[0] * 10, times=7
    )
    faster = min(numpy) / statistics.median(ours)  # NumPy's fastest: where its arrays lie matters to it
    each = statistics.median(ours) / STEPS / 30**3 * 1e9
    _ours(100, BIG_STEPS)  # built, so that no compiler is counted
    done = subprocess.run([sys.executable, "-c", BIG], capture_output=True, text=True, check=True)
    seconds, kilobytes = json.loads(done.stdout.splitlines()[-1])
    rate = BIG_STEPS * 100**3 / seconds
    share = rate * 16 / _copying()
    return [
        Row(
            "diffusion and uptake, 30 x 30 x 30 voxels, one second at 0.1 ms",
            "at least 10 times NumPy at its fastest",
            f"{faster:.1f} times; ours {spread(ours)} s, NumPy {spread(numpy)} s",
            faster,
            faster >= 10,
            f"{each:.2f} ns per voxel and step; np.roll for each neighbour, the same explicit scheme",
        ),
        Row(
            "the same, 100 x 100 x 100 voxels",
            "within 2 GiB",
            f"{kilobytes / 2**20:.2f} GiB in all; {rate / 1e9:.2f} billion voxel updates per second",
            kilobytes / 2**20,
            kilobytes < 2 * 2**20,
            f"{100 * share:.0f} % of the bandwidth of copying, at 16 bytes per voxel (read once, write once)",
        ),
    ]
