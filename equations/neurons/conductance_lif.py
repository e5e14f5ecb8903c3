"""A leaky integrate-and-fire neuron with excitatory and inhibitory conductances.

    C_m dv/dt = g_L (E_L - v) + g_excitatory (E_excitatory - v) + g_inhibitory (E_inhibitory - v) + I
    τ_e dg_excitatory/dt = -g_excitatory,    τ_i dg_inhibitory/dt = -g_inhibitory

A synapse adds its conductance to one of both (``g_excitatory_post += w``). The values are those of Brian2's example
of Vogels et al. (2011), read. The membrane is exact for conductances that are constant in a step.
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import VOGELS_2011


def _read(value: object, meaning: str, low: object = None) -> Parameter:
    return Parameter(value, meaning, "Brian2, frompapers/Vogels_et_al_2011.py", low, evidence="reported")


CONDUCTANCE_LIF = NeuronModel(
    name="conductance_lif",
    summary="A leaky membrane with excitatory and inhibitory conductances that is reset at a threshold.",
    source=VOGELS_2011,
    equations="""
    dv/dt = (g_L*(E_L - v) + I_synaptic + I)/C_m : volt (unless refractory)  # membrane
    I_synaptic = g_excitatory*(E_excitatory - v) + g_inhibitory*(E_inhibitory - v) : amp
    dg_excitatory/dt = -g_excitatory/tau_e : siemens
    dg_inhibitory/dt = -g_inhibitory/tau_i : siemens
    """,
    method="exponential_euler",
    threshold="v > v_threshold",
    reset="v = v_reset",
    refractory="t_refractory",
    parameters={
        "C_m": _read(200 * pF, "capacitance", 1 * pF),
        "g_L": _read(10 * nS, "leak conductance", 0 * nS),
        "I": _read(200 * pA, "constant current"),
        "E_L": _read(-60 * mV, "resting potential"),
        "E_excitatory": _read(0 * mV, "reversal potential of excitation"),
        "E_inhibitory": _read(-80 * mV, "reversal potential of inhibition"),
        "v_threshold": _read(-50 * mV, "threshold"),
        "v_reset": _read(-60 * mV, "reset potential"),
        "t_refractory": _read(5 * ms, "refractory period", 0 * ms),
        "tau_e": _read(5 * ms, "decay of excitation", 0.1 * ms),
        "tau_i": _read(10 * ms, "decay of inhibition", 0.1 * ms),
    },
    initial={"v": "E_L"},
)
