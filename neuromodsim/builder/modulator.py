"""A modulator as a Brian2 group: one row per region, or per voxel of its grid."""

from typing import Any

from neuromodsim.builder.diffusion import add_laplacian
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.groups import add_group, rewriter
from neuromodsim.description.modulator import Modulator
from neuromodsim.numerics import integration
from neuromodsim.transforms.course import CourseModel


def add_modulator(draft: Draft, modulator: Modulator) -> None:
    """Add a modulator, and the sums over neighbouring voxels if it has a grid."""
    model = modulator.model
    rewrite = rewriter(draft)
    method: Any = integration.method(model.method)
    group = add_group(
        draft, modulator.name, modulator.regions, model, rewrite(model.equations), method=method
    )
    # Third factors read the level at -10, before it moves; its equations are stepped at 0. A course is put to
    # the present before anything looks at it, recorders included.
    when: Any = ("start", -1500) if isinstance(model, CourseModel) else ("groups", -5)
    if model.step:
        group.run_regularly(rewrite(model.step), when=when[0], order=when[1], clock=draft.built.clock)
    if modulator.grid is not None:
        add_laplacian(group, modulator.grid, model, draft.built)
