"""The mean over all voxels of a pool: what a fibre far larger than the reach of one vesicle sees.

A fibre is a component of a circuit, a pool of one row that neither releases nor clears::

    fibre = whole_volume({"C": "mmolar", "D1": "1"})
    Modulator(name="fibre", model=fibre)
    Projection(name="sampling", source="dopamine", target="fibre", model=sampled_by(fibre))

A run then keeps one number per sample instead of one per voxel, and receptors or sensors can be attached
to what the fibre sees.
"""

from collections.abc import Mapping

from neuromodsim.equations.sources import EJDRUP_2026
from neuromodsim.model import ModulatorModel, SynapseModel, parsed
from neuromodsim.quantities import unit_text


def whole_volume(levels: Mapping[str, str]) -> ModulatorModel:
    """Return a fibre that sees these levels of a pool, each with its unit; the first is its own level."""
    return ModulatorModel(
        name="whole_volume",
        summary="The mean over all voxels of a pool.",
        source=EJDRUP_2026,
        equations="\n".join(f"{level} : {unit}" for level, unit in levels.items()),
        level=next(iter(levels)),
    )


def sampled_by(fibre: ModulatorModel) -> SynapseModel:
    """Return how a pool reaches a fibre: from all voxels alike."""
    units = {name: unit_text(one.dim) for name, one in parsed(fibre.equations).items()}
    return SynapseModel(
        name="sampling",
        summary="A fibre sees the mean over all voxels.",
        source=EJDRUP_2026,
        equations="\n".join(f"{n}_post = {n}_pre/N_pre : {unit} (summed)" for n, unit in units.items()),
    )
