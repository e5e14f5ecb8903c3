"""Class-incremental continual learning: a training block for each class, and what is retained.

One head, no replay, no task identity. After each training block, all classes are evaluated in within-class
batches, as published, on single images, and in mixed-class batches.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from brian2 import ms

from neuromodsim import datasets
from neuromodsim.datasets import Labelled
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.family import ExperimentFamily, IntegerAxis
from neuromodsim.description.recording import Recording
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.errors import unknown
from neuromodsim.protocols.class_incremental.circuit import circuit, task
from neuromodsim.protocols.class_incremental.rules import RULES, is_gated
from neuromodsim.protocols.class_incremental.sequence import TaskSequence, plan
from neuromodsim.protocols.digits.experiment import expectation_rows
from neuromodsim.protocols.naca_classification.experiment import (
    MNIST,
    SPOKEN,
    Images,
    alike,
    as_bytes,
    rates,
    steps,
)
from neuromodsim.protocols.naca_classification.rules import Rule

CELLS = 1000
KEPT_BACK = 36  # of each of scikit-learn's digits, for evaluation
PUBLISHED = {"input_weights.eta": 5e-4, "output_weights.eta": 5e-4}
# The published rates of NACA. All others are those of classification, where batches mix classes.
RATES: dict[str, dict[str, float]] = {
    "naca": PUBLISHED | {"output.eta_bias": 5e-5},
    "naca_slope": PUBLISHED | {"output.eta_bias": 5e-4},
    "naca_rate": PUBLISHED | {"output.eta_bias": 0.0, "output.bias": 0.0},
}


def _pulled(hidden: float, output: float, pull: float) -> dict[str, float]:
    return alike(hidden, output) | {"input_weights.lam": pull, "output_weights.lam": pull}


# What is best after ten training blocks on seed 100, which no figure shows, among 16 to 52 choices.
TUNED = {
    "mnist": {"bp": alike(1e-4, 3e-5), "ewc": _pulled(3e-4, 1e-4, 1e5)},
    "digits": {"bp": alike(1e-3, 3e-5), "ewc": _pulled(1e-3, 3e-4, 1.5e4)},
    "spoken": {"bp": alike(1e-4, 1e-5), "ewc": _pulled(1e-4, 1e-4, 3e4)},
    "events": {"bp": alike(1e-4, 3e-5), "ewc": _pulled(1e-4, 1e-4, 1e4)},
}


def _digits() -> Labelled:
    images, labels = datasets.digits()
    rng = np.random.default_rng(2023)
    testing = np.zeros(len(labels), bool)
    for number in range(10):
        testing[rng.permutation(np.flatnonzero(labels == number))[:KEPT_BACK]] = True
    return Labelled("scikit-learn's digits", images, labels, testing, (8, 8))


def _events() -> Labelled:
    return datasets.event_digits().pictures()


SEQUENCES = {
    "mnist": TaskSequence(name="mnist", images=MNIST, block=2000, batch=100),
    "digits": TaskSequence(
        name="digits", images=Images("digits", _digits, 1797, 64), block=147, batch=KEPT_BACK, passes=5
    ),
    "spoken": TaskSequence(name="spoken", images=SPOKEN, block=270, batch=30, passes=5),
    "events": TaskSequence(
        name="events", images=Images("N-MNIST", _events, 1100, 2 * 34 * 34), block=117, batch=15, passes=5
    ),
}


def class_incremental(
    sequence: TaskSequence,
    rule: str = "naca",
    cells: int = CELLS,
    single: bool = True,
    name: str = "",
    parameters: Mapping[str, float] | None = None,
) -> Experiment:
    """Return the experiment that trains a network on one class after the other.

    Parameters
    ----------
    sequence
        What it learns: one of `SEQUENCES`, or a `TaskSequence` of images of your own.
    rule
        One of `RULES`.
    cells
        Hidden cells.
    single
        Whether weights are kept in single precision.
    name
        Of the experiment.
    parameters
        Learning rates and others, by path; `RATES` if not given, and those of classification where that
        has none.

    Raises
    ------
    WrongInput
        If there is no such rule.
    """
    if rule not in RULES:
        raise unknown("learning rule", rule, RULES)
    chosen = RULES[rule]
    step = steps(chosen) * ms
    given = RATES.get(rule, rates(rule)) if parameters is None else parameters
    return Experiment(
        name=name or f"class_incremental_{sequence.name}_{rule}",
        summary=f"{sequence.images.name}, class-incremental: {chosen.summary[0].lower()}{chosen.summary[1:]}",
        source=ZHANG_2023,
        circuit=circuit(chosen, sequence, cells, single),
        task=task(chosen, sequence),
        conditions=conditions(rule, TUNED.get(sequence.name, {}).get(rule)),
        recording=Recording(
            states={"input_weights.w": sequence.period * step},
            events={"task.trial_end": ("label", "learning", "evaluation"), "output.verdict": ("votes",)},
        ),
        duration=sequence.trials * step,
        dt=1 * ms,
        parameters={**given} | ({} if chosen.spiking else {"task.show_time": step}),
        prepare=partial(stream, sequence, chosen),
        finish=partial(add_answers, sequence),
    )


def conditions(name: str, tuned: Mapping[str, float] | None = None) -> dict[str, Condition]:
    """Return what is changed on purpose: the gate, plasticity, what modulates it, or tuned rates."""
    rule = RULES[name]
    if not is_gated(rule):
        told = "Learning rates and regularisation strength that are best after ten tasks."
        further = {"tuned": Condition(summary=told, parameters=tuned)} if tuned else {}
        return {"trained": Condition(summary="As in classification.")} | further
    open_to_all = {"hidden.gated": 0.0}
    made = {
        "gated": Condition(summary="As published: the gate selects the active hidden cells."),
        "no_gate": Condition(
            summary="Plasticity without gate: all hidden cells are active.", parameters=open_to_all
        ),
    }
    if rule.signal == "expectation":
        alone = {"task.one_level": 0.75}
        made["gate_only"] = Condition(
            summary="Gate without plasticity: hidden weights stay random.",
            parameters={"release.modulated": 0.0},
        )
        made["stdp"] = Condition(
            summary="One level for all classes and cells, so that plasticity is not modulated.",
            parameters=alone,
        )
        made["stdp_no_gate"] = Condition(
            summary="The same with all hidden cells active.", parameters=alone | open_to_all
        )
    return made


def stream(sequence: TaskSequence, rule: Rule, setting: Setting) -> Prepared:
    """Draw what differs between seeds: the order of classes and images, and what is fixed in the rule."""
    data, classes = sequence.images.load(), sequence.images.classes
    cells = len(setting.wiring["output_weights"][0]) // classes
    innervation = setting.rng.random((2 * classes, cells))
    order = setting.rng.permutation(classes)
    drawn = plan(sequence, data, order, cells, setting.rng)
    tables: dict[str, Any] = {
        "task.image_at": drawn.image,
        "task.gate_at": drawn.gate,
        "task.learning_at": drawn.learning,
        "task.evaluation_at": drawn.evaluation,
        "task.label_of": data.labels,
        "pixels.brightness": as_bytes(data, sequence.images.full),
    }
    if rule.held:
        tables["task.ends_class_at"] = drawn.ends
    if is_gated(rule):
        tables["hidden.gate_of"] = drawn.gate_of
    if rule.signal == "expectation":
        level = setting.parameters["task.one_level"]
        tables["release.innervation"] = innervation if level < 0 else np.full(innervation.shape, level)
        tables["release.expectation_row"] = expectation_rows(classes)
    if rule.signal == "label":
        tables["release.projection"] = (2 * innervation[:classes] - 1) * np.sqrt(6 / classes)
    return Prepared(tables, notes={"class_order": order.tolist()})


def add_answers(sequence: TaskSequence, run: Any) -> None:
    """Add to the trials the answer, whether it was right, and how many blocks had been trained."""
    kept = run["events"].children if "events" in run.children else {}
    if "trials" not in run.children or "output_verdict" not in kept:
        return  # a run that was not asked to keep them
    trials = run["trials"].to_dataset()
    votes = run["events/output_verdict"]["votes"].values.reshape(-1, sequence.images.classes)
    answer = votes.argmax(axis=1)
    unit = {"units": "1"}
    run["trials"].dataset = trials.assign(
        answer=("trial", answer, {**unit, "long_name": "class that says most"}),
        correct=("trial", answer == trials.label.values, {**unit, "long_name": "right class"}),
        trained=(
            "trial",
            1 + np.arange(len(answer)) // sequence.period,
            {**unit, "long_name": "training blocks so far, with the present one"},
        ),
    )


def _make(data: TaskSequence, rule: str, cells: int) -> Experiment:
    return class_incremental(data, rule, cells)


FAMILY = ExperimentFamily(
    name="class_incremental",
    summary="Class-incremental continual learning of ten classes, by NACA and thirteen other rules.",
    source=ZHANG_2023,
    make=_make,
    axes={"data": SEQUENCES, "rule": {name: name for name in RULES}, "cells": IntegerAxis(CELLS)},
    default={"rule": "naca"},
)
