"""Class-incremental learning: the role of the input gate."""

import itertools
from collections.abc import Iterator

import numpy as np

from figures.zhang2023._sequences import BODIES, DIGITS, EVENTS, MNIST, SPOKEN, name
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from tests.docs.quoted.values import each, of, spread, stored

PAGE = "docs/continual-learning.md"
PUBLISHED = ("0.792 ± 0.038", "0.601 ± 0.044")

FIGURE = "zhang2023/continual"
WITHIN, SINGLE, MIXED = range(3)
# Rows of the table of MNIST: title, rule, condition.
ROWS = (
    ("NACA, spiking", "naca", "gated"),
    ("gate without plasticity", "naca", "gate_only"),
    ("plasticity without gate", "naca", "no_gate"),
    ("NACA, spiking, published output rule (`naca_slope`)", "naca_slope", "gated"),
    ("NACA, rate-based", "naca_rate", "gated"),
    ("gate without plasticity", "naca_rate", "gate_only"),
    ("plasticity without gate", "naca_rate", "no_gate"),
    ("BP behind NACA's gate", "gated_bp", "gated"),
    ("BP", "bp", "trained"),
    ("BP, tuned", "bp", "tuned"),
    ("EWC", "ewc", "trained"),
    ("EWC, tuned", "ewc", "tuned"),
    ("BRP, spiking", "brp", "trained"),
    ("e-prop, spiking", "e_prop", "trained"),
    ("e-prop with random feedback, spiking", "e_prop_random", "trained"),
    ("BP through time, spiking", "bptt", "trained"),
    ("EWC on BP through time, spiking", "ewc_bptt", "trained"),
    *(
        ("feedback alignment; direct feedback; sign-symmetric", rule, "trained")
        for rule in ("feedback_alignment", "direct_feedback", "sign_symmetric")
    ),
    ("mushroom body", "body", "compartments"),
)
ALL_LOST = ("bp", "ewc", "feedback_alignment", "direct_feedback", "sign_symmetric")
# Rows of the table of other sets: title, and the rules with their condition that it stands for.
OTHERS = (
    ("NACA, spiking", (("naca", "gated"),)),
    ("gate without plasticity", (("naca", "gate_only"),)),
    ("NACA, rate-based", (("naca_rate", "gated"),)),
    ("gate without plasticity", (("naca_rate", "gate_only"),)),
    ("plasticity without gate, either", (("naca", "no_gate"), ("naca_rate", "no_gate"))),
    ("BP, tuned", (("bp", "tuned"),)),
    ("EWC, tuned", (("ewc", "tuned"),)),
    (
        "BP, EWC, feedback alignment, direct feedback, sign-symmetric",
        tuple((rule, "trained") for rule in ALL_LOST),
    ),
    ("BRP, spiking", (("brp", "trained"),)),
    ("e-prop, spiking", (("e_prop", "trained"),)),
    ("e-prop with random feedback, spiking", (("e_prop_random", "trained"),)),
    ("BP through time, spiking", (("bptt", "trained"),)),
    ("EWC on BP through time, spiking", (("ewc_bptt", "trained"),)),
    ("mushroom body", (("body", "compartments"),)),
)


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    rows = [_row(*row) for row in ROWS]
    yield " ".join(row for row, _ in itertools.groupby(rows))  # three rules share one row
    for title, rules in OTHERS:
        for rule in rules:
            cells = " | ".join(_both(data, *rule) for data in (DIGITS, SPOKEN, EVENTS))
            yield f"| {title} | {cells} |"
    yield from _conclusions()
    yield from _compared()
    yield from _weights()


def of_rule(quantity: str, data: str, rule: str, condition: str) -> np.ndarray:
    """Return a quantity of all seeds of a rule on a data set, by evaluation."""
    experiment = BODIES[data] if rule == "body" else name(data, rule)
    return of(FIGURE, quantity, experiment=experiment, condition=condition)


def final(data: str, rule: str, condition: str) -> list[np.ndarray]:
    """Return the accuracy of all seeds after ten tasks, one array for each evaluation."""
    return list(of_rule("accuracy", data, rule, condition)[:, :, -1].T)


def _row(title: str, rule: str, condition: str) -> str:
    found = [spread(values, 3) for values in final(MNIST, rule, condition)]
    for quantity in ("forgetting", "transfer"):
        values = of_rule(quantity, MNIST, rule, condition)
        found.append(each((mean(values[:, e]) for e in (WITHIN, SINGLE)), 2))
    return f"| {title} | " + " | ".join(found) + " |"


def _both(data: str, rule: str, condition: str) -> str:
    """Return within-class and single-image accuracy, or one value where they agree."""
    values = final(data, rule, condition)
    within, single = spread(values[WITHIN], 3), spread(values[SINGLE], 3)
    return within if within == single else f"{within} / {single}"


def _conclusions() -> Iterator[str]:
    naca, rate = (mean(final(MNIST, rule, "gated")[SINGLE]) for rule in ("naca", "naca_rate"))
    bp, ewc = (mean(final(MNIST, rule, "tuned")[SINGLE]) for rule in ("bp", "ewc"))
    body = mean(final(MNIST, "body", "compartments")[SINGLE])
    yield f"accuracy of the same networks falls to {naca:.2f} and {rate:.2f}"
    yield f"they reach {bp:.2f} and {ewc:.2f} in single-image evaluation"
    yield f"The mushroom body reaches {body:.2f} in single-image evaluation"
    tuned = [mean(final(data, "ewc", "tuned")[SINGLE]) for data in (DIGITS, EVENTS)]
    yield f"became {tuned[0]:.2f} and {tuned[1]:.2f} on the five seeds"


def _compared() -> Iterator[str]:
    """Yield the table of published and observed results."""
    naca, slope, rate = (final(MNIST, rule, "gated") for rule in ("naca", "naca_slope", "naca_rate"))
    yield f"| 0.792 ± 0.038 | {_protocols(rate, ';')} |"
    yield f"| 0.601 ± 0.044 | {_protocols(naca, ';')} |"
    yield f"With the published output rule: {_protocols(slope, ',')} |"
    for rule in ("naca_rate", "naca"):
        by_task = of_rule("accuracy", MNIST, rule, "gated")[:, WITHIN].mean(axis=0)
        yield f"| accuracy by task, … | … | {each(by_task, 2)} (within-class) |"
    yield from _without_gate()
    low, high = mean(naca[SINGLE]), mean(rate[SINGLE])
    mixed = {f"{mean(values[MIXED]):.2f}" for values in (naca, rate)}
    yield f"| not reported | {low:.2f} to {high:.2f}; {' to '.join(sorted(mixed))} |"
    alone = [spread(values, 3) for values in final(MNIST, "naca_rate", "gate_only")]
    yield f"| {alone[WITHIN]} (within-class), {alone[SINGLE]} (single-image), rate-based |"


def _without_gate() -> Iterator[str]:
    bp, ewc, bptt, ewc_bptt = (
        [spread(final(MNIST, rule, condition)[SINGLE], 3) for condition in conditions]
        for rule, conditions in (
            ("bp", ("trained", "tuned")),
            ("ewc", ("trained", "tuned")),
            ("bptt", ("trained",)),
            ("ewc_bptt", ("trained",)),
        )
    )
    yield f"| 0.100 | {bp[0]} | reproduced; tuned {bp[1]} |"
    yield f"| 0.100 | {ewc[0]} with the published regularisation strength | reproduced; tuned {ewc[1]} |"
    yield f"| 0.103 and 0.100 | {bptt[0]} and {ewc_bptt[0]} (single-image) |"


def _protocols(values: list[np.ndarray], between: str) -> str:
    return f"{spread(values[WITHIN], 3)} within-class{between} {spread(values[SINGLE], 3)} single-image"


WEIGHTS = (
    ("NACA", "naca_rate", "gated"),
    ("unmodulated STDP, same gate", "naca_rate", "stdp"),
    ("NACA without gate", "naca_rate", "no_gate"),
    ("unmodulated STDP without gate", "naca_rate", "stdp_no_gate"),
    ("BP", "bp", "trained"),
    ("EWC …", "ewc", "trained"),
)


def _weights() -> Iterator[str]:
    """Yield the table of changes of weights."""
    largest = []
    for title, rule, condition in WEIGHTS:
        runs = runs_with(
            stored("zhang2023/weight_changes"), experiment=name(MNIST, rule), condition=condition
        ).mean("run")
        largest.append(f"{float(runs.largest.sel(after=10)):.3f}")
        left = each(runs.left.sel(after=[1, 2, 10]).values, 2)
        yield f"| {title} | {left} | {float(runs.still.sel(after=10)):.2f} | {largest[-1]} |"
        if title == "NACA":
            yield f"| about half (digitised) | {float(runs.left.sel(after=10)):.2f} |"
    yield f"| {largest[0]} and {largest[1]} behind the same gate |"
    dark = float(stored("zhang2023/weight_changes").dark.mean())
    yield f"always dark ({dark:.2f} of all weights)"
