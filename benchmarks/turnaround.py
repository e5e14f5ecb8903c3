"""How long a second run takes besides simulating: another seed and another parameter, no compiler."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from brian2 import ms, second

from benchmarks.row import Row, spread
from neuromodsim.simulation.simulator import simulate


def _command(seed: int) -> float:
    """Return the seconds of a whole command, less those of the simulation itself."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "run.zarr"
        tau = f"dopamine_stdp.tau_c={900 + seed}ms"
        words = ["run", "distal_reward", "--seed", str(seed), "--duration", "60s", "--set", tau]
        command = [sys.executable, "-m", "neuromodsim", *words, "-o", str(output), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        whole = time.perf_counter() - started
    import json

    return whole - float(json.loads(done.stdout)["computing_time"].split()[0])


def _call(seed: int) -> float:
    """Return the seconds of a call in this process, less those of the simulation itself."""
    started = time.perf_counter()
    parameters = {"dopamine_stdp.tau_c": (900 + seed) * ms}
    run = simulate("distal_reward", seed=seed, duration=60 * second, parameters=parameters, progress=False)
    return time.perf_counter() - started - float(run.attrs["computing_time"].split()[0])


def measure() -> list[Row]:
    """Return what a second run costs as a command and as a call."""
    simulate("distal_reward", duration=60 * second, progress=False)  # built by now
    commands = [_command(seed) for seed in range(1, 6)]
    calls = [_call(seed) for seed in range(1, 8)]
    command, call = statistics.median(commands), statistics.median(calls)
    return [
        Row(
            "second run, whole command less the simulation",
            "at most 3.5 s",
            f"{spread(commands)} s",
            command,
            command <= 3.5,
            "neuromodsim run distal_reward --duration 60s, other seed and parameter, dataset written",
        ),
        Row(
            "second run in one Python process, less the simulation",
            "at most 0.3 s",
            f"{spread(calls)} s",
            call,
            call <= 0.3,
            "simulate(...), other seed and parameter",
        ),
    ]
