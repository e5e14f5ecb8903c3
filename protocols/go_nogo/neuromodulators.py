"""Dopamine, noradrenaline, acetylcholine and serotonin, from their cells to their effects.

D1 is that of the catalogue; D2 has the affinity given there and the binding rate of D1, so that it responds
to dips (assumed: the sources of the catalogue differ by orders of magnitude). α1 and β include their
downstream cascades: they activate within seconds and decay within a minute, at affinities above those of
the catalogue, and noradrenaline cells are silent at baseline. All of these values were chosen on seeds 0 to
19 and are assumed.
"""

from brian2 import ms, pA, second, um
from brian2.units.allunits import nmolar

from neuromodsim.description.effect import Effect
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.equations.clearance.acetylcholine import ACH_AMBIENT
from neuromodsim.equations.clearance.dopamine import DA_DS_EJDRUP
from neuromodsim.equations.clearance.noradrenaline import NA_LC_SLICE
from neuromodsim.equations.clearance.serotonin import SEROTONIN_SNR_BUNIN
from neuromodsim.equations.effects.background import BACKGROUND_GAIN, PATIENCE
from neuromodsim.equations.effects.bursting_ended import BURSTING_ENDED
from neuromodsim.equations.effects.noradrenergic_bursting import NORADRENERGIC_BURSTING
from neuromodsim.equations.effects.plasticity_rate import FASTER_PLASTICITY, PROTECTION
from neuromodsim.equations.neurons.nuclei.basal_forebrain import BASAL_FOREBRAIN_NEURON
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import DORSAL_RAPHE_NEURON
from neuromodsim.equations.neurons.nuclei.locus_coeruleus import LOCUS_COERULEUS_NEURON
from neuromodsim.equations.receptors.acetylcholine import M2_M4
from neuromodsim.equations.receptors.adapting import ADAPTING_RECEPTOR
from neuromodsim.equations.receptors.noradrenaline import ALPHA1, BETA
from neuromodsim.equations.receptors.serotonin import SEROTONIN_1A
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE
from neuromodsim.equations.release.release_all import RELEASE_ALL, RELEASE_ALL_ACETYLCHOLINE
from neuromodsim.equations.release.vesicle_pool import VESICLE_POOL
from neuromodsim.protocols.go_nogo.cells import COMPARING_NEURON

FOREBRAIN = 10  # cells
SCATTERED = "v_reset + (V_T - v_reset)*rand()"
PLASTIC = ("features_to_actor", "compounds_to_actor", "compounds_to_critic")

DOPAMINE = Neuromodulator(
    "dopamine",
    nucleus=Population(
        name="vta",
        size=40,
        model=COMPARING_NEURON.with_parameters(noise_sd=10 * pA),
        initial={"I": "(25 + 20*rand())*pA", "v": SCATTERED, "I_w": "60*pA*rand()"},
    ),
    release=MEAN_FIELD_RELEASE,
    pool=DA_DS_EJDRUP,
    receptors={
        "D1": ADAPTING_RECEPTOR,
        "D2": ADAPTING_RECEPTOR.with_parameters(K_d=7 * nmolar, k_off=20 / second),
    },
    initial={
        "C": 8 * nmolar,
        "D1_occupancy": 0.008,
        "D1_average": 0.008,
        "D2_occupancy": 0.5,
        "D2_average": 0.5,
    },
)

SLOW = 0.03 / second

NORADRENALINE = Neuromodulator(
    "noradrenaline",
    nucleus=Population(
        name="coeruleus",
        size=20,
        model=LOCUS_COERULEUS_NEURON.with_parameters(noise_sd=5 * pA, tau_synaptic=300 * ms),
        initial={"I": 0 * pA, "v": SCATTERED, "I_w": "20*pA*rand()"},
    ),
    release=VESICLE_POOL.with_parameters(site_density=2e-3 / um**3),
    pool=NA_LC_SLICE,
    receptors={
        "alpha1": ALPHA1.with_parameters(K_d=40 * nmolar, k_off=SLOW),
        "beta": BETA.with_parameters(K_d=80 * nmolar, k_off=SLOW),
    },
    effects=(
        Effect(NORADRENERGIC_BURSTING, on="actor", reads={"level": "alpha1"}),
        Effect(NORADRENERGIC_BURSTING, on="critic", reads={"level": "alpha1"}),
        Effect(BACKGROUND_GAIN, on="actor", reads={"level": "alpha1"}),
        *(Effect(FASTER_PLASTICITY, on=name, reads={"level": "beta"}) for name in PLASTIC),
    ),
)

ACETYLCHOLINE = Neuromodulator(
    "acetylcholine",
    nucleus=Population(
        name="forebrain",
        size=FOREBRAIN,
        model=BASAL_FOREBRAIN_NEURON.with_parameters(noise_sd=5 * pA, tau_synaptic=100 * ms),
        initial={"v": SCATTERED},
    ),
    release=RELEASE_ALL_ACETYLCHOLINE.with_parameters(release_all=200 * nmolar),
    pool=ACH_AMBIENT,
    receptors={"M2": M2_M4.with_parameters(k_off=0.1 / second)},
    effects=(
        Effect(BURSTING_ENDED, on="actor", reads={"level": "M2"}),
        *(Effect(PROTECTION, on=name, reads={"level": "M2"}) for name in PLASTIC),
    ),
)

SEROTONIN = Neuromodulator(
    "serotonin",
    nucleus=Population(
        name="raphe",
        size=10,
        model=DORSAL_RAPHE_NEURON.with_parameters(noise_sd=5 * pA),
        initial={"v": SCATTERED},
    ),
    release=RELEASE_ALL.with_parameters(release_all=10 * nmolar),
    pool=SEROTONIN_SNR_BUNIN,
    receptors={"HT1A": SEROTONIN_1A},
    effects=(Effect(PATIENCE, on="actor", reads={"level": "HT1A"}),),
)

MODULATORS = (DOPAMINE, NORADRENALINE, ACETYLCHOLINE, SEROTONIN)
