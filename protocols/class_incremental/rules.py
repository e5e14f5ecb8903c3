"""The learning rules of class-incremental learning: those of classification, and those behind a gate."""

from dataclasses import replace

from neuromodsim.equations.neurons import gated, naca
from neuromodsim.equations.plasticity.naca import LAST_STEP_RULE, NACA_HIDDEN_RULE, RATE_DELTA_RULE
from neuromodsim.protocols.naca_classification.rules import RULES as OPEN_RULES
from neuromodsim.protocols.naca_classification.rules import Rule

_NACA = Rule(
    summary="The class label sets a level at each hidden cell, and a gate selects the active cells.",
    pixel=naca.BYTE_PIXEL,
    hidden=gated.GATED_HIDDEN,
    output=gated.SIGMOID_OUTPUT,
    into_hidden=NACA_HIDDEN_RULE,
    into_output=RATE_DELTA_RULE,
    signal="expectation",
)
RULES: dict[str, Rule] = {
    **OPEN_RULES,
    "naca": _NACA,
    "naca_slope": replace(
        _NACA,
        summary="The same, with output learning by the surrogate slope of the last step, as published.",
        output=gated.SLOPE_OUTPUT,
        into_output=LAST_STEP_RULE,
    ),
    "naca_rate": replace(OPEN_RULES["naca_rate"], hidden=gated.GATED_GRADED_HIDDEN),
    "gated_bp": replace(
        OPEN_RULES["bp"],
        summary="Backpropagation behind NACA's gate: the effect of the gate without NACA.",
        hidden=gated.GATED_BP_HIDDEN,
    ),
}


def is_gated(rule: Rule) -> bool:
    """Return whether a gate decides which hidden cells take part."""
    return "gate_row" in rule.hidden.equations
