"""What is left of all pairs where no cell is wired to itself."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.description import expectations
from neuromodsim.errors import WrongInput

Indices = NDArray[np.int32]


class Others:
    """All pairs but those of a cell with itself, by their number; the target runs fastest.

    ``shift`` is the difference between the indices of a cell as a target and as a source.
    """

    def __init__(self, sources: int, targets: int, shift: int) -> None:
        own = np.arange(sources) + shift
        self.own = np.where((own >= 0) & (own < targets), own, targets)  # beyond all where there is none
        self.targets = targets - (self.own < targets)  # of each source
        self.first = np.concatenate([[0], np.cumsum(self.targets)])

    def past_own(self, i: Any, j: Any) -> Any:
        """Return indices among all targets, from those among all but a source's own."""
        return j + (j >= self.own[i])

    def pairs(self, number: Any) -> tuple[Indices, Indices]:
        """Return the sources and targets of numbered pairs."""
        i = np.searchsorted(self.first, number, side="right") - 1
        return i.astype(np.int32), self.past_own(i, number - self.first[i]).astype(np.int32)


def expect_some(least: int, what: str) -> None:
    """Raise `WrongInput` if a cell has nothing left to be wired to."""
    if least < 1:
        raise WrongInput(f"Without self-connections, a cell is left without any {what}.")


def expect_said(wiring: Any) -> None:
    """Raise `WrongInput` unless a wiring's ``self_connections`` is true or false."""
    expectations.kind(f"'self_connections' of {type(wiring).__name__}", wiring.self_connections, bool)
