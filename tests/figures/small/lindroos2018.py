"""From dopamine to phosphorylation, small: nothing is random, so that runs are the figure's, cut short."""

from figures.lindroos2018 import pka_and_gate as figure
from tests.figures.small import Run, Small

FIGURES = {
    "pka_and_gate": Small(
        runs=tuple(
            Run(
                experiment=condition.rpartition("/")[0] or figure.EXPERIMENT,
                condition=condition.rpartition("/")[2],
                duration="11s" if condition != "steady" else None,
            )
            for condition in figure.RUNS
        ),
        check=figure.check,
    )
}
