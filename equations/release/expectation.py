"""The neuromodulator of NACA: what is expected sets its level at every hidden cell.

Expectation cells, two of them for each class, reach every hidden cell with fixed random strengths
between 0 and 1. Showing a class releases the mean of its two strengths, so each class has a level of
its own at each cell, fixed from the start. What a level does to plasticity is a curve with five
landmarks: potentiation turns into depression at ``lambda_inv``, both are strongest between there and
the ends (``theta_max``), and weaker again at the ends:

    M(0) = 1,  M(L/4) = T,  M(L/2) = 1,  M(L) = 0,  M(3L/2) = -1,  M(7L/4) = -T,  M(2L) = -1

with L = ``lambda_inv`` and T = ``theta_max``. Positive M lowers the weights of an active cell.
"""

from neuromodsim.description.model import ModulatorModel, Parameter, SynapseModel, Table
from neuromodsim.equations.sources import ZHANG_2023

EXPECTATION = ModulatorModel(
    name="expectation",
    summary="A neuromodulator level for each hidden cell, and its effect on plasticity.",
    source=ZHANG_2023,
    equations="""
    level      : 1  # of the neuromodulator, 0 to 1
    modulation : 1  # M(level)
    """,
    level="level",
    ranges={"level": (0.0, 1.0)},
)


def expectation_release(rows: int, cells: int, classes: int, layer: str = "") -> SynapseModel:
    """Return the release of expectation cells onto ``cells`` hidden cells, at the onset of an image.

    ``layer`` ends the names of its tables, where more than one layer is reached.
    """
    strength, row = f"innervation{layer}", f"expectation_row{layer}"
    return SynapseModel(
        name="expectation_release",
        summary="The class label sets the neuromodulator level at every hidden cell.",
        source=ZHANG_2023,
        on_event={
            "enter_show": f"""
            released = 0.5*({strength}({row}(label_pre), j) + {strength}({row}(label_pre) + 1, j))
            x = lambda_inv + modulated*(released - lambda_inv)
            L = lambda_inv
            level_post = x
            rising = theta_max - (theta_max - 1)*((4*x - L)/L)**2
            falling = (theta_max - 1)*((4*(2*L - x) - L)/L)**2 - theta_max
            near = (2*(x - L)/L)**2
            outer = int(x <= L/2)*rising + int(x > 1.5*L)*falling
            inner = (int(x > L/2)*int(x <= L) - int(x > L)*int(x <= 1.5*L))*near
            modulation_post = outer + inner
            """
        },
        tables={
            strength: Table(shape=(rows, cells), meaning="strength of each expectation cell"),
            row: Table(shape=(classes,), dtype="int32", meaning="first expectation cell of each class"),
        },
        parameters={
            "lambda_inv": Parameter(
                0.5,
                "level at which plasticity changes sign",
                "published program",
                low=1e-3,
                evidence="reported",
            ),
            "theta_max": Parameter(
                1.2, "maximal modulation", "published program", low=0.0, evidence="reported"
            ),
            "modulated": Parameter(1.0, "0 clamps every level at lambda_inv", low=0.0, high=1.0),
        },
    )
