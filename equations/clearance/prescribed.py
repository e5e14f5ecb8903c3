"""A prescribed concentration time course, from a table.

Values are interpolated linearly between rows and constant after the last row. Release and uptake do not
change them. Useful instead of a nucleus and an extracellular compartment, and to apply a published stimulus
to a receptor or a cascade.
"""

from brian2 import ms
from brian2.units.allunits import mmolar

from neuromodsim.description.model import ModulatorModel, Parameter, Table
from neuromodsim.equations.sources import LINDROOS_2018


def prescribed(name: str, rows: int) -> ModulatorModel:
    """Return a pool that follows the table ``<name>_course``, one row every ``interval``."""
    return ModulatorModel(
        name=f"prescribed_{name}",
        summary="A concentration that follows a table.",
        source=LINDROOS_2018,
        level="C",
        method="relaxation",
        equations="""
        C : mmolar  # outside cells
        """,
        step=f"""
        place = clip(t/interval, 0, {rows - 1})
        row = int(clip(place, 0, {max(rows - 2, 0)}))
        here = {name}_course(row)
        C = here + (place - row)*({name}_course(row + {min(rows - 1, 1)}) - here)
        """,
        parameters={"interval": Parameter(10 * ms, "sampling interval of the table", low=1e-3 * ms)},
        tables={
            f"{name}_course": Table(shape=(rows,), unit=mmolar, meaning="concentration at each time point"),
        },
    )
