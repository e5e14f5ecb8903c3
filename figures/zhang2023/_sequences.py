"""What is learned class by class, by name: data sets, rules, evaluations, and what was published."""

from figures.zhang2023._blocks import EVALUATIONS
from neuromodsim.plots.colours import COLOUR

FAMILY = "class_incremental"
WITHIN, SINGLE, MIXED = EVALUATIONS
NAMES = {WITHIN: "within-class batches", SINGLE: "single images", MIXED: "mixed-class batches"}
GATED = ("gated", "no_gate", "gate_only")
MNIST, DIGITS, SPOKEN, EVENTS = "mnist", "digits", "spoken", "events"
SETS = {
    MNIST: "MNIST",
    DIGITS: "scikit-learn's digits",
    SPOKEN: "spoken digits",
    EVENTS: "event camera",
}
BODIES = {
    MNIST: "mushroom_body data=mnist",
    DIGITS: "mushroom_body",
    SPOKEN: "mushroom_body data=spoken",
    EVENTS: "mushroom_body data=events",
}
TUNED = ("bp", "ewc")
SPIKING = ("brp", "e_prop", "e_prop_random", "bptt", "ewc_bptt")
RATE = ("bp", "feedback_alignment", "direct_feedback", "sign_symmetric", "ewc")
OPEN = (*SPIKING, *RATE)  # rules without a gate
# The authors' own notebooks, MNIST, mean over seeds (digitised); the last with its standard error.
PUBLISHED = {
    "naca": (1.0, 0.873, 0.912, 0.829, 0.729, 0.718, 0.674, 0.619, 0.619, 0.6006),
    "naca_rate": (1.0, 1.0, 0.973, 0.868, 0.834, 0.846, 0.834, 0.807, 0.796, 0.7918),
}
STYLE = {
    "naca": ("NACA, spiking", COLOUR["naca"]),
    "naca_rate": ("NACA, rates", COLOUR["naca_rate"]),
    "ewc": ("EWC, tuned", COLOUR["ewc"]),
    "bp": ("BP, tuned", COLOUR["bp"]),
    "body": ("mushroom body", COLOUR["mushroom_body"]),
}


def name(data: str, rule: str) -> str:
    """Return the experiment with a rule on a set; MNIST and NACA are the defaults."""
    own = ("" if data == MNIST else f" data={data}") + ("" if rule == "naca" else f" rule={rule}")
    return f"{FAMILY}{own}"
