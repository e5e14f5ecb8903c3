"""Dopamine holds itself back, small: two seconds once settled, and two seeds where cells fire at random."""

from figures.dreyer2013 import dopamine_feedback as figure
from tests.figures.small import Run, Small

FIGURES = {
    "dopamine_feedback": Small(
        runs=tuple(
            Run(experiment=figure.EXPERIMENT, condition=condition, seed=seed, duration="42s")
            for condition, seeds in figure.RUNS.items()
            for seed in seeds[:2]
        ),
        check=figure.check,
    )
}
