"""Node perturbation: reward credits the noise of a cell to the inputs that were active (Fiete and Seung 2006).

    spikes:  dw/dt = η S c,    dc/dt = -c/τ_e + ξ_post s,    τ_x ds/dt = -s + presynaptic spikes
    rates:   Δw = η S y ξ_post    in every step

ξ is the perturbation of the target minus its mean, `noise_post`. Its mean is zero whatever the input, so
that the mean change is proportional to the gradient of reward, ⟨Δw⟩ = η σ² ∂⟨R⟩/∂w for small noise, and any
constant may be added to reward. A mean reward that is subtracted reduces the variance of changes, not their
mean.

In the article ξ is a conductance that an extra synapse brings, with a trace of some tens of milliseconds
(unverified); values are assumptions. The target declares ``noise``: of rate units, `NOISY_UNIT`.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FIETE_2006

NODE_PERTURBATION = SynapseModel(
    name="node_perturbation",
    summary="Success credits the noise of a cell to recent presynaptic spikes.",
    source=FIETE_2006,
    equations="""
    dx/dt = -x/tau_x                      : 1  # presynaptic spikes, s τ_x
    dc/dt = -c/tau_e + noise_post*x/tau_x : 1  # eligibility trace
    dw/dt = eta*success*c                 : 1  # weight
    success                               : 1  # reward, or reward minus any expectation
    """,
    modulators=("success",),
    on_pre="""
    I_synaptic_post += w_unit*w
    x += 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_x": Parameter(5 * ms, "time constant of synaptic input", low=0.1 * ms, evidence="assumed"),
        "tau_e": Parameter(50 * ms, "time constant of the eligibility trace", low=1 * ms, evidence="assumed"),
        "eta": Parameter(0.1 / second, "learning rate", low=0 / second, evidence="assumed"),
        "w_min": Parameter(-10.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(10.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)

NODE_PERTURBATION_RATE = SynapseModel(
    name="node_perturbation_rate",
    summary="Success credits the noise of a rate unit to its inputs.",
    source=FIETE_2006,
    equations="w : 1",
    on_pre="arrived_post += w*y_pre",
    step="w += eta*success_post*y_pre*noise_post",
    parameters={"eta": Parameter(0.05, "learning rate per step", low=0.0, evidence="assumed")},
)
