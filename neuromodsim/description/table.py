"""What a table is: an array that equations read by integer index."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2.units import get_dimensions, second
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.description.fields import Described
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.kinds import expect
from neuromodsim.units.quantities import unit_text

# Types that tables are stored in.
STORED = ("float64", "float32", "int64", "int32", "int16", "int8", "uint8", "bool")


@dataclass(frozen=True, kw_only=True)
class Table(metaclass=Described):
    """An array that equations read by integer index: ``image(row, column)``.

    Its contents are set at run time; its shape is part of the program. ``rising`` declares a list of event
    times or steps: they increase from 0 along a row, each in a separate step, and the rest of the row is
    `NEVER` (``NEVER_STEP``).

    Examples
    --------
    >>> image = Table(shape=(28, 28), meaning="brightness of pixels", dtype="uint8")
    >>> cue_times = Table(shape=(100,), unit=second, meaning="when cues begin", rising=True)
    """

    shape: tuple[int, ...]  # one or two dimensions; with replicas, one more
    meaning: str
    unit: Any = 1
    dtype: str = "float64"  # as stored: float64, float32, int32, int8
    rising: bool = False

    def __post_init__(self) -> None:
        """Refuse a shape without entries, and a type that no program stores."""
        expect("shape of a table", self.shape, (tuple, list), "a tuple of whole numbers")
        for size in self.shape:
            expect("a size of a table", size, (int, np.integer), "a whole number")
            if size < 1:
                raise WrongInput(f"A table needs at least one entry along each index; got {size}.")
        if not 1 <= len(self.shape) <= 3:
            raise WrongInput(f"A table has one index or two; got {len(self.shape)}.")
        if self.dtype not in STORED:
            raise unknown("type that a table is stored in", str(self.dtype), STORED)
        expect("rising of a table", self.rising, bool, "True or False")
        if isinstance(self.unit, str):
            raise WrongInput(f"The unit of a table must be one such as mV; got the text '{self.unit}'.")
        if self.rising and get_dimensions(self.unit) not in (second.dim, DIMENSIONLESS):
            raise WrongInput(f"A rising table lists times, in second, or steps; got {unit_text(self.unit)}.")
