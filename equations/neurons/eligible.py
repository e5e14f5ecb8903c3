"""The cells of NACA with additions for e-prop: spike traces, and a surrogate slope near the threshold."""

from dataclasses import replace

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.naca import BYTE_PIXEL, LEAKY, PARAMETERS, STEP, STEPS
from neuromodsim.equations.sources import BELLEC_2020

DECAY = PARAMETERS["decay"]

TRACED_PIXEL = replace(
    BYTE_PIXEL,
    name="traced_pixel",
    summary="A cell per pixel that keeps a trace of its spikes, with the leak of the cells it reaches.",
    equations=BYTE_PIXEL.equations
    + """
    trace    : 1           # spikes, each decaying like the membrane it moved
    onset    : 1 (linked)  # 1 in the first step of an image
    learning : 1 (linked)  # 1 if the network may learn from this image
    """,
    step=BYTE_PIXEL.step + "\ntrace = decay*trace*(1 - onset) + s",
    events={"follow": "trace > 0 and learning > 0.5", "teach": "trace > 0 and teaching > 0.5"},
    parameters={"decay": DECAY},
)

# What came back for an image moves the bias as the next one begins.
ELIGIBLE_HIDDEN = NeuronModel(
    name="eligible_hidden",
    summary="A leaky cell whose synapses keep eligibility traces of their influence on it.",
    source=BELLEC_2020,
    equations=LEAKY
    + """
    share    : 1  # of the steps of an image, those in which it fired
    psi      : 1  # slope of the spike function: 1 near the threshold, else 0
    ones     : 1  # trace of an input that is always on, for the bias
    owed     : 1  # its eligibility
    feedback : 1  # errors that came back
    """,
    step="""
    bias -= eta_bias*feedback*owed
    feedback = 0
    """
    + STEP
    + """
    share = share*(1 - onset) + s/steps
    psi = int(abs(v - theta) < lens)
    ones = decay*ones*(1 - onset) + 1
    owed = owed*(1 - onset) + psi*ones
    """,
    threshold="s > 0.5",
    events={"teach": "teaching > 0.5"},
    parameters=PARAMETERS
    | STEPS
    | {"eta_bias": Parameter(1e-3, "learning rate of the bias", low=0.0, evidence="assumed")},
)
