"""Firing rates of textbook neurons, small: two seconds."""

from figures.neurons import firing_rates as figure
from tests.figures.small import Run, Small

FIGURES = {
    "firing_rates": Small(
        runs=tuple(
            Run(experiment=figure.EXPERIMENT, condition=condition, duration="2s") for condition in figure.RUNS
        ),
        check=figure.check,
    )
}
