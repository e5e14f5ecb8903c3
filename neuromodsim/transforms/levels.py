"""Levels of modulators, as others read them: by one name each, and region by region."""

from typing import Any

from neuromodsim.description.modulator import Modulator
from neuromodsim.errors import WrongInput


def expect_one(reader: str, here: str, known: str | None, path: str) -> None:
    """Refuse one name for two levels, such as ``a.b_c`` and ``a_b.c``: the first would be read twice."""
    if known not in (None, path):
        raise WrongInput(
            f"'{reader}' would read both '{known}' and '{path}' as '{here}'; give one of them another name."
        )


def alike(modulator: Modulator) -> tuple[Any, ...]:
    """Return what must agree between pools that read each other voxel by voxel."""
    # Two boxes of as many voxels may have other shapes, and their voxels lie elsewhere.
    grid = modulator.grid
    return (modulator.regions,) if grid is None else (grid.shape, float(grid.dx))
