"""The same NACA network in vectorised PyTorch, one thread each, in the same run.

What does not depend on the network is done for all steps of an image at once there (spikes of pixels,
and their product with the weights: one matrix product of 20 rows); the rest is a loop over steps. Images,
weights, levels and rates are drawn alike, with other random numbers, so what both get right of the
same number of images is compared before times are.
"""

import time
from typing import Any

import numpy as np
from brian2 import ms

from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim import datasets
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.digits.experiment import expectation_rows
from neuromodsim.protocols.naca_classification.experiment import MNIST, RATES, classification
from neuromodsim.simulation.simulator import simulate

IMAGES, STEPS, PIXELS, CELLS, CLASSES = 4000, 20, 784, 1000, 10
DECAY, THETA, INVERSION, STRONGEST = 0.2, 0.5, 0.5, 1.2
LAST = 2000  # images of which is counted how many were right


def measure() -> list[Row]:
    """Return how much faster the compiled equations are, where both learn equally well."""
    try:
        import torch
    except ImportError:
        raise WrongInput("PyTorch is not installed; pip install 'neuromodsim[torch]'.") from None
    torch.set_num_threads(1)
    experiment = classification(MNIST, name="naca_classification")
    right: dict[str, float] = {}

    def ours() -> float:
        run = simulate(experiment, duration=IMAGES * STEPS * ms, record={"states": {}}, progress=False)
        right["ours"] = float(run["trials"].to_dataset().correct.values[-LAST:].mean())
        return float(run.attrs["computing_time"].split()[0])

    def theirs() -> float:
        seconds, right["theirs"] = in_torch(torch)
        return seconds

    ours()  # built before it is timed
    mine, peer = side_by_side(ours, theirs, times=3)
    gain = ratio(peer, mine)
    return [
        Row(
            "spiking NACA against the same algorithm in PyTorch, one thread each",
            "at least 3 x",
            f"{gain:.1f} x",
            gain,
            gain >= 3 and abs(right["ours"] - right["theirs"]) < 0.03,
            f"{IMAGES} images one at a time: {spread(mine)} s, PyTorch {torch.__version__} {spread(peer)} s; "
            f"right of the last {LAST}: {right['ours']:.3f} and {right['theirs']:.3f}",
        )
    ]


def in_torch(torch: Any) -> tuple[float, float]:
    """Return the seconds of learning `IMAGES` images in PyTorch, and the share of the last that was right."""
    data = datasets.mnist()
    rng = np.random.default_rng(0)
    torch.manual_seed(0)
    chosen = rng.permutation(data.train)[:IMAGES]
    images = torch.tensor(data.brightness()[chosen].reshape(IMAGES, PIXELS), dtype=torch.float32)
    labels = data.labels[chosen].tolist()
    curve = torch.tensor(modulation(rng), dtype=torch.float32)
    inner, bias = _uniform(torch, PIXELS, CELLS)
    outer, bias_out = _uniform(torch, CELLS, CLASSES)
    eta = RATES["naca"]
    targets = torch.eye(CLASSES)
    correct = np.zeros(IMAGES)
    started = time.perf_counter()
    with torch.inference_mode():
        for k, label in enumerate(labels):
            spikes = (torch.rand(STEPS, PIXELS) < images[k]).float()
            fired, slope = _layer(torch, spikes @ inner + bias)
            votes = _layer(torch, fired @ outer + bias_out)[0].mean(0)
            correct[k] = int(votes.argmax()) == label
            mistake, drive = votes - targets[label], curve[label] * slope
            active = spikes[-1].nonzero().ravel()
            inner[active] -= eta["input_weights.eta"] * drive
            bias -= eta["hidden.eta_bias"] * drive
            outer.addr_(fired.mean(0), mistake, alpha=-eta["output_weights.eta"])
            bias_out -= eta["output.eta_bias"] * mistake
    return time.perf_counter() - started, float(correct[-LAST:].mean())


def _uniform(torch: Any, sources: int, cells: int) -> tuple[Any, Any]:
    return tuple((2 * torch.rand(shape) - 1) / sources**0.5 for shape in ((sources, cells), (cells,)))  # type: ignore[return-value]


def _layer(torch: Any, currents: Any) -> tuple[Any, Any]:
    """Return the spikes of each step, and the slope in the last."""
    fired = torch.empty_like(currents)
    before = v = torch.zeros(currents.shape[1])
    for t, current in enumerate(currents):
        before = fired[t - 1] if t else before
        v = DECAY * v * (1 - before) + current
        torch.gt(v, THETA, out=fired[t])
    return fired, (v > 0).float() - before


def modulation(rng: np.random.Generator) -> np.ndarray:
    """Return what the neuromodulator does to plasticity, by class and hidden cell."""
    strengths, first = rng.random((2 * CLASSES, CELLS)), expectation_rows(CLASSES)
    level = (strengths[first] + strengths[first + 1]) / 2
    mirrored = np.minimum(level, 2 * INVERSION - level)  # the curve is antisymmetric about the inversion
    rising = STRONGEST - (STRONGEST - 1) * ((4 * mirrored - INVERSION) / INVERSION) ** 2
    falling = (2 * (mirrored - INVERSION) / INVERSION) ** 2
    size = np.where(mirrored <= INVERSION / 2, rising, falling)
    return np.asarray(np.where(level <= INVERSION, size, -size))
