"""Dopamine neurons, a volume of striatum into which they release, and its receptors.

    150 neurons ──spikes──► 1080 sites ──vesicles──► dopamine: C, D1, D2 ──mean──► fibre
                                                     27 000 voxels, or one

In the box, each spike releases a vesicle at each site of its cell with some probability; in the well-mixed
compartment each cell represents an equal fraction of all sites, and release is deterministic. A fibre
measures the mean over the box.
"""

from typing import Any

from brian2 import ms, um

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import Pairs
from neuromodsim.description.geometry import Box, Grid, WellMixed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.dopamine import DA_DS_EJDRUP
from neuromodsim.equations.neurons.tonic_burst_pause import TONIC_BURST_PAUSE
from neuromodsim.equations.receptors.dopamine import D1_EJDRUP, D2_EJDRUP
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE, SITES
from neuromodsim.equations.release.quantal import QUANTAL_RELEASE
from neuromodsim.equations.sensors.whole_volume import sampling, whole_volume
from neuromodsim.transforms.expansion import add_neuromodulators

CELLS = 150
BOX = Box((30, 30, 30) * um, dx=1 * um, boundary="periodic")
RECEPTORS = {"D1": D1_EJDRUP, "D2": D2_EJDRUP}
SEEN = {"C": "mmolar", "D1": "1", "D2": "1"}


def nucleus(cells: int = CELLS) -> Population:
    """Return dopamine neurons that fire to a plan."""
    return Population(name="nucleus", size=cells, model=TONIC_BURST_PAUSE)


def in_space(box: Grid) -> Circuit:
    """Return striatum as a box of voxels, in which release sites are strewn at random."""
    dopamine = Neuromodulator(
        name="dopamine",
        nucleus=nucleus(),
        release=QUANTAL_RELEASE,
        sites=box.sites(SITES.value),
        pool=DA_DS_EJDRUP,
        geometry=box,
        receptors=RECEPTORS,
    )
    samples = Projection(
        name="sampling", source="dopamine", target="fibre", model=sampling(SEEN), update_interval=1 * ms
    )
    fibre = Modulator(name="fibre", model=whole_volume(SEEN))
    around = Circuit(populations=(), modulators=(fibre,), projections=(samples,))
    return add_neuromodulators(around, dopamine)


def well_mixed() -> Circuit:
    """Return striatum in which a molecule is everywhere at once."""
    dopamine = Neuromodulator(
        name="dopamine",
        nucleus=nucleus(),
        release=MEAN_FIELD_RELEASE,
        pool=DA_DS_EJDRUP,
        geometry=WellMixed(),
        receptors=RECEPTORS,
    )
    return add_neuromodulators(Circuit(populations=()), dopamine)


def middle(box: Grid) -> int:
    """Return the voxel in the middle of a box."""
    (voxel,) = box.voxel_of([[(n // 2 + 0.5) * float(box.dx) for n in reversed(box.shape)]])
    return voxel


def along_x(box: Grid) -> tuple[int, ...]:
    """Return the voxels of the row that runs from the middle of a box to its wall."""
    first = middle(box)
    return tuple(range(first, first + box.shape[-1] // 2))


def one_vesicle(box: Grid) -> Circuit:
    """Return a box with one site in its middle, which releases once, in the first step."""
    dopamine: Any = Neuromodulator(
        name="dopamine",
        nucleus=nucleus(cells=1),
        release=QUANTAL_RELEASE,
        wiring=Pairs((0,), (middle(box),)),
        pool=DA_DS_EJDRUP,
        geometry=box,
    )
    return add_neuromodulators(Circuit(populations=()), dopamine)
