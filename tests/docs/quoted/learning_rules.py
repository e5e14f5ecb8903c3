"""Learning rules: the figures of textbook rules."""

from collections.abc import Iterable, Iterator

import numpy as np

from figures.plasticity import centring, hopfield, perturbed_network, target_spikes, triplet
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
    yield from _centring()
    yield from _target_spikes()
    yield from _perturbed_network()


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


def _centring() -> Iterator[str]:
    figure = "plasticity/centring"
    begun = {"drift": f"`neuromodsim figure {figure} --check`:", "drift_two": "the same: the same if"}
    for condition, words in begun.items():
        target, offset = centring.TASKS[condition]
        expected = [centring.drift(rule, 1.0, target, offset) for rule in centring.RULES]
        found = of(figure, "change", condition=condition).mean(axis=0)
        yield f"| {words} … | {_signed(expected)} | {_signed(found)} |"
    last = of(figure, "w", condition="learn_two")[..., -6:].mean(axis=(0, -1))
    ends = [centring.rest(rule, 1.0) for rule in centring.RULES]
    yield f"| the same: weights … | {each(ends, 2)} | {each(last, 2)} |"


def _target_spikes() -> Iterator[str]:
    figure = "plasticity/target_spikes"
    begun = {"strong": f"`neuromodsim figure {figure} --check`:", "weak": "the same: other"}
    for kind, words in begun.items():
        expected, found = [], []
        for name in target_spikes.SETS:
            change = of(figure, "change", condition=name)[:, list(target_spikes.GOAL).index(kind)]
            expected.append(target_spikes.per_run(name, target_spikes.predicted(name)[kind]))
            found.append(target_spikes.per_run(name, change.mean()))
        yield f"| {words} … | {_signed(expected, 2)} | {_signed(found, 2)} |"


def _perturbed_network() -> Iterator[str]:
    figure = "plasticity/perturbed_network"
    for condition, words in {
        "gradient": f"`neuromodsim figure {figure} --check`:",
        "no_critic": "the same: cosine",
    }.items():
        found, expected = (of(figure, name, condition=condition) for name in ("change", "expected"))
        cosines = perturbed_network.along(found, expected)
        yield f"| {words} … | above 0.9 | {extremes(cosines, 3)} |"
    reward = of(figure, "reward", condition="learning")
    late = perturbed_network.LATE
    error = reward[:, -late:].mean(axis=1) / reward[:, :late].mean(axis=1)
    yield f"| the same: squared error … | below 0.2 | {extremes(error, 3)} |"


def _signed(values: Iterable[float], digits: int = 4) -> str:
    return ", ".join(f"{round(float(value), digits) + 0.0:+.{digits}f}" for value in values)
