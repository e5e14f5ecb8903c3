"""Reward-modulated spike-timing-dependent plasticity, R-STDP (Frémaux, Sprekeler and Gerstner 2010).

    pairs of spikes ──► eligibility trace c,    dw/dt = η S c,    S = R - ⟨R⟩

Whatever modulates it, a rule of this class changes weights by two terms (Methods):

    ⟨dw⟩ ∝ Cov(R, c) + ⟨S⟩⟨c⟩

The first follows reward, the second is unsupervised and unrelated to it. Pairs of spikes leave a trace of
mean ⟨c⟩ ≠ 0, so the rule learns only if ⟨S⟩ = 0, and for each stimulus on its own: ``success`` must be the
reward minus the mean reward *of this stimulus*, which the task, or a critic, keeps. `R_MAX` has ⟨c⟩ = 0 and
needs none.

A success at the end of a trial is a pulse of ``success``: of one step, or short compared with ``tau_e``. The
windows are those that are usual; amplitudes, rates and bounds are assumptions.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FREMAUX_2010

R_STDP = SynapseModel(
    name="r_stdp",
    summary="Pairs of spikes leave a trace, which success converts into a weight change.",
    source=FREMAUX_2010,
    equations="""
    dx/dt = -x/tau_plus   : 1 (event-driven)  # presynaptic spikes
    dy/dt = -y/tau_minus  : 1 (event-driven)  # postsynaptic spikes
    dc/dt = -c/tau_e      : 1                 # eligibility trace
    dw/dt = eta*success*c : 1                 # weight
    success               : 1                 # reward minus its expectation
    """,
    modulators=("success",),
    on_pre="""
    I_synaptic_post += w_unit*w
    c -= a_minus*y
    x += 1
    """,
    on_post="""
    c += a_plus*x
    y += 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": Parameter(20 * ms, "window of pre before post", low=0.1 * ms, evidence="assumed"),
        "tau_minus": Parameter(20 * ms, "window of post before pre", low=0.1 * ms, evidence="assumed"),
        "tau_e": Parameter(
            500 * ms, "time constant of the eligibility trace", low=1 * ms, evidence="assumed"
        ),
        "a_plus": Parameter(1.0, "eligibility of pre before post", evidence="assumed"),
        "a_minus": Parameter(0.5, "loss of eligibility by post before pre", evidence="assumed"),
        "eta": Parameter(0.1 / second, "learning rate", low=0 / second, evidence="assumed"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(5.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)
