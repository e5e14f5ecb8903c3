"""Learning from a fixed random projection of the label, without feedback of errors (DRTP).

After Frenkel et al. (2021). The published comparison calls it BRP: a random projection of the label, minus
a fraction of the activity of the cell, replaces the error of a hidden cell.
"""

from neuromodsim.description.model import ModulatorModel, SynapseModel, Table
from neuromodsim.equations.sources import FRENKEL_2021

LABEL = ModulatorModel(
    name="label_projection",
    summary="A projection of the class label onto each hidden cell.",
    source=FRENKEL_2021,
    equations="projected : 1  # one number for each hidden cell",
    level="projected",
)


def label_projection(classes: int, cells: int) -> SynapseModel:
    """Return the projection of ``classes`` labels onto ``cells`` hidden cells, at the onset of an image."""
    return SynapseModel(
        name="label_release",
        summary="The class label sets a fixed value at every hidden cell.",
        source=FRENKEL_2021,
        on_event={"enter_show": "projected_post = projection(label_pre, j)"},
        tables={
            "projection": Table(shape=(classes, cells), meaning="fixed number of each class and hidden cell")
        },
    )
