"""The simplified spike-response neuron (SRM0) with escape noise: it fires at random, more often when depolarised.

    u(t) = drive + Σ w ε(t - t_pre) + χ exp(-(t - t_last)/τ_m), over presynaptic spikes since its own last one
    ε(s) = ε_0/(τ_m - τ_s) · (exp(-s/τ_m) - exp(-s/τ_s));    rate = ρ_0 exp((u - θ)/Δu)

The kernel is the difference of two traces, ``slow`` and ``fast``: a spike raises both by its weight
(``I_synaptic_post += w``, in volt), and its own spike clears both. A constant ``drive`` alone gives a renewal
process with the mean interval ∫ exp(-∫_0^s rate) ds.

``hazard`` is the probability of a spike in a step divided by the step, (1 - exp(-rate dt))/dt, which remains a
probability at any rate and step. Rules that compare spikes with their expectation, as R-max, read it.

The values are those of Brzosko et al. (2017), Methods, where weights are numbers from 1 to 3, here in mV, and
ε_0 is 20 mV ms per unit of weight. In models of the same family Δu is also 5 mV (unverified).
"""

from brian2 import Hz, ms, mV

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import BRZOSKO_2017


def _read(value: object, meaning: str, low: object = None) -> Parameter:
    return Parameter(value, meaning, "Methods", low, evidence="reported")


SRM0 = NeuronModel(
    name="srm0",
    summary="A membrane that sums postsynaptic potentials and fires at random, exponentially with its height.",
    source=BRZOSKO_2017,
    equations="""
    dslow/dt = -slow/tau_m : volt   # input since the last own spike, decay
    dfast/dt = -fast/tau_s : volt   # the same, rise
    deta/dt = -eta/tau_m   : volt   # refractoriness
    u = drive + epsilon_0/(tau_m - tau_s)*(slow - fast) + eta : volt  # membrane, relative to rest
    drive                  : volt   # constant input
    I_synaptic             : volt   # what spikes brought in this step
    hazard                 : Hz     # probability of a spike in this step, divided by the step
    """,
    method="exponential_euler",  # each decays on its own: as exact as "exact", and found sooner
    step="""
    slow += I_synaptic
    fast += I_synaptic
    I_synaptic = 0*mV
    hazard = (1 - exp(-rho_0*exp((u - theta)/Delta_u)*dt))/dt
    """,
    threshold="rand() < hazard*dt",
    reset="""
    slow = 0*mV
    fast = 0*mV
    eta = chi
    """,
    parameters={
        "tau_m": _read(20 * ms, "time constant of the membrane", 0.1 * ms),
        "tau_s": _read(5 * ms, "time constant of the synapse, other than that of the membrane", 0.1 * ms),
        "epsilon_0": _read(20 * ms, "area of a postsynaptic potential per weight", 0 * ms),
        "chi": _read(-5 * mV, "membrane after a spike, relative to its input"),
        "rho_0": _read(60 * Hz, "firing rate at threshold", 0 * Hz),
        "theta": _read(16 * mV, "threshold, relative to rest"),
        "Delta_u": _read(2 * mV, "width of the threshold", 1e-3 * mV),
    },
)
