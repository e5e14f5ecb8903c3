"""NACA and its baselines, small: scikit-learn's digits in place of every set, one seed, one to three epochs.

Spiking baselines learn a few digits on NumPy, which takes less time than compiling them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from figures.zhang2023 import baselines, continual, digits, sensitivity, weight_changes
from figures.zhang2023 import classification as classification_figure
from neuromodsim import datasets
from neuromodsim.catalogue import catalogue
from neuromodsim.datasets import Labelled
from neuromodsim.description.experiment import Experiment
from neuromodsim.protocols.class_incremental.experiment import SEQUENCES
from neuromodsim.protocols.naca_classification.experiment import Images, classification
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small, bounds

IMAGES = SEQUENCES["digits"].images
THREE_EPOCHS = f"{IMAGES.count * 0.06:g}s"


def balanced(kinds: int, trained: int, tested: int) -> Images:
    """Return scikit-learn's first images of some digits, as many of each."""

    def load() -> Labelled:
        images, labels = datasets.digits()
        each = trained + tested
        chosen = np.concatenate([np.flatnonzero(labels == kind)[:each] for kind in range(kinds)])
        held_out = np.tile(np.arange(each) >= trained, kinds)
        return Labelled(name, images[chosen], labels[chosen], held_out, (8, 8), kinds)

    name = f"{kinds} digits"
    return Images(name, load, kinds * (trained + tested), 64, kinds)


FEW, SOME, MORE = balanced(3, 10, 10), balanced(10, 45, 15), balanced(10, 75, 15)


def learner(rule: str = "naca", cells: int = 1000, images: Images = IMAGES, **options: Any) -> Experiment:
    """Return one epoch of digits with a rule, with the conditions of the map of sensitivity."""
    made = classification(images, rule, cells, epochs=1, **options)
    return replace(
        made, conditions={**catalogue.experiment("naca_sensitivity").conditions, **made.conditions}
    )


def check_classification(summary: xr.Dataset) -> list[Check]:
    """Return that one epoch teaches digits, and more with the neuromodulator."""
    last = {
        c: float(summary.accuracy.values[summary.condition == c][:, -1].mean())
        for c in ("modulated", "unmodulated")
    }
    said = float(summary.said[0].min() / summary.said[0].sum())
    found = {**last, "said": said}
    return list(bounds(found, modulated=(0.7, 0.95), said=(0.03, 0.1)))


def check_digits(summary: xr.Dataset) -> list[Check]:
    """Return what three epochs teach a narrow network, with the neuromodulator and without."""
    found = {
        condition: float(digits._final(summary, "digits cells=50", condition).mean())
        for condition in ("modulated", "unmodulated")
    }
    found["gains"] = found["modulated"] - found["unmodulated"]
    return list(bounds(found, modulated=(0.65, 0.95), gains=(0.15, 0.6)))


STUDENTS = {
    ("naca_rate", "gated"): "class_incremental data=digits rule=naca_rate",
    ("naca_rate", "no_gate"): "class_incremental data=digits rule=naca_rate",
    ("naca_rate", "gate_only"): "class_incremental data=digits rule=naca_rate",
    ("gated_bp", "gated"): "class_incremental data=digits rule=gated_bp",
    ("bp", "trained"): "class_incremental data=digits rule=bp",
    ("bp", "tuned"): "class_incremental data=digits rule=bp",
    ("ewc", "tuned"): "class_incremental data=digits rule=ewc",
}


def check_continual(summary: xr.Dataset) -> list[Check]:
    """Return what is left after ten training blocks in each evaluation, as the figure has it for digits."""
    found = {
        f"{rule}_{condition}_{e}": float(continual._final(summary, name, condition, e).mean())
        for (rule, condition), name in STUDENTS.items()
        for e in continual.EVALUATIONS
    }
    found["ewc_keeps_more_than_bp"] = found["ewc_tuned_single_image"] - found["bp_tuned_single_image"]
    return list(
        bounds(
            found,
            naca_rate_gated_within_class=(0.9, 1.0),
            naca_rate_gated_single_image=(0.35, 0.65),
            naca_rate_gated_mixed_class=(0.0, 0.2),
            naca_rate_gate_only_within_class=(0.9, 1.0),
            naca_rate_no_gate_within_class=(0.0, 0.15),
            gated_bp_gated_within_class=(0.5, 1.0),
            bp_trained_single_image=(0.0, 0.2),
            ewc_tuned_single_image=(0.55, 0.8),
            ewc_keeps_more_than_bp=(0.2, 0.8),
        )
    )


def check_weight_changes(summary: xr.Dataset) -> list[Check]:
    """Return where plasticity goes with the gate and without it."""
    left = {
        name: float(weight_changes._left(summary, *key, after=10).mean())
        for key, (name, _) in weight_changes.ROWS.items()
    }
    found = {
        "gated": left["NACA"],
        "the_gate_spares": left["NACA"] - left["NACA, no gate"],
        "so_it_does_without_levels": left["STDP, same gate"] - left["STDP, no gate"],
    }
    return list(
        bounds(
            found,
            gated=(0.6, 0.95),
            the_gate_spares=(0.3, 0.8),
            so_it_does_without_levels=(0.3, 0.8),
        )
    )


POINTS = ((0.1, 1.0), (0.5, 0.4), (0.5, 1.0), (0.5, 2.0), (0.9, 1.0))


def check_sensitivity(summary: xr.Dataset) -> list[Check]:
    """Return that digits are learned where plasticity turns over at 0.5, with any innervation."""
    right = dict(zip(summary.condition.values.tolist(), summary.accuracy.values.tolist(), strict=True))
    middle = [right[sensitivity.point(turn, most)] for turn, most in POINTS if turn == 0.5]
    whole = {k: float(sensitivity._after_an_epoch(summary, k)[0]) for k in sensitivity.WHOLE[:-1]}
    *kinds, deep = whole.values()
    found = {"least_in_the_middle": min(middle), "least": min(kinds), "deep": deep}
    found["apart"] = max(kinds) - min(kinds)
    return list(bounds(found, least_in_the_middle=(0.3, 1), least=(0.6, 1), deep=(0.3, 1), apart=(0, 0.1)))


def check_baselines(summary: xr.Dataset) -> list[Check]:
    """Return that rules learn digits in one epoch, above chance: a tenth, or a third of a few digits.

    So few images do not tell ``brp``, which learns slowly, from chance: its stored numbers hold it.
    """
    right = dict(zip(summary.rule.values.tolist(), summary.accuracy.values[:, 0].tolist(), strict=True))
    return list(
        bounds(
            right,
            naca=(0.7, 0.95),
            e_prop=(0.6, 1),
            e_prop_random=(0.25, 1),
            bptt=(0.5, 1),
            naca_rate=(0.15, 0.7),
            **dict.fromkeys(("bp", "sign_symmetric"), (0.55, 0.9)),
            **dict.fromkeys(("feedback_alignment", "direct_feedback"), (0.25, 0.8)),
        )
    )


def _weight_changes() -> Iterator[Run]:
    for named, condition in weight_changes.ROWS:
        family, rule = named.split()
        yield Run(experiment=f"{family} data=digits {rule}", condition=condition, named=named)


def _sensitivity() -> Iterator[Run]:
    for turn, most in POINTS:
        condition = sensitivity.point(turn, most)
        yield Run(experiment=learner(), condition=condition, named=sensitivity.EXPERIMENT)
    for kind, named in sensitivity.KINDS.items():
        yield Run(experiment=learner(innervation=kind), condition="trained", named=named)
    yield Run(experiment=learner(layers=2), condition="trained", named=sensitivity.DEPTH[2])


def _baselines() -> Iterator[Run]:
    """Yield a run of each rule; without spikes an image is a step or two, so that NumPy has time for more."""
    for rule in baselines.RULES:
        images = FEW if rule in baselines.SPIKING else SOME
        images = {"naca": IMAGES, "naca_rate": MORE}.get(rule, images)  # the latter learns slowly
        yield Run(
            experiment=learner(rule, 1000 if rule == "naca" else 50 if images is FEW else 100, images),
            condition="trained",
            named=baselines.experiment("mnist_ten_times", rule),
            device="cpp" if rule == "naca" else "numpy",
        )


FIGURES = {
    "classification": Small(
        runs=(
            Run(experiment=learner(), condition="trained", named="naca_classification"),
            Run(experiment=learner(), condition="unmodulated", named=classification_figure.ONE_EPOCH),
        ),
        check=check_classification,
        within=0.05,
    ),
    "digits": Small(
        runs=tuple(
            Run(experiment="digits cells=50", condition=condition, duration=THREE_EPOCHS)
            for condition in ("modulated", "unmodulated")
        ),
        check=check_digits,
        within=0.05,
    ),
    "continual": Small(
        runs=tuple(Run(experiment=name, condition=condition) for (_, condition), name in STUDENTS.items()),
        check=check_continual,
        within=0.05,
    ),
    "weight_changes": Small(runs=tuple(_weight_changes()), check=check_weight_changes, within=0.05),
    "sensitivity": Small(runs=tuple(_sensitivity()), check=check_sensitivity, within=0.05),
    "baselines": Small(runs=tuple(_baselines()), check=check_baselines, within=0.05),
}
