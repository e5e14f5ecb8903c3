"""Windows of spike timing, small: three pairings of the sixty, and every sign of the table."""

from figures.plasticity import stdp_windows as figure
from tests.figures.small import Run, Small

FIGURES = {
    "stdp_windows": Small(
        runs=tuple(
            Run(
                experiment=figure.EXPERIMENT,
                condition=condition,
                duration="33s",
                parameters={"task.pairings": 3.0},
            )
            for condition in figure.RUNS
        ),
        check=figure.check,
    )
}
