"""Pair-based spike-timing-dependent plasticity, additive, multiplicative or between.

    pre before post:  Δw/w_max =  λ (1 - w/w_max)^μ+ · x,    τ+ dx/dt = -x, x = x + 1 at a presynaptic spike
    post before pre:  Δw/w_max = -α λ (w/w_max)^μ- · y,      τ- dy/dt = -y, y = y + 1 at a postsynaptic spike

All pairs count. With both exponents 0 changes do not depend on the weight (Song et al. 2000: weights become
bimodal), with both 1 they are multiplicative (Rubin et al. 2001: unimodal); Gütig et al. (2003) have all between.
`PAIR_STDP` and its numbers are NEST's ``stdp_synapse``, read in its program, and so is the result, spike for
spike, except that two spikes in one step count as pre before post here, and not at all there.

`PAIR_STDP_ADDITIVE` has the amplitudes of Song et al. (2000), as in Brian2's example: 0.01 of the largest weight,
depression larger by 5 %.
"""

from brian2 import ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import GUTIG_2003, SONG_2000

NEST = "NEST, stdp_synapse.h"


def _read(value: object, meaning: str = "", low: object = None, where: str = NEST) -> Parameter:
    return Parameter(value, meaning, where, low, evidence="reported")


PAIR_STDP = SynapseModel(
    name="pair_stdp",
    summary="Pairs of spikes change a weight, by an amount that depends on their order and on the weight.",
    source=GUTIG_2003,
    equations="""
    dx/dt = -x/tau_plus  : 1 (event-driven)  # presynaptic spikes
    dy/dt = -y/tau_minus : 1 (event-driven)  # postsynaptic spikes
    w                    : 1                 # weight
    """,
    on_pre="""
    w = w_max*clip(w/w_max - alpha*lambda_*(w/w_max)**mu_minus*y, 0, 1)
    x += 1
    I_synaptic_post += w_unit*w
    """,
    on_post="""
    w = w_max*clip(w/w_max + lambda_*(1 - w/w_max)**mu_plus*x, 0, 1)
    y += 1
    """,
    parameters={
        "tau_plus": _read(20 * ms, "window of pre before post", 0.1 * ms),
        "tau_minus": _read(20 * ms, "window of post before pre", 0.1 * ms),
        "lambda_": _read(0.01, "step, relative to the largest weight", 0.0),
        "alpha": _read(1.0, "depression relative to potentiation", 0.0),
        "mu_plus": _read(1.0, "weight dependence of potentiation: 0 additive, 1 multiplicative", 0.0),
        "mu_minus": _read(1.0, "weight dependence of depression", 0.0),
        "w_max": _read(100.0, "largest weight", 1e-9),
        "w_unit": Parameter(0.01 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 50.0},
    ranges={"w": (0.0, "w_max"), "x": (0.0, None), "y": (0.0, None)},
)

PAIR_STDP_ADDITIVE = PAIR_STDP.preset(
    name="pair_stdp_additive",
    summary="Pairs of spikes change a weight, by an amount that depends on their order alone.",
    source=SONG_2000,
    alpha=_read(1.05, where="Brian2, examples/synapses/STDP.py"),
    mu_plus=_read(0.0, where="Brian2, examples/synapses/STDP.py"),
    mu_minus=_read(0.0, where="Brian2, examples/synapses/STDP.py"),
)
