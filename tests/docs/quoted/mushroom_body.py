"""Mushroom body: class-incremental learning with compartmental dopamine."""

from collections.abc import Iterator

import numpy as np

from neuromodsim.analysis.continual import forgetting, transfer
from tests.docs.quoted import continual
from tests.docs.quoted.values import each, of, spread

PAGE = "docs/mushroom-body.md"
PUBLISHED = ()

FIGURE = "mushroom_body/memory"
MNIST, DIGITS = "mushroom_body data=mnist", "mushroom_body"
SETS = (
    ("MNIST, 10,000 images", MNIST),
    ("scikit-learn's digits, 360", DIGITS),
    ("spoken digits, 300", "mushroom_body data=spoken"),
    ("event camera, 100", "mushroom_body data=events"),
)
CONTROLS = (
    ("dopamine in the compartment of the class", "compartments"),
    ("dopamine in all compartments", "one_compartment"),
    ("no dopamine", "no_dopamine"),
    ("dopamine neurons also fire between tasks", "ongoing"),
    ("no APL: …", "no_apl"),
)


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    yield from (_row(*row) for row in SETS)
    for title, condition in CONTROLS:
        yield f"| {title} | {spread(of(FIGURE, 'final', experiment=DIGITS, condition=condition), 3)} |"
    by_class = continual.final(continual.EVENTS, "body", "compartments")[continual.SINGLE]
    yield f"it is {spread(by_class, 3)} for the event-camera set"
    yield from _orders()


def _row(title: str, experiment: str) -> str:
    runs = {"experiment": experiment, "condition": "compartments"}
    right = of(FIGURE, "right", **runs)
    cells = (
        spread(of(FIGURE, "final", **runs), 3),
        spread(of(FIGURE, "by_spikes", **runs), 3),
        spread([forgetting(one) for one in right], 3),
        spread([transfer(one) for one in right], 3),
    )
    return f"| {title} | " + " | ".join(cells) + " |"


def _orders() -> Iterator[str]:
    conditions = [f"order_{k}" for k in range(1, 6)]
    mnist = of(FIGURE, "final", experiment=MNIST, condition=("compartments", *conditions), seed=0)
    yield f"{mnist.size} class orders: {each(mnist, 4)}."
    digits = [of(FIGURE, "final", experiment=DIGITS, condition=c) for c in conditions]
    yield f"five class orders, means over 5 seeds: {each((np.mean(values) for values in digits), 3)}."
