"""The augmented generalised integrate-and-fire neuron: serotonin neurons of the dorsal raphe.

A leaky membrane with two potassium currents: ``I_A``, which activates instantaneously (m) and inactivates
slowly (h), and the non-inactivating ``I_K`` (n). After a spike the membrane is clamped at ``v_reset`` for
``t_ref``, with two after-effects that last from milliseconds to seconds: a hyperpolarising current ``eta``,
and an increase ``gamma`` of the threshold. Spikes are stochastic, with the hazard

    hazard = lambda_0 · exp((v - V_T - gamma) / Delta_V)

The two after-effects, more than ``I_A``, make a population respond to increases of its input rather than to
its level.

Both traces are sums of exponentials of fixed time constants; only their heights were fitted, and any
may be negative. They start when refractoriness ends, hence the factor exp(t_ref/τ) in the reset.
Inactivation stands still while the cell is refractory, as in the published program.

The numbers are those of one recorded cell at room temperature, DRN327 of the table that comes with the
published program (analysis/GIF_pipeline/model_params.csv, rows "AugmentedGIF"): of 18 cells it lies
nearest to the medians that the article reports, with a membrane time constant of 79 ms (median 81 ms),
threshold 15.8 mV above rest (16.4 mV) and a spike's charge of 8.0 pC (6.9 pC). That table's gating is
the one for room temperature; the article's other set, for 29-30 °C, is a preset. Its ``m`` is used to
the first power.
"""

from brian2 import Hz, ms, mV, nS, pA, pF, volt

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.input_currents import (
    INPUT_EQUATIONS,
    INPUT_INITIAL,
    INPUT_PARAMETERS,
    INPUT_STEP,
)
from neuromodsim.equations.sources import HARKIN_2023

ETA = (3, 10, 30, 100, 300, 1000, 3000)  # time constants of the spike-triggered current, in ms
GAMMA = (3, 30, 300, 3000)  # of the moving threshold
CELL = "model_params.csv, DRN327"


def read(value: object, meaning: str = "", where: str = CELL) -> Parameter:
    """Return a number read in the published program."""
    return Parameter(value, meaning, where, evidence="reported")


def eta(*heights: float, where: str = CELL) -> dict[str, Parameter]:
    """Return the parts of the spike-triggered current, in pA, from fast to slow."""
    return {
        f"eta_{tau}ms": read(height * pA, f"current after a spike that lasts {tau} ms", where)
        for tau, height in zip(ETA, heights, strict=True)
    }


def gamma(*heights: float, where: str = CELL) -> dict[str, Parameter]:
    """Return the parts of the threshold's movement, in mV, from fast to slow."""
    return {
        f"gamma_{tau}ms": read(height * mV, f"rise of threshold after a spike that lasts {tau} ms", where)
        for tau, height in zip(GAMMA, heights, strict=True)
    }


TRACES = "\n".join(
    [f"dcurrent_{tau}/dt = -current_{tau}/({tau}*ms) : amp" for tau in ETA]
    + [f"dshift_{tau}/dt = -shift_{tau}/({tau}*ms) : volt" for tau in GAMMA]
    + ["eta = " + " + ".join(f"current_{tau}" for tau in ETA) + " : amp"]
    + ["gamma = " + " + ".join(f"shift_{tau}" for tau in GAMMA) + " : volt"]
)

AFTER_A_SPIKE = "\n".join(
    ["v = v_reset"]
    + [f"current_{tau} += eta_{tau}ms*exp(t_ref/({tau}*ms))" for tau in ETA]
    + [f"shift_{tau} += gamma_{tau}ms*exp(t_ref/({tau}*ms))" for tau in GAMMA]
)

AUGMENTED_GIF = NeuronModel(
    name="augmented_gif",
    summary="A serotonin neuron fitted to recordings: potassium currents, spike after-effects, stochastic firing.",
    source=HARKIN_2023,
    equations="""
    dv/dt = (g_L*(E_L - v) + I_A + I_K - eta + input_current) / C_m : volt (unless refractory)
    dh/dt = (h_inf - h) / tau_h                   : 1 (unless refractory)  # inactivation of I_A
    I_A = g_A*m*h*(E_K - v)                       : amp
    I_K = g_K*n*(E_K - v)                         : amp
    m = m_max / (1 + exp(-k_m*(v - V_m)))         : 1     # activation of I_A
    n = n_max / (1 + exp(-k_n*(v - V_n)))         : 1     # activation of I_K
    h_inf = h_max / (1 + exp(-k_h*(v - V_h)))     : 1
    hazard = lambda_0*exp((v - V_T - gamma)/Delta_V) : hertz  # spikes per second, if it could
    """
    + TRACES
    + INPUT_EQUATIONS,
    step=INPUT_STEP,
    method="rk2",
    threshold="rand() < 1 - exp(-hazard*dt)",
    reset=AFTER_A_SPIKE,
    refractory="t_ref",
    parameters={
        "C_m": Parameter(81.664 * pF, "capacitance", CELL, low=1 * pF, evidence="reported"),
        "g_L": Parameter(1.03036 * nS, "leak conductance", CELL, low=0 * nS, evidence="reported"),
        "E_L": read(-56.9283 * mV, "leak reversal potential"),
        "V_T": read(-45.1419 * mV, "threshold at rest"),
        "Delta_V": Parameter(
            2.38226 * mV, "width of the stochastic threshold", CELL, low=0.01 * mV, evidence="reported"
        ),
        "lambda_0": read(1 * Hz, "hazard at threshold"),
        "v_reset": read(-47.6548 * mV, "reset potential"),
        "t_ref": Parameter(6.5 * ms, "refractory period", CELL, low=0 * ms, evidence="reported"),
        "E_K": read(-101 * mV, "potassium reversal potential"),
        "g_A": Parameter(4.39675 * nS, "inactivating conductance", CELL, low=0 * nS, evidence="reported"),
        "m_max": read(1.61, "size of its activation"),
        "k_m": read(98.5 / volt, "slope of its activation"),
        "V_m": read(-23.7 * mV, "midpoint of its activation"),
        "h_max": read(1.03, "size of its inactivation"),
        "k_h": read(-165 / volt, "slope of its inactivation"),
        "V_h": read(-59.2 * mV, "midpoint of its inactivation"),
        "tau_h": Parameter(45 * ms, "time constant of inactivation", CELL, low=0.1 * ms, evidence="reported"),
        "g_K": Parameter(0 * nS, "non-inactivating conductance", CELL, low=0 * nS, evidence="reported"),
        "n_max": read(1.55, "size of its activation"),
        "k_n": read(216 / volt, "slope of its activation"),
        "V_n": read(-24.3 * mV, "midpoint of its activation"),
        **eta(252.126, -17.7959, 2.95775, 30.6169, 18.2361, -0.424936, -0.273454),
        **gamma(-50.2201, 32.5756, 34.8376, -1.74639),
        **INPUT_PARAMETERS,
    },
    initial={"v": "E_L", "h": "h_max/(1 + exp(-k_h*(E_L - V_h)))", **INPUT_INITIAL},
    ranges={"h": (0.0, "h_max")},
)
