"""Learning rules: the figures of textbook rules."""

from collections.abc import Iterator

import numpy as np

from figures.plasticity import hopfield, triplet
from neuromodsim.analysis.wording import extremes
from tests.docs.quoted.values import each, of

PAGE = "docs/learning-rules.md"
PUBLISHED = ()


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    response = np.sort(of("plasticity/bcm", "response", condition="sliding"), axis=-1)[..., -1]
    yield f"| `neuromodsim figure plasticity/bcm --check`: … | 4 | {extremes(response, 2)} |"
    loads = [f"load_{load:g}" for load in hopfield.LOADS]
    errors = [of("plasticity/hopfield", "wrong", condition=load)[:, 0].mean() for load in loads]
    known = each(hopfield.LOADS.values(), 4)
    yield f"| `neuromodsim figure plasticity/hopfield --check`: … | {known} | {each(errors, 4)} |"
    kept = 1 - 2 * of("plasticity/hopfield", "wrong", condition="retrieval")[:, 1]
    yield f"| the same: overlap … | above 0.99 | {extremes(kept, 2)} |"
    yield from _triplet()
    yield from _inhibitory()


def _triplet() -> Iterator[str]:
    figure = "plasticity/triplet"
    errors = {c: triplet.misfit(of(figure, "change", condition=c)[0]) for c in triplet.RUNS}
    pair = errors.pop("pair")
    published = each(triplet.MISFIT.values(), 2)
    yield f"| `neuromodsim figure {figure} --check`: … | {published} | {each(errors.values(), 2)} |"
    yield f"| the same: the best pair rule | more than 5 times as large | {pair:.1f} |"
    expected = triplet.drift(np.array([5.0, 10.0, 20.0, 30.0, 40.0]))
    found = of(figure, "drift", condition="minimal")[0]
    yield f"| the same: drift … | {each(expected, 4)} | {each(found, 4)} |"


def _inhibitory() -> Iterator[str]:
    figure = "plasticity/inhibitory"
    late = of(figure, "rate", condition="plastic")[:, -20:].mean(axis=1)
    yield f"| `neuromodsim figure {figure} --check`: … | 9.8 | {extremes(late, 1)} |"
    with_, without = (of(figure, "cv", condition=c) for c in ("plastic", "no_plasticity"))
    yield f"| the same: coefficient … | above 0.8, below 0.2 | {extremes(with_, 2)}, {without[0]:.2f} |"
