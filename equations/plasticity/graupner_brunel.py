"""Calcium-based plasticity with receptor-dependent rates (Graupner and Brunel).

Every spike causes calcium influx. Above a threshold θ_d the synapse is depressed, above a higher one θ_p it
is also potentiated; the net effect depends on the time spent above each. Without calcium, the efficacy ρ
drifts to the nearer of two stable states, 0 and 1:

    τ dρ/dt = -ρ(1-ρ)(1/2-ρ) + γ_p(1-ρ)·[c > θ_p] - γ_d ρ·[c > θ_d],    dc/dt = -c/τ_ca + spikes

Receptors act on the rates and on a threshold. This extension is of this package:

    γ_p → γ_p (1 + a_beta·β + a_d1·D1),  γ_d → γ_d (1 + a_alpha1·α1 + a_m1·M1),  θ_p → θ_p (1 - b_d1·D1)

All ``a`` may have either sign: with a negative ``a_m1``, acetylcholine protects a synapse from depression.
In the parameter set for cultures, a single postsynaptic spike potentiates as much as it depresses. A change
of this balance affects paired and unpaired synapses alike, in addition to widening the window; D1 therefore
acts on the threshold only, unless ``a_d1`` is set.

This is not eligibility times modulator, so instead of integration in every step, each spike updates the
state since the last one. Calcium decays exponentially, so the times above the thresholds are known, ρ
relaxes exponentially within them, and the drift between two stable states has a closed form too. Above a
threshold the drift is omitted, as in the solution of the paper: it is at most 0.05, compared with rates of
61 and more. Receptor levels are evaluated at the spike that causes calcium influx, which then exceeds a
threshold for tens of milliseconds. Noise is omitted, so ρ is the mean over synapses: with an initial value
of 1/2 it represents a population with half of the synapses in the up state. Because only spikes update the
state, the effect of the last spike appears at the next one; a test pulse at the end serves this purpose.

Presynaptic calcium is delayed by D, which a circuit gives as the delay of the projection (`CALCIUM_DELAY`).
The parameters are those of the authors' program for three preparations; the supplement of the paper was not
read.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import GRAUPNER_2012

CALCIUM_DELAY = {
    "graupner_brunel_slice": 18.8008 * ms,
    "graupner_brunel_culture": 10 * ms,
    "graupner_brunel_cortex": 4.6098 * ms,
}
WHERE = "authors' program, synapticChange.py"

# What happened since the last spike. The small number keeps the logarithm of no calcium finite.
SETTLE = """
    since = t - last
    above_p = clip(tau_ca*log(c/threshold + 1e-300), 0*second, since)
    above_d = clip(tau_ca*log(c/theta_d + 1e-300), 0*second, since)
    above_both = clip(above_p, 0*second, above_d)
    aim = gamma_up/(gamma_up + gamma_down)
    rho = aim + (rho - aim)*exp(-(gamma_up + gamma_down)*above_both/tau)
    rho = 1 - (1 - rho)*exp(-gamma_up*(above_p - above_both)/tau)
    rho = rho*exp(-gamma_down*(above_d - above_both)/tau)
    alone = since - (above_p + above_d - above_both)
    squared = (rho - 0.5)**2
    rho = 0.5 + (rho - 0.5)*sqrt(0.25/(squared + (0.25 - squared)*exp(-alone/(2*tau)) + 1e-300))
    c = c*exp(-since/tau_ca)
    last = t
    gamma_up = gamma_p*clip(1 + a_beta*beta + a_d1*d1, 0, inf)
    gamma_down = gamma_d*clip(1 + a_alpha1*alpha1 + a_m1*m1, 0, inf)
    threshold = theta_p*(1 - b_d1*d1)
"""


def _read(value: object, meaning: str, low: object = None) -> Parameter:
    return Parameter(value, meaning, WHERE, low, evidence="reported")


GRAUPNER_BRUNEL_CULTURE = SynapseModel(
    name="graupner_brunel_culture",
    summary="Calcium above two thresholds changes the efficacy at receptor-dependent rates; culture.",
    source=GRAUPNER_2012,
    equations="""
    rho        : 1       # efficacy
    c          : 1       # calcium after the last spike
    last       : second  # time of the last spike
    gamma_up   : 1       # rate of potentiation since then
    gamma_down : 1       # rate of depression since then
    threshold  : 1       # threshold of potentiation since then
    beta       : 1       # occupancy of β receptors
    d1         : 1       # of D1 receptors
    alpha1     : 1       # of α1 receptors
    m1         : 1       # of M1 receptors
    """,
    modulators=("beta", "d1", "alpha1", "m1"),
    on_pre=f"""{SETTLE}
    c += c_presynaptic
    I_synaptic_post += w_unit*(1 + (ratio - 1)*rho)
    """,
    on_post=f"""{SETTLE}
    c += c_postsynaptic
    """,
    parameters={
        "tau_ca": _read(11.9536 * ms, "time constant of calcium", 0.01 * ms),
        "c_presynaptic": _read(0.58156, "calcium increment of a presynaptic spike", 0.0),
        "c_postsynaptic": _read(1.76444, "calcium increment of a postsynaptic spike", 0.0),
        "theta_d": _read(1.0, "threshold of depression", 1e-3),
        "theta_p": _read(1.3, "threshold of potentiation", 1e-3),
        "gamma_d": _read(61.141, "rate of depression", 1e-6),
        "gamma_p": _read(113.6545, "rate of potentiation", 1e-6),
        "tau": _read(33.7596 * second, "time constant of the efficacy", 1 * ms),
        "ratio": _read(36.0263, "strength of an up synapse relative to a down one", 0.0),
        "a_beta": Parameter(1.0, "acceleration of potentiation by β receptors", evidence="assumed"),
        "a_d1": Parameter(0.0, "acceleration of potentiation by D1 receptors", evidence="assumed"),
        "a_alpha1": Parameter(2.0, "acceleration of depression by α1 receptors", evidence="assumed"),
        "a_m1": Parameter(2.0, "acceleration of depression by M1 receptors; either sign", evidence="assumed"),
        "b_d1": Parameter(
            0.2, "fraction by which D1 lowers the threshold of potentiation", "", 0.0, 0.99, "assumed"
        ),
        "w_unit": Parameter(1 * mV, "input of a down synapse", evidence="assumed"),
    },
    initial={"rho": 0.5, "gamma_up": 1.0, "gamma_down": 1.0, "threshold": 1.0},
    ranges={"rho": (0.0, 1.0), **dict.fromkeys(("c", "gamma_up", "gamma_down"), (0.0, None))},
)

GRAUPNER_BRUNEL_SLICE = GRAUPNER_BRUNEL_CULTURE.preset(
    name="graupner_brunel_slice",
    summary="Calcium above two thresholds changes the efficacy at receptor-dependent rates; hippocampal slice.",
    source=GRAUPNER_2012,
    tau_ca=_read(48.8373 * ms, ""),
    c_presynaptic=_read(1.0, ""),
    c_postsynaptic=_read(0.275865, ""),
    gamma_d=_read(313.0965, ""),
    gamma_p=_read(1645.59, ""),
    tau=_read(688.355 * second, ""),
    ratio=_read(5.28145, ""),
)

GRAUPNER_BRUNEL_CORTEX = GRAUPNER_BRUNEL_CULTURE.preset(
    name="graupner_brunel_cortex",
    summary="Calcium above two thresholds changes the efficacy at receptor-dependent rates; cortical slice.",
    source=GRAUPNER_2012,
    tau_ca=_read(22.6936 * ms, ""),
    c_presynaptic=_read(0.5617539, ""),
    c_postsynaptic=_read(1.23964, ""),
    gamma_d=_read(331.909, ""),
    gamma_p=_read(725.085, ""),
    tau=_read(346.3615 * second, ""),
    ratio=_read(5.40988, ""),
)
