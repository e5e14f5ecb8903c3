"""Noradrenaline in a slice, small: one seed of each condition."""

from figures.palij1994 import noradrenaline_slice as figure
from tests.figures.small import Run, Small

FIGURES = {
    "noradrenaline_slice": Small(
        runs=tuple(Run(experiment=figure.EXPERIMENT, condition=condition) for condition in figure.RUNS),
        check=figure.check,
    )
}
