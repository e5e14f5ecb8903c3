"""What a neuromodulator is in a circuit: a modulator, a projection onto it, and effects."""

from collections.abc import Collection
from dataclasses import replace

from brian2 import metre
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.connectivity import AllToAll, FixedTotalNumber
from neuromodsim.description.effect import Effect
from neuromodsim.description.geometry import Grid
from neuromodsim.description.model import Parameter, SynapseModel, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.pool import pool_with
from neuromodsim.transforms.unit_check import expect_pool


def modulator_of(one: Neuromodulator, later: Collection[str] = ()) -> Modulator:
    """Return the pool of a neuromodulator with receptors and drugs, as a part of a circuit.

    Drugs whose targets are in ``later`` are left out: effects have yet to bring these.
    """
    grid = one.geometry if isinstance(one.geometry, Grid) else None
    region = one.geometry.voxel_volume
    # A limit on both sides, so that a run cannot give a voxel a volume that its grid does not have.
    least, most = (0 * metre**3, None) if grid is None else (region, region)  # dx is compiled in
    volume = Parameter(region, "tissue volume of a region", low=least, high=most)
    own = {a.name: a.receptor for a in one.autoreceptors}
    drugs = [drug for drug in one.drugs if drug.target not in later]
    pool = pool_with(one.pool, {**one.receptors, **own}, drugs)
    expect_pool(pool)
    if pool.method == "exact" and (grid is not None or pool is not one.pool):
        pool = replace(pool, method="relaxation")  # receptors are not linear
    if grid is not None and pool.method == "relaxation":
        pool = replace(pool, method="spreading")
    if one.release is not None:
        pool = replace(pool, parameters={**pool.parameters, "voxel_volume": volume})
    return Modulator(
        name=one.name,
        model=pool,
        regions=one.geometry.voxels,
        grid=grid,
        initial=one.initial,
        compartment_of=one.compartment_of,
    )


def release_of(one: Neuromodulator) -> Projection | None:
    """Return the release of a neuromodulator, as a part of a circuit."""
    if one.release is None:
        return None
    _expect_release(one, one.release)
    wiring = one.wiring or (AllToAll() if one.sites is None else FixedTotalNumber(one.sites))
    return Projection(
        name=f"{one.name}_release",
        source=one.released_from,
        target=one.name,
        model=one.release,
        wiring=wiring,
    )


def _expect_release(one: Neuromodulator, release: SynapseModel) -> None:
    """Raise `WrongInput` if a release reads or raises what the pool does not have."""
    here = {*parsed(one.pool.equations), *one.pool.parameters, "voxel_volume", "i", "N"}
    for code in (release.equations, release.on_pre, release.step, *release.on_event.values()):
        named = {n.removesuffix("_post") for n in get_identifiers(code) if n.endswith("_post")}
        for name in sorted(named - here):
            raise WrongInput(f"'{release.name}' needs a pool with '{name}', which '{one.pool.name}' lacks.")


def effects_of(one: Neuromodulator) -> list[Effect]:
    """Return the effects of a neuromodulator, those of its autoreceptors included."""
    acts_on = {"release": f"{one.name}_release", "nucleus": one.released_from}
    own = [
        Effect(a.effect, on=acts_on[a.acts_on], reads=dict.fromkeys(a.effect.reads, a.name))
        for a in one.autoreceptors
    ]
    return [*own, *one.effects]
