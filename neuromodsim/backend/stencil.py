"""Diffusion in C++: loops along rows of voxels, which compilers vectorise."""

from typing import Any

from brian2.devices.device import get_device

from neuromodsim.grid import Stencil

TEMPLATE = "grid_laplacian"


def use_loops(stencil: Stencil) -> None:
    """Make the laplacian of a pool a loop of its own, in place of a call per voxel."""
    name: Any = get_device().get_array_name
    stencil.runner.template = TEMPLATE
    stencil.runner.abstract_code = ""
    stencil.runner.template_kwds = {
        "read": name(stencil.read),
        "written": name(stencil.written),
        "shape": (1,) * (3 - len(stencil.grid.shape)) + stencil.grid.shape,
        "periodic": stencil.grid.boundary == "periodic",
        "per_area": repr(1 / float(stencil.grid.dx) ** 2),
    }
