"""Izhikevich's simple model with inhibition as a conductance, for competing networks.

Inhibition by a current is unsuitable for quadratic cells: below -125 mV, where 0.04 v² + 5 v becomes
positive, they depolarise and fire at a kilohertz. Inhibition as a conductance has a reversal potential and
saturates:

    dv/dt = (0.04 v² + 5 v + 140 - u + I_synaptic + background + noise)/ms - g (v - E_inhibition)/ms ,   g ≤ g_most

``I_synaptic`` decays with ``tau_synaptic``, the conductance with ``tau_inhibition``. ``background`` is
input shared by the cells of a group, with a longer correlation time. Unlike independent noise, it does not
average out over cells and can change a decision of the group. Time steps are 1 ms, with two half-steps for
the membrane.

The quadratic equation, its coefficients and the four cell parameters are from the source; everything that
concerns input is of this package.
"""

from brian2 import ms, mV

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import IZHIKEVICH_2003

IZHIKEVICH_CONDUCTANCE = NeuronModel(
    name="izhikevich_conductance",
    summary="A quadratic cell with recovery and a saturating inhibitory conductance.",
    source=IZHIKEVICH_2003,
    equations="""
    dv/dt = (0.04/mV*v**2 + 5*v + 140*mV - u + I_synaptic + background + noise - inhibition)/ms : volt  # membrane
    du/dt = a*(b*v - u)                                                  : volt  # recovery
    inhibition = clip(g_inhibition, 0, g_most)*(v - E_inhibition)        : volt  # pull towards its reversal
    background = I_background                                            : volt  # what a group shares
    noise = noise_width*(rand() - 0.5)                                   : volt  # new in every step
    dI_synaptic/dt = -I_synaptic/tau_synaptic                            : volt  # excitation
    dg_inhibition/dt = -g_inhibition/tau_inhibition                      : 1     # inhibition
    dI_background/dt = -I_background/tau_background                      : volt  # slow shared input
    """,
    method="half_steps(v)",
    threshold="v >= v_peak",
    reset="""
    v = v_reset
    u += u_jump
    """,
    parameters={
        "a": Parameter(0.02 / ms, "speed of recovery", "regular spiking", low=0 / ms, evidence="reported"),
        "b": Parameter(
            0.2, "sensitivity of recovery to the membrane", "regular spiking", evidence="reported"
        ),
        "v_reset": Parameter(-65 * mV, "reset potential", "regular spiking", evidence="reported"),
        "u_jump": Parameter(
            8 * mV, "increment of recovery at a spike", "regular spiking", evidence="reported"
        ),
        "v_peak": Parameter(30 * mV, "peak of a spike", "article", evidence="reported"),
        "noise_width": Parameter(14 * mV, "width of the uniform noise", low=0 * mV, evidence="assumed"),
        "tau_synaptic": Parameter(5 * ms, "time constant of excitation", low=1 * ms, evidence="assumed"),
        "tau_inhibition": Parameter(20 * ms, "time constant of inhibition", low=1 * ms, evidence="assumed"),
        "tau_background": Parameter(
            20 * ms, "correlation time of shared input", low=1 * ms, evidence="assumed"
        ),
        "E_inhibition": Parameter(-80 * mV, "reversal potential of inhibition", evidence="assumed"),
        "g_most": Parameter(
            1.0, "saturation level of inhibition, per ms", low=0.0, high=1.0, evidence="assumed"
        ),
    },
    initial={"v": -65 * mV, "u": -13 * mV},
    ranges={"g_inhibition": (0.0, None)},
)

FAST_SPIKING = IZHIKEVICH_CONDUCTANCE.preset(
    name="fast_spiking_conductance",
    summary="A fast-spiking interneuron of the same kind.",
    source=IZHIKEVICH_2003,
    a=Parameter(0.1 / ms, "", "fast spiking", evidence="reported"),
    u_jump=Parameter(2 * mV, "", "fast spiking", evidence="reported"),
)
