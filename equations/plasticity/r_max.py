"""Policy gradients of cells with escape noise: R-max, and a variant with a Hebbian bias.

    dc/dt = -c/τ_e + (Y - ρ) Σ ε                   R-max (Frémaux et al. 2010; Xie and Seung 2004)
    dc/dt = -c/τ_e + (Y - ρ/(1 + τ_c ρ)) Σ ε       Vasilaki et al. (2009)
    dw/dt = η S c

``Y`` are spikes of the target and ρ is its rate at this moment, `hazard_post`: what is left are spikes that
were not to be expected. ε = exp(-s/τ_m) - exp(-s/τ_s) is the postsynaptic potential. As the mean of ``Y -
ρ`` is zero whatever the input, so is that of ``c``, and any constant may be added to reward: R-max needs no
critic. The eligibility trace is the derivative of the log-likelihood of the spikes with respect to the
weight, where ε_0 of the cell and the width Δu of its threshold are left to ``eta``.

With ``tau_c`` = 0 the rule of Vasilaki et al. is R-max. A larger one expects fewer spikes than occur, so that
pairs of spikes are potentiated by reward, as by a Hebbian rule; 5 ms was read in a program (BindsNET).

Spikes of the target clear the postsynaptic potential if ``reset`` is 1, as those of `SRM0` do; with 0 it
lasts. Use cells that store the probability with which a spike was drawn as ``hazard``, such as `SRM0`.
"""

from dataclasses import replace

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FREMAUX_2010, VASILAKI_2009

R_MAX = SynapseModel(
    name="r_max",
    summary="Spikes against their probability leave a trace, which success converts into a weight change.",
    source=FREMAUX_2010,
    equations="""
    dslow/dt = -slow/tau_m                      : 1  # postsynaptic potential, decay
    dfast/dt = -fast/tau_s                      : 1  # postsynaptic potential, rise
    dc/dt = -c/tau_e - hazard_post*(slow - fast) : 1  # eligibility trace
    dw/dt = eta*success*c                       : 1  # weight
    success                                     : 1  # reward, or reward minus any expectation
    """,
    modulators=("success",),
    on_pre="""
    I_synaptic_post += w_unit*w
    slow += 1
    fast += 1
    """,
    on_post="""
    c += slow - fast
    slow *= 1 - reset
    fast *= 1 - reset
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_m": Parameter(20 * ms, "time constant of the membrane", low=0.1 * ms, evidence="assumed"),
        "tau_s": Parameter(5 * ms, "time constant of the synapse", low=0.1 * ms, evidence="assumed"),
        "tau_e": Parameter(
            500 * ms, "time constant of the eligibility trace", low=1 * ms, evidence="assumed"
        ),
        "reset": Parameter(1.0, "1 if a spike clears the postsynaptic potential", "", 0.0, 1.0, "assumed"),
        "eta": Parameter(0.1 / second, "learning rate", low=0 / second, evidence="assumed"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(5.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)

VASILAKI = replace(
    R_MAX,
    name="vasilaki",
    summary="As R-max, with fewer spikes expected than occur: a Hebbian bias.",
    source=VASILAKI_2009,
    equations=R_MAX.equations.replace("hazard_post*", "hazard_post/(1 + tau_c*hazard_post)*"),
    parameters={
        **R_MAX.parameters,
        "tau_c": Parameter(
            5 * ms, "how much a rate counts less, 0 for R-max", "BindsNET", 0 * ms, evidence="reported"
        ),
    },
)
