"""Draw what was measured: ``python -m benchmarks.drawing`` makes docs/benchmarks.png from scaling.json."""

import statistics
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from benchmarks.scaling import kept
from neuromodsim.plots.style import SHEET

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "benchmarks.png"
OURS, OTHERS = "#0072B2", "#999999"
SHORT = {
    "neuromodsim, 1 thread": "neuromodsim",
    "NEST, 1 thread": "NEST",
    "NEST, 2 threads": "NEST, 2 threads",
    "NEST, 1 thread, updated every ms": "NEST, every ms",
    "Brian2 as its example, 1 thread": "Brian2's example",
}


def _curve(axis: Any, part: str, by: str, points: list[dict[str, Any]]) -> None:
    where = [point[by] for point in points]
    middle = [statistics.median(point["seconds"]) for point in points]
    axis.plot(where, middle, "o-", color=OURS)
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xlabel(part)


def draw() -> Path:
    """Draw all parts that were measured and return where."""
    found = {part: entry["points"] for part, entry in kept().items()}
    plt.style.use(SHEET)
    figure, axes = plt.subplots(1, 4, figsize=(11, 2.8), width_ratios=(1.5, 1, 1, 1), layout="constrained")
    names = list(SHORT)
    for place, part in enumerate(("1000 cells", "10000 cells")):
        by_name = {p["simulator"]: statistics.median(p["seconds"]) for p in found.get(part, [])}
        for row, name in enumerate(names):
            if name in by_name:
                y = len(names) - 1 - row + 0.2 - 0.4 * place
                colour = OURS if row == 0 else OTHERS
                axes[0].barh(y, by_name[name], 0.36, color=colour, alpha=1 - 0.45 * place)
                axes[0].text(by_name[name] * 1.15, y, f"{by_name[name]:.2g}", va="center", fontsize=7)
    axes[0].set_yticks(range(len(names)), [SHORT[n] for n in reversed(names)])
    axes[0].set_xscale("log")
    axes[0].margins(x=0.25)
    axes[0].set_title("1000 cells (dark), 10,000 (light)", fontsize=8)
    axes[0].set_xlabel("seconds per second simulated")
    curves = (("synapses", "synapses"), ("regions of dopamine", "regions"), ("replicas", "replicas"))
    for axis, (label, by) in zip(axes[1:], curves, strict=True):
        if by in found:
            _curve(axis, label, by, found[by])
        else:  # not measured
            axis.set_visible(False)
    axes[1].set_ylabel("seconds per second simulated")
    figure.savefig(PICTURE, dpi=150)
    return PICTURE


if __name__ == "__main__":
    print(draw())
