"""Diffusion in C++: a pool's sums over neighbours and its own update, plane by plane in one pass.

The string of the model stays what it is; the template that makes C++ of it is another one, and where
the equations read ``laplacian``, the code reads the sum over a voxel's neighbours.
"""

import re
from typing import Any

from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject
from brian2.devices.device import get_device

from neuromodsim.builder.diffusion import Stencil

TEMPLATE = "grid_update"


def from_sum(code: str | list[str], laplacian: str) -> str:
    """Return generated code that reads the laplacian from a voxel's sum in place of an array."""
    text = code if isinstance(code, str) else "\n".join(code)
    return re.sub(rf"\b(_ptr)?{laplacian}\[_idx\]", "_sum", text)


def use_planes(stencil: Stencil) -> None:
    """Compute the laplacian of a compartment within its update, instead of in a separate pass."""
    CPPStandaloneCodeObject.templater.env.globals["from_sum"] = from_sum
    name: Any = get_device().get_array_name
    stencil.group.contained_objects.remove(stencil.runner)
    updater = stencil.group.state_updater
    updater.template = TEMPLATE
    updater.template_kwds = {
        "read": name(stencil.read),
        "written": name(stencil.written),
        # A line or a sheet is a box that is one voxel thick.
        "shape": (1,) * (3 - len(stencil.grid.shape)) + stencil.grid.shape,
        "periodic": stencil.grid.boundary == "periodic",
        "per_area": repr(1 / float(stencil.grid.dx) ** 2),
    }
