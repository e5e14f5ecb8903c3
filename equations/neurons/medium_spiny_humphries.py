"""The medium spiny neuron of the striatum, reduced to two variables, with targets for dopamine.

    C_m dv/dt = k (v − v_rest)(v − v_T) − u + I_conductance + input_current
    du/dt     = a (b (v − v_rest) − u) ,     v ≥ v_peak:  v = v_reset,  u += u_jump

with AMPA, NMDA and GABA conductances; magnesium blocks NMDA at rest. ``gain_ampa`` and ``gain_nmda`` are
one until dopamine changes them. Symbols are the source's, but for ``v_rest`` (v_r), ``v_T`` (v_t),
``v_reset`` (c) and ``u_jump`` (d).

Two parameter sets have the same name. The first belongs to the article (Humphries et al. 2009, program in
ModelDB 128818), fitted to a detailed model; the second to the striatal network in ModelDB 128874. The
reversal potentials and the block by magnesium were read in the article's program, where AMPA and NMDA
reverse at 0 mV and GABA at -60; the fitted numbers in two other programs that use the model. Decays of 6,
160 and 4 ms are from a public transcription of its table.
"""

from brian2 import ms, mV, nS, pA, pF
from brian2.units.allunits import mmolar

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.input_currents import (
    INPUT_EQUATIONS,
    INPUT_INITIAL,
    INPUT_PARAMETERS,
    INPUT_STEP,
)
from neuromodsim.equations.sources import HUMPHRIES_2009

USERS = "programs of Fountas and Shanahan and of a public notebook"
TRANSCRIBED = "public transcription of the article's table"
PROGRAM = "ModelDB 128818"
NETWORK = "ModelDB 128874"

MEDIUM_SPINY = NeuronModel(
    name="medium_spiny",
    summary="A medium spiny neuron in two variables, with AMPA, NMDA and GABA conductances.",
    source=HUMPHRIES_2009,
    equations="""
    dv/dt = (k*(v - v_rest)*(v - v_T) - u + I_conductance + input_current)/C_m : volt     # membrane
    du/dt = a*(b*(v - v_rest) - u)                                             : amp      # recovery
    dg_ampa/dt = -g_ampa/tau_ampa                                              : siemens
    dg_nmda/dt = -g_nmda/tau_nmda                                              : siemens
    dg_gaba/dt = -g_gaba/tau_gaba                                              : siemens
    I_conductance = I_ampa + I_nmda + I_gaba                                   : amp
    I_ampa = gain_ampa*g_ampa*(E_ampa - v)                                     : amp
    I_nmda = gain_nmda*g_nmda*(E_nmda - v)/(1 + Mg/(3.57*mmolar)*exp(-0.062*v/mV)) : amp
    I_gaba = g_gaba*(E_gaba - v)                                               : amp
    """
    + INPUT_EQUATIONS,
    step=INPUT_STEP,
    method="rk2",
    threshold="v >= v_peak",
    reset="""
    v = v_reset
    u += u_jump
    """,
    parameters={
        "C_m": Parameter(15.2 * pF, "capacitance", USERS, low=1 * pF, evidence="reported"),
        "k": Parameter(1 * nS / mV, "k of the membrane equation", USERS, evidence="reported"),
        "v_rest": Parameter(-80 * mV, "resting potential", USERS, evidence="reported"),
        "v_T": Parameter(-29.7 * mV, "spike threshold of the exponential term", USERS, evidence="reported"),
        "v_peak": Parameter(40 * mV, "peak of a spike", USERS, evidence="reported"),
        "v_reset": Parameter(-55 * mV, "reset potential", USERS, evidence="reported"),
        "a": Parameter(0.01 / ms, "speed of recovery", USERS, evidence="reported"),
        "b": Parameter(-20 * nS, "sensitivity of recovery to the membrane", USERS, evidence="reported"),
        "u_jump": Parameter(91 * pA, "increment of recovery at a spike", USERS, evidence="reported"),
        "gain_ampa": Parameter(
            1.0, "factor on AMPA, which D2 changes", PROGRAM, low=0.0, evidence="reported"
        ),
        "gain_nmda": Parameter(
            1.0, "factor on NMDA, which D1 changes", PROGRAM, low=0.0, evidence="reported"
        ),
        "tau_ampa": Parameter(
            6 * ms, "time constant of AMPA", TRANSCRIBED, low=0.01 * ms, evidence="reported"
        ),
        "tau_nmda": Parameter(
            160 * ms, "time constant of NMDA", TRANSCRIBED, low=0.01 * ms, evidence="reported"
        ),
        "tau_gaba": Parameter(
            4 * ms, "time constant of GABA", TRANSCRIBED, low=0.01 * ms, evidence="reported"
        ),
        "E_ampa": Parameter(0 * mV, "AMPA reversal potential", PROGRAM, evidence="reported"),
        "E_nmda": Parameter(0 * mV, "NMDA reversal potential", PROGRAM, evidence="reported"),
        "E_gaba": Parameter(-60 * mV, "GABA reversal potential", PROGRAM, evidence="reported"),
        "Mg": Parameter(
            1 * mmolar,
            "extracellular magnesium",
            TRANSCRIBED,
            low=0 * mmolar,
            high=100 * mmolar,
            evidence="reported",
        ),
        **INPUT_PARAMETERS,
    },
    initial={"v": "v_rest", **INPUT_INITIAL},
    ranges=dict.fromkeys(("g_ampa", "g_nmda", "g_gaba"), (0 * nS, None)),
)

MEDIUM_SPINY_NETWORK = MEDIUM_SPINY.preset(
    name="medium_spiny_network",
    summary="A medium spiny neuron with the parameters of the striatal network.",
    source=HUMPHRIES_2009,
    C_m=Parameter(50 * pF, "", NETWORK, evidence="reported"),
    k=Parameter(1.14 * nS / mV, "", NETWORK, evidence="reported"),
    v_T=Parameter(-33.8 * mV, "", NETWORK, evidence="reported"),
    a=Parameter(0.05 / ms, "", NETWORK, evidence="reported"),
    u_jump=Parameter(377 * pA, "", NETWORK, evidence="reported"),
)
