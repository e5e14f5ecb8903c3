"""What a quantity of each kind is called, and a value of it as a person writes it."""

from typing import Any

from brian2 import units

second, volt, amp, metre = units.second.dim, units.volt.dim, units.amp.dim, units.metre.dim
molar = units.mole.dim / metre**3

# Kinds of units, not products of units: Brian2 keeps those, and then writes them in equations.
EXAMPLES: tuple[tuple[Any, str, str], ...] = (
    (second, "time", "500ms"),
    (second**-1, "rate", "4Hz"),
    (volt, "voltage", "10mV"),
    (amp, "current", "50pA"),
    (units.siemens.dim, "conductance", "5nS"),
    (units.ohm.dim, "resistance", "100Mohm"),
    (units.farad.dim, "capacitance", "100pF"),
    (metre, "length", "10um"),
    (units.mole.dim, "amount of substance", "1fmol"),
    (molar, "concentration", "100nM"),
    (molar / second, "concentration per time", "4uM/s"),
    (molar**-1 / second, "rate per concentration", "10/uM/s"),
    (metre**2 / second, "diffusion", "760um**2/s"),
    (metre**-3, "number per volume", "0.04/um**3"),
    (volt / second, "voltage per time", "40mV/ms"),
)


def needed(dimensions: Any) -> str | None:
    """Return which unit a value of these dimensions needs, with an example; None for an unusual one."""
    for kind, words, example in EXAMPLES:
        if kind is dimensions:
            return f"a unit of {words}, for example {example}"
    return None
