"""One epoch of MNIST with spiking NACA, learning included: seconds, and memory of the program."""

import json
import subprocess
import sys

from brian2 import ms

from benchmarks.dense_projection import SOURCES, STEPS, TARGETS, network
from benchmarks.memory import peak_of_programs
from benchmarks.row import Row, spread
from neuromodsim.protocols.naca_classification.experiment import MNIST, classification
from neuromodsim.simulation.simulator import simulate

IMAGES = 60_000
EVENTS = 2.0e6  # in the hidden projection for each image, counted: 2009 spikes of pixels to 1000 cells


def epoch() -> tuple[float, float]:
    """Return the seconds that 60,000 images take on one core, and the program's memory in MB."""
    experiment = classification(MNIST, name="naca_classification")
    with peak_of_programs() as peaks:
        run = simulate(experiment, duration=IMAGES * 20 * ms, record={"states": {}}, progress=False)
    return float(run.attrs["computing_time"].split()[0]), max(peaks) / 2**20


def measure() -> list[Row]:
    """Return seconds for an epoch and memory, each epoch in a process of its own."""
    simulate(
        classification(MNIST, name="naca_classification"),
        duration=20 * ms,
        record={"states": {}},
        progress=False,
    )
    command = [sys.executable, "-m", "benchmarks.naca_epoch"]
    seconds, memory = zip(*(_wait(_start(command)) for _ in range(3)), strict=True)
    both = [_start(command), _start(command)]
    together = max(_wait(one)[0] for one in both)
    rows, bare = (
        network(name, made, single=True) for name, made in (("single_rows", True), ("no_rows", False))
    )
    own = min(_seconds(bare) for _ in range(3))
    each = [(_seconds(rows) - own) / (STEPS * SOURCES * TARGETS * 0.1) * 1e9 for _ in range(3)]
    return [
        Row(
            "MNIST, one epoch of spiking NACA with learning, one core",
            "at most 15 s",
            f"{spread(list(seconds))} s",
            sorted(seconds)[1],
            sorted(seconds)[1] <= 15,
            f"{IMAGES} images, 784-1000-10, 20 steps each; about {EVENTS:.1e} events per image below",
        ),
        Row(
            "the same: memory of the program",
            "at most 300 MB",
            f"{max(memory):.0f} MB",
            max(memory),
            max(memory) <= 300,
            "peak resident memory of the compiled program; 70,000 images are mapped from disk as bytes",
        ),
        Row(
            "two epochs at once, on two cores",
            "reported: the slower one against one alone",
            f"{together / sorted(seconds)[1]:.2f} x",
            together / sorted(seconds)[1],
            None,
            f"{together:.1f} s; programs of their own that share nothing but the machine's memory",
        ),
        Row(
            "dense projection in single precision, one thread",
            "at most 0.12 ns per synaptic event",
            f"{spread(each)} ns",
            sorted(each)[1],
            sorted(each)[1] <= 0.12,
            "784 to 1000 cells, a tenth firing per step",
        ),
    ]


def _start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _wait(process: subprocess.Popen[str]) -> tuple[float, float]:
    told, _ = process.communicate()
    seconds, memory = json.loads(told.splitlines()[-1])
    return seconds, memory


def _seconds(experiment: object) -> float:
    return float(simulate(experiment, progress=False).attrs["computing_time"].split()[0])  # type: ignore[arg-type]


if __name__ == "__main__":
    print(json.dumps(epoch()))
