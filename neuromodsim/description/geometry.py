"""Where a modulator spreads: one well-mixed volume, or a line, a sheet or a box of voxels."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from brian2 import metre, mm
from brian2.units import have_same_dimensions
from numpy.typing import ArrayLike, NDArray

from neuromodsim.description import expectations
from neuromodsim.description.fields import keep
from neuromodsim.errors import WrongInput
from neuromodsim.units import quantities
from neuromodsim.units.kinds import shown
from neuromodsim.units.quantities import pretty

Boundary = Literal["no flux", "periodic"]


@dataclass(frozen=True)
class WellMixed:
    """One or more well-mixed volumes, without exchange between them.

    ``volume`` is the tissue volume of each region: extracellular space and cells.

    Examples
    --------
    >>> WellMixed(1 * mm**3).sites(2 / mm**3)
    2
    """

    volume: Any = field(default_factory=lambda: 1e-3 * mm**3)
    regions: int = 1

    def __post_init__(self) -> None:
        """Refuse a volume that is none, and a number of regions that is none."""
        try:
            right = have_same_dimensions(self.volume, metre**3) and np.ndim(self.volume) == 0
        except (TypeError, ValueError):
            right = False
        if not right or not 0 < float(self.volume) < np.inf:
            raise WrongInput(
                f"A volume must be positive, such as 1*mm**3; got {quantities.shown(self.volume)}."
            )
        regions = expectations.whole("The number of regions", self.regions, least=1)
        keep(self, regions=regions)

    @property
    def shape(self) -> tuple[int, ...]:
        """Regions along each dimension of space: there is none."""
        return ()

    @property
    def voxels(self) -> int:
        """How many regions there are."""
        return self.regions

    @property
    def voxel_volume(self) -> Any:
        """The volume of one region."""
        return self.volume

    def sites(self, density: Any) -> int:
        """Return how many release sites lie in all regions, for so many per volume."""
        return _sites(density, self.voxels * self.volume)


@dataclass(frozen=True)
class Grid:
    """Cubic voxels of side ``dx`` along each of one to three lengths; the last in the shape runs fastest.

    Nothing leaves through the walls with ``"no flux"``; what leaves through one comes in at the
    opposite one with ``"periodic"``.
    """

    lengths: tuple[Any, ...]  # x, or x and y, or x, y and z
    dx: Any
    boundary: Boundary = "no flux"

    def __post_init__(self) -> None:
        """Refuse lengths that are none, or not whole numbers of voxels."""
        if not isinstance(self.lengths, tuple | list) or not 1 <= len(self.lengths) <= 3:
            raise WrongInput(f"A grid has a tuple of one to three lengths; got {shown(self.lengths)}.")
        keep(self, lengths=tuple(self.lengths))
        for value in (*self.lengths, self.dx):
            if not _is_length(value) or np.ndim(value) or not 0 < float(value) < np.inf:
                raise WrongInput(f"Lengths and dx of a grid must be positive; got {quantities.shown(value)}.")
        if self.boundary not in ("no flux", "periodic"):
            raise WrongInput(f"A grid's boundary is 'no flux' or 'periodic'; got '{self.boundary}'.")
        for length in self.lengths:
            ratio = float(length) / float(self.dx)
            if abs(ratio - round(ratio)) > 1e-6 * ratio:
                raise WrongInput(f"A length of {pretty(length)} is no multiple of dx = {pretty(self.dx)}.")

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Voxels along z, y and x (or y and x, or x)."""
        return tuple(round(float(length) / float(self.dx)) for length in reversed(self.lengths))

    @property
    def voxels(self) -> int:
        """How many voxels there are."""
        return int(np.prod(self.shape))

    @property
    def voxel_volume(self) -> Any:
        """The volume of one voxel, cells and extracellular space together."""
        return self.dx**3

    def sites(self, density: Any) -> int:
        """Return how many release sites lie in the whole grid, for so many per volume."""
        return _sites(density, self.voxels * self.voxel_volume)

    def centres(self) -> tuple[NDArray[Any], ...]:
        """Return the positions of voxels' centres along each dimension of the shape, in metres."""
        return tuple((np.arange(n) + 0.5) * float(self.dx) for n in self.shape)

    def voxel_of(self, points: ArrayLike) -> tuple[int, ...]:
        """Return which voxel each point lies in.

        Parameters
        ----------
        points
            Shape ``(point, dimension)``, in metres, in the order x, y, z.

        Raises
        ------
        WrongInput
            If a point lies outside, or has another number of coordinates.
        """
        try:
            positions = np.atleast_2d(np.asarray(points, dtype=float))
        except (TypeError, ValueError) as error:
            raise WrongInput(f"Points must be numbers of metres; got {shown(points)}.") from error
        if not np.isfinite(positions).all():
            raise WrongInput("The coordinates of a point must be finite.")
        if positions.shape[1] != len(self.lengths):
            raise WrongInput(f"A point here has {len(self.lengths)} coordinates; got {positions.shape[1]}.")
        index = np.floor(positions / float(self.dx)).astype(np.int64)[:, ::-1]
        outside = ((index < 0) | (index >= np.asarray(self.shape))).any(axis=1)
        if outside.any():
            point, ends = positions[outside][0], [n * float(self.dx) for n in self.shape[::-1]]
            x, end = (", ".join(f"{value:g}" for value in values) for values in (point, ends))
            raise WrongInput(f"The point ({x}) lies outside the grid, from 0 to ({end}), all in metres.")
        return tuple(np.ravel_multi_index(tuple(index.T), self.shape).tolist())


def _is_length(value: Any) -> bool:
    try:
        return bool(have_same_dimensions(value, metre))
    except (TypeError, ValueError):  # no number at all
        return False


def _sites(density: Any, volume: Any) -> int:
    try:
        right = have_same_dimensions(density, 1 / metre**3) and 0 <= float(density) < np.inf
    except (TypeError, ValueError):
        right = False
    if not right:
        raise WrongInput(
            "A density of release sites must be a number per volume, from 0 up, such as 0.04/um**3; got "
            f"{quantities.shown(density)}."
        )
    return round(float(density * volume))


def Line(length: Any, dx: Any, boundary: Boundary = "no flux") -> Grid:  # noqa: N802 - reads as a kind of grid
    """Return a line of voxels: the concentration varies along x only.

    Examples
    --------
    >>> from brian2 import um
    >>> Line(10 * um, dx=1 * um).shape
    (10,)
    """
    return Grid((length,), dx, boundary)


def Sheet(lengths: Any, dx: Any, boundary: Boundary = "no flux") -> Grid:  # noqa: N802
    """Return a plane of voxels; ``lengths`` along x and y.

    Examples
    --------
    >>> from brian2 import um
    >>> Sheet((10, 20) * um, dx=1 * um).shape  # along y and x
    (20, 10)
    """
    return Grid(_each(lengths, 2), dx, boundary)


def Box(lengths: Any, dx: Any, boundary: Boundary = "no flux") -> Grid:  # noqa: N802
    """Return a block of voxels; ``lengths`` along x, y and z, as in ``Box((30, 30, 30) * um, dx=1 * um)``.

    Examples
    --------
    >>> from brian2 import um
    >>> box = Box((30, 30, 30) * um, dx=1 * um)
    >>> box.voxels, box.voxel_of([[0.5e-6, 0.5e-6, 1.5e-6]])
    (27000, (900,))
    """
    return Grid(_each(lengths, 3), dx, boundary)


def _each(lengths: Any, count: int) -> tuple[Any, ...]:
    if not _is_length(lengths) or np.shape(lengths) not in ((), (count,)):
        raise WrongInput(f"{count} lengths are needed, such as {(30,) * count} * um; got {shown(lengths)}.")
    values = np.broadcast_to(np.asarray(lengths, dtype=float), (count,))
    return tuple(float(v) * metre for v in values)


Geometry = WellMixed | Grid
