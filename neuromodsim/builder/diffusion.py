"""Diffusion on a grid: the sum over neighbouring voxels that a pool's equations read as ``laplacian``.

The second-order stencil of 3, 5 or 7 points. At a wall with no flux a voxel has itself for a neighbour;
the discrete sum over all voxels is zero either way, so diffusion neither makes nor loses a molecule.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2 import Function, metre
from brian2.core.variables import ArrayVariable
from brian2.units.fundamentalunits import get_unit
from numpy.typing import NDArray

from neuromodsim.builder.assembly import Assembly
from neuromodsim.description.geometry import Grid
from neuromodsim.description.model import ModulatorModel
from neuromodsim.errors import WrongInput


@dataclass(frozen=True)
class Stencil:
    """The laplacian of one pool: its group, what works it out, and what that reads and writes."""

    group: Any
    runner: Any
    grid: Grid
    read: ArrayVariable
    written: ArrayVariable


def add_laplacian(group: Any, grid: Grid, model: ModulatorModel, built: Assembly) -> None:
    """Compute the ``laplacian`` of a compartment at the start of every step.

    Raises
    ------
    WrongInput
        If the pool has no variable ``laplacian``.
    """
    if "laplacian" not in group.variables:
        raise WrongInput(f"'{model.name}' has no variable 'laplacian' to spread by on a grid.")
    name = f"{group.name}_laplacian"
    read, written = group.variables[model.level], group.variables["laplacian"]
    built.namespace[name] = _function(name, grid, read)
    code = f"laplacian = {name}(i, {model.level})"
    # After what a step of the model adds (-5), before its equations are stepped (0).
    runner = group.run_regularly(code, when="groups", order=-4, clock=built.clock)
    built.stencils.append(Stencil(group, runner, grid, read, written))


def laplacian(values: NDArray[Any], grid: Grid) -> NDArray[Any]:
    """Return the discrete laplacian of a concentration, as compiled programs work it out.

    Parameters
    ----------
    values
        Shape of the grid, z, y, x.
    grid
        Its voxels and walls.

    Returns
    -------
    numpy.ndarray
        Per square metre, the same shape.
    """
    total = np.zeros_like(values)
    for axis in range(values.ndim):
        c, out = np.moveaxis(values, axis, 0), np.moveaxis(total, axis, 0)
        flow = np.diff(c, axis=0)
        out[:-1] += flow
        out[1:] -= flow
        if grid.boundary == "periodic":
            wrapped = c[0] - c[-1]
            out[-1] += wrapped
            out[0] -= wrapped
    return total / float(grid.dx) ** 2


def _function(name: str, grid: Grid, read: ArrayVariable) -> Function:
    """Return ``laplacian(i, level)`` for devices in this process and GPUs; C++ has loops of its own.

    A voxel's level is there for GPUs only, where it says that the array of all of them is needed.
    """

    def whole(index: Any, level: Any) -> Any:
        values = np.asarray(read.get_value()).reshape(grid.shape)
        return laplacian(values, grid).ravel()[index]

    unit = get_unit(read.dim / metre.dim**2)
    function = Function(
        whole,
        arg_units=[1, get_unit(read.dim)],
        return_unit=unit,
        arg_types=["integer", "float"],
        return_type="float",
        stateless=False,
    )
    add = function.implementations.add_implementation
    add("numpy", whole)
    add("cython", _cython(name, grid), _held(name, read), name=name)
    add("cuda", _cuda(name, grid, read), name=name)
    return function


def _held(name: str, read: ArrayVariable) -> Any:
    """Return a namespace with the concentration as it is held, which a step changes in place."""
    return {f"{name}_values": read.get_value()} if hasattr(read.device, "arrays") else {}


def _sums(grid: Grid, test: str) -> list[str]:
    """Return statements that add up what flows into voxel ``i`` of ``v``; ``test`` is a conditional."""
    strides = np.cumprod([1, *grid.shape[:0:-1]]).tolist()[::-1]
    lines = []
    for size, stride in zip(grid.shape, strides, strict=True):
        back = (size - 1) * stride
        wall = grid.boundary == "no flux"
        low = "0.0" if wall else f"(v[i + {back}] - v[i])"
        high = "0.0" if wall else f"(v[i - {back}] - v[i])"
        inside = f"(v[i - {stride}] - v[i])", f"(v[i + {stride}] - v[i])"
        lines += [
            f"k = (i / {stride}) % {size}",
            "total += " + test.format(inside[0], "k > 0", low),
            "total += " + test.format(inside[1], f"k < {size - 1}", high),
        ]
    return lines


def _cuda(name: str, grid: Grid, read: ArrayVariable) -> dict[str, str]:
    body = "; ".join(_sums(grid, "({1}) ? {0} : {2}"))
    support = f"""
        __host__ __device__ static inline double {name}_sum(const double* v, const int64_t i)
        {{
            double total = 0.0;
            int64_t k;
            {body};
            return total / {float(grid.dx) ** 2!r};
        }}
        """
    array = f"_ptr_array_{read.owner.name}_{read.name}"
    return {"support_code": support, "hashdefine_code": f"#define {name}(i, level) {name}_sum({array}, i)"}


def _cython(name: str, grid: Grid) -> str:
    lines = [line.replace(" / ", " // ") for line in _sums(grid, "{0} if {1} else {2}")]
    body = "\n            ".join(line.replace("v[", f"_namespace{name}_values[") for line in lines)
    return f"""
        cdef double {name}(long i, double level):
            global _namespace{name}_values
            cdef double total = 0.0
            cdef long k
            {body}
            return total/{float(grid.dx) ** 2!r}
        """
