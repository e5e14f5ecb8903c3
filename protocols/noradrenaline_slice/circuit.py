"""Locus coeruleus neurons, an electrode that stimulates their axons, and the noradrenaline released.

    electrode ──► axons ──┐
                          ├──► vesicles ──► out, or recaptured ──► noradrenaline ──► uptake, loss
    cells, own spikes ────┘       ▲              at the site            │
                                  └─────────── α2 on terminals ◄────────┘

Four parameters are fitted to the four measured values with these equations, all others fixed: ``V_max`` and
``k_loss`` to the half-lives without and with desipramine, ``site_density`` and ``recapture`` to the peaks.
The four values are therefore reproduced by construction; the informative result is the set of required
parameters.

With 50 nM of desipramine (K_i 0.8 nM) nearly all uptake is blocked, and the remaining half-life is that of
``k_loss``: 13 s, diffusion out of the slice. ``V_max = K_m ln 2/2.93 s`` would be valid for low
concentrations; from a peak of 0.31 µM, near ``K_m``, it results in a half-life of 4.6 s.

A well-mixed compartment requires recapture. A train lasts 0.3 s and uptake takes seconds, so that blocking
uptake increases the peak by 3 %, whereas 96 % were measured. Half of the released noradrenaline must
therefore be taken up before it reaches the electrode:

    fraction that escapes = 1/(1 + recapture/(1 + desipramine/K_i))

where ``recapture`` is the ratio of the rates of uptake at a site and of escape from it. This mechanism is
hypothetical; alternatives are a slow electrode response, and release that continues after the train.
"""

from dataclasses import replace

from brian2 import pA, second, um
from brian2.units.allunits import nmolar

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.effect import Effect
from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.description.neuromodulator import Autoreceptor, Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.noradrenaline import NA_LC_SLICE
from neuromodsim.equations.drugs.receptors import YOHIMBINE
from neuromodsim.equations.drugs.uptake import DESIPRAMINE
from neuromodsim.equations.effects.autoreceptors import TERMINAL_AUTORECEPTOR
from neuromodsim.equations.neurons.axonal_stimulation import ELECTRODE, PULSE, with_axon
from neuromodsim.equations.neurons.nuclei.locus_coeruleus import LOCUS_COERULEUS_NEURON
from neuromodsim.equations.receptors.noradrenaline import ALPHA2A
from neuromodsim.equations.release.vesicle_pool import VESICLE_POOL
from neuromodsim.equations.sources import LI_2023, PALIJ_1994
from neuromodsim.transforms.expansion import add_neuromodulators

CELLS = 50
FITTED = "fitted to 0.31 umolar, 2.93 s, +96 % and +314 %"

SLICE = NA_LC_SLICE.preset(
    name="na_lc_slice_fitted",
    summary="Noradrenaline in slices of the locus coeruleus, with the measured half-lives at high peaks.",
    source=PALIJ_1994,
    V_max=Parameter(114.528 * nmolar / second, "", FITTED, evidence="derived"),
    k_loss=Parameter(0.0527097 / second, "", FITTED, evidence="derived"),
)

VESICLES = VESICLE_POOL.preset(
    name="vesicle_pool_slice",
    summary="Release from a recovering vesicle pool, scaled to a stimulus train in a slice.",
    source=LI_2023,
    p_release=Parameter(0.353, "", "counts only times the density of sites", evidence="assumed"),
    site_density=Parameter(2.57297e-3 / um**3, "", FITTED, evidence="derived"),
)

ALPHA2_BRAKE = TERMINAL_AUTORECEPTOR.preset(
    name="alpha2_brake",
    summary="α2 on terminals, which divides the release of noradrenaline.",
    source=PALIJ_1994,
    terminal_alpha=Parameter(1.0, "", "half of release at full occupancy", evidence="assumed"),
)

RECAPTURE = EffectModel(
    name="recapture",
    summary="Recapture at release sites, before noradrenaline reaches an electrode.",
    source=PALIJ_1994,
    changes={"site_density": "site_density/(1 + recapture/(1 + desipramine_post/NET_desipramine_K_i_post))"},
    reads=(),
    parameters={
        "recapture": Parameter(
            1.11695,
            "rate of recapture at a site, relative to that of escape",
            FITTED,
            low=0.0,
            evidence="derived",
        ),
    },
)

COERULEUS = Population(
    name="coeruleus",
    size=CELLS,
    model=with_axon(LOCUS_COERULEUS_NEURON).with_parameters(noise_sd=5 * pA),
    initial={"v": "v_reset + (V_T - v_reset)*rand()"},
)

NORADRENALINE = Neuromodulator(
    "noradrenaline",
    nucleus=COERULEUS,
    release=VESICLES,
    pool=SLICE,
    autoreceptors=(Autoreceptor(name="terminal", receptor=ALPHA2A, effect=ALPHA2_BRAKE),),
    effects=(Effect(RECAPTURE, on="noradrenaline_release"),),
    drugs=(DESIPRAMINE, replace(YOHIMBINE, target="terminal")),
)

TRAIN = ELECTRODE.with_parameters(onset=60 * second)

CIRCUIT = add_neuromodulators(
    Circuit(
        populations=(Population(name="electrode", size=1, model=TRAIN),),
        projections=(Projection(name="stimulation", source="electrode", target="coeruleus", model=PULSE),),
    ),
    NORADRENALINE,
)
