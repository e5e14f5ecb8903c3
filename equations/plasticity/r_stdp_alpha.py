"""Reward-modulated STDP with an eligibility trace that rises before it falls (Legenstein et al. 2008).

    c(t) = ∫ f_c(s) STDP(t - s) ds,    f_c(s) = s/τ_e exp(-s/τ_e),    dw/dt = c(t) d(t)     (Eqs. 1-3)

A pair of spikes counts most if dopamine comes τ_e later. The alpha function is a chain of two traces: pairs
raise ``c_1``, which drives ``c``; both are linear, and integrated exactly. Pairs of all spikes count, with
windows of equal length and α = A-/A+ slightly above 1.

Weights are relative to the largest. Values are those of the first of six experiments with a linear Poisson
cell (Fig. 8, Table 1), read in the authors' program (ModelDB 116837); `target_spikes` runs all six.
"""

from brian2 import ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import LEGENSTEIN_2008


def _read(value: object, meaning: str, low: object = None) -> Parameter:
    return Parameter(value, meaning, "ModelDB 116837, compsim3", low, evidence="reported")


R_STDP_ALPHA = SynapseModel(
    name="r_stdp_alpha",
    summary="Pairs of spikes leave a trace that peaks later, which dopamine converts into a weight change.",
    source=LEGENSTEIN_2008,
    equations="""
    dx/dt = -x/tau_plus        : 1 (event-driven)  # presynaptic spikes
    dy/dt = -y/tau_minus       : 1 (event-driven)  # postsynaptic spikes
    dc_1/dt = -c_1/tau_e       : 1                 # pairs of spikes
    dc/dt = -c/tau_e + c_1/tau_e : 1               # eligibility trace
    dw/dt = c*d                : 1                 # weight, relative to the largest
    d                          : Hz                # dopamine, relative to its baseline
    """,
    modulators=("d",),
    on_pre="""
    I_synaptic_post += w_unit*w
    c_1 -= alpha*A_plus*y
    x += 1
    """,
    on_post="""
    c_1 += A_plus*x
    y += 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": _read(20 * ms, "window of pre before post", 0.1 * ms),
        "tau_minus": _read(20 * ms, "window of post before pre", 0.1 * ms),
        "A_plus": _read(0.0005 * 2.77, "amplitude of pre before post", 0.0),
        "alpha": _read(1.05, "amplitude of post before pre, relative to the other", 0.0),
        "tau_e": _read(400 * ms, "time after a pair at which dopamine has most effect", 1 * ms),
        "w_min": _read(0.0, "smallest weight"),
        "w_max": _read(1.0, "largest weight"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 0.5},
)
