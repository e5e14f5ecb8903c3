"""A concentration that follows a table: a recorded time course, or one that somebody drew.

Between two rows it moves in a straight line; after the last row it stays. What cells release or take
up does not change it. Useful in place of a nucleus and a pool, and to play a published stimulus into a
receptor or a cascade.
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
