"""Cells that fire at given times, from a table that each run provides."""

from brian2 import second

from neuromodsim.description.model import NeuronModel, Table
from neuromodsim.equations.sources import IZHIKEVICH_2007


def listed_spikes(name: str, cells: int, most: int) -> NeuronModel:
    """Return cells that fire at the times in the table ``<name>_time``, shape ``(cell, spike)``.

    Times rise along a row, each in a step of its own; a cell takes up to ``most`` of them, and `NEVER` after
    the last. A time between two steps counts as that of the step before it: with a step of 1 ms, a cell that is
    to fire at 10.7 ms fires at 10 ms.
    """
    return NeuronModel(
        name=f"listed_spikes_{name}",
        summary="Fires at listed times.",
        source=IZHIKEVICH_2007,
        equations=f"""
        fired      : integer                    # spikes so far
        due        = {name}_time(i, fired) : second
        I_synaptic : volt                       # input, which has no effect here
        """,
        threshold=f"fired < {most} and timestep(t, dt) >= timestep(due, dt)",
        reset="fired += 1",
        tables={
            f"{name}_time": Table(shape=(cells, most), unit=second, meaning="spike times", rising=True),
        },
    )
