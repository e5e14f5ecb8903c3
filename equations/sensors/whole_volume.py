"""The mean over all voxels of a pool: what a fibre far larger than the reach of one vesicle sees.

A fibre is a component of a circuit, a pool of one row that neither releases nor clears::

    levels = {"C": "mmolar", "D1": "1"}
    Modulator(name="fibre", model=whole_volume(levels))
    Projection(name="sampling", source="dopamine", target="fibre", model=sampling(levels), update_interval=1 * ms)

A run then keeps one number per sample instead of one per voxel, and receptors or sensors can read
what the fibre measures.
"""

from collections.abc import Mapping

from neuromodsim.description.model import ModulatorModel, SynapseModel
from neuromodsim.equations.sources import EJDRUP_2026


def whole_volume(levels: Mapping[str, str]) -> ModulatorModel:
    """Return a fibre that sees these levels of a pool, each with its unit; the first is its own level."""
    return ModulatorModel(
        name="whole_volume",
        summary="The mean concentration over all voxels.",
        source=EJDRUP_2026,
        equations="\n".join(f"{level} : {unit}" for level, unit in levels.items()),
        level=next(iter(levels)),
    )


def sampling(levels: Mapping[str, str]) -> SynapseModel:
    """Return how these levels of a pool reach a fibre: from all voxels alike."""
    return SynapseModel(
        name="sampling",
        summary="A fibre measures the mean over all voxels.",
        source=EJDRUP_2026,
        equations="\n".join(
            f"{level}_post = {level}_pre/N_pre : {unit} (summed)" for level, unit in levels.items()
        ),
    )
