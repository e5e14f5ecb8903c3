"""A mushroom body with one compartment per class.

    image ──► projection neurons ──claws──► Kenyon cells ──► output neurons, one per compartment
                                             ▲   │ ▲              ▲ synapses weaken
                                             └─ APL│              │
    label, in training ──► dopamine neurons ──► dopamine, D1 of this compartment

Each compartment has its own dopamine neurons, and dopamine does not reach other compartments (Aso et al.
2014, Hige et al. 2015). Release, uptake and receptor are those of the catalogue, with parameters of the
mammalian striatum, because those of the fly are not known.
"""

from dataclasses import replace

from brian2 import ms, pA

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import FixedInDegree, Pairs
from neuromodsim.description.geometry import WellMixed
from neuromodsim.description.model import Table
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.dopamine import DA_DS_EJDRUP
from neuromodsim.equations.neurons.mushroom_body import APL, KENYON_CELL, OUTPUT_NEURON, PROJECTION_NEURON
from neuromodsim.equations.neurons.nuclei.dopamine import DOPAMINE_NEURON
from neuromodsim.equations.plasticity.compartment_depression import COMPARTMENT_DEPRESSION
from neuromodsim.equations.receptors.dopamine import D1_EJDRUP
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE
from neuromodsim.equations.synapses.mushroom_body import CLAW, KENYON_TO_APL
from neuromodsim.protocols.mushroom_body.task import TEACH
from neuromodsim.transforms.expansion import add_neuromodulators

CLASSES = 10
DOPAMINE_CELLS = 5  # in each compartment

CELL = replace(
    DOPAMINE_NEURON,
    name="compartment_dopamine_neuron",
    equations=f"{DOPAMINE_NEURON.equations}\ncompartment : integer  # where it releases",
).with_parameters(tau_synaptic=20 * ms, noise_sd=10 * pA)


def network(pixels: int, rows: int, cells: int, claws: int) -> Circuit:
    """Return the circuit for a stimulus of so many pixels and rows, with so many Kenyon cells."""
    stimulus = Table(shape=(rows, pixels), dtype="int8", meaning="brightness, by frame and pixel")
    circuit = Circuit(
        populations=(
            Population(
                name="projection_neurons",
                size=pixels,
                model=replace(PROJECTION_NEURON, tables={"stimulus": stimulus}),
                layer=0,
            ),
            Population(name="kenyon_cells", size=cells, model=KENYON_CELL, layer=1),
            Population(name="apl", size=1, model=APL, layer=2),
            Population(name="output_neurons", size=CLASSES, model=OUTPUT_NEURON, layer=2),
        ),
        projections=(
            Projection(
                name="claws",
                source="projection_neurons",
                target="kenyon_cells",
                model=CLAW,
                wiring=FixedInDegree(claws),
            ),
            Projection(name="to_apl", source="kenyon_cells", target="apl", model=KENYON_TO_APL),
            Projection(
                name="memory",
                source="kenyon_cells",
                target="output_neurons",
                model=COMPARTMENT_DEPRESSION,
                modulators={"d": "dopamine.D1"},
            ),
            Projection(name="teach", source="task", target="dopamine_neurons", model=TEACH),
        ),
        links={
            "projection_neurons.frame": "task.frame",
            "projection_neurons.showing": "task.showing",
            **{f"{name}.onset": "task.onset" for name in ("kenyon_cells", "apl", "output_neurons")},
            **{f"{name}.closing": "task.closing" for name in ("projection_neurons", "apl", "output_neurons")},
            **{f"{name}.inhibition": "apl.inhibition" for name in ("projection_neurons", "kenyon_cells")},
        },
    )
    return add_neuromodulators(circuit, compartments())


def compartments() -> Neuromodulator:
    """Return the dopamine of all compartments, between which nothing flows."""
    count = CLASSES * DOPAMINE_CELLS
    return Neuromodulator(
        "dopamine",
        nucleus=Population(
            name="dopamine_neurons",
            size=count,
            model=CELL,
            initial={"compartment": f"i//{DOPAMINE_CELLS}", "v": "v_reset + (V_T - v_reset)*rand()"},
        ),
        # The release shares a volume among all cells of the nucleus; here a tenth of them fill it.
        release=MEAN_FIELD_RELEASE.with_parameters(
            site_density=CLASSES * MEAN_FIELD_RELEASE.parameters["site_density"].value
        ),
        wiring=Pairs(tuple(range(count)), tuple(k // DOPAMINE_CELLS for k in range(count))),
        pool=DA_DS_EJDRUP,
        geometry=WellMixed(regions=CLASSES),
        receptors={"D1": D1_EJDRUP},
        compartment_of={"output_neurons": tuple(range(CLASSES))},
    )
