"""Values of which each replica of a run takes its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from neuromodsim.description import expectations
from neuromodsim.description.fields import Described
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import shown


@dataclass(frozen=True)
class Each(metaclass=Described):
    """Values by path, with one entry for each replica along their first axis.

    Parameters, initial values and tables alike: a parameter takes the shape ``(replica,)``, a weight
    ``(replica,)`` or ``(replica, synapse)``, a table of shape ``(row,)`` that of ``(replica, row)``.

    Raises
    ------
    WrongInput
        If there are none, or not equally many of each.

    Examples
    --------
    >>> Each({"plastic.eta": [0.1, 0.2, 0.3], "plastic.w": np.zeros((3, 20))}).replicas
    3
    """

    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Refuse what has no entry for each replica."""
        given = expectations.mapping("The values of Each", self.values, "paths to values")
        counts = {path: self._count(path, value) for path, value in given.items()}
        if not counts:
            raise WrongInput("Each must have a value for each replica; got none.")
        (first, count), *others = counts.items()
        for path, other in others:
            if other != count:
                raise WrongInput(
                    f"Each must have equally many values of all; got {count} of '{first}' and {other} of "
                    f"'{path}'."
                )

    @staticmethod
    def _count(path: str, value: Any) -> int:
        one = isinstance(value, str | Mapping) or not (isinstance(value, list | tuple) or np.ndim(value))
        if one or not len(value):
            raise WrongInput(f"'{path}' in Each must have a value for each replica; got {shown(value)}.")
        return len(value)

    @property
    def replicas(self) -> int:
        """How many replicas there are."""
        return len(next(iter(self.values.values())))
