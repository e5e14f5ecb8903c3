"""Units that send given numbers, one row of a table per time step, which each run provides."""

from neuromodsim.description.model import NeuronModel, Table
from neuromodsim.equations.sources import GERSTNER_2014


def listed_rates(name: str, steps: int, units: int) -> NeuronModel:
    """Return units that send the numbers of the table ``<name>_rate``, shape ``(step, unit)``.

    After the last row, they go on to send that row.
    """
    return NeuronModel(
        name=f"listed_rates_{name}",
        summary="Sends listed numbers, one per step.",
        source=GERSTNER_2014,
        equations="y : 1  # what it sends",
        step=f"y = {name}_rate(timestep(t, dt), i)",
        sends="always",
        tables={f"{name}_rate": Table(shape=(steps, units), meaning="numbers by step and unit")},
    )
