"""Hidden cells with an input gate, as in NACA's program for class-incremental learning.

The gate of a cell is open if the mean brightness of its pixel is close to the maximum; otherwise the cell
is silent:

    gate_j = [ m_j > max_k m_k - delta ] ,    m_j = mean over the batch of the pixel beside cell j

The published gate is ``sigmoid(1000·(…))``, which is 0 or 1 except in a narrow range. The average is over
the images presented together: for a batch of one class, the gate reveals the class.

There, a spiking cell takes a sigmoid of its input and has no bias:

    v_t = decay · v_{t-1} · (1 - s_{t-1}) + sigmoid(W x_t) ,    s_t = gate · [v_t > theta]

and ``h`` is as in `naca`, with the reach ``lens`` of 0.2. Earlier-time terms of the published gradient,
which are attenuated by ``decay`` per step, are omitted.
"""

from dataclasses import replace

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.graded import GRADED, GRADED_HIDDEN
from neuromodsim.equations.neurons.naca import OUTPUT, PARAMETERS, STEPS
from neuromodsim.equations.sources import ZHANG_2023

GATE = """
open      : 1                 # 1 if the gate lets this cell take part
gate_row  : integer (linked)  # row of gates for this image
"""
OPEN = "open = 1 - gated*(1 - gate_of(gate_row, i))\n"
GATED = {
    "gated": Parameter(1.0, "0 opens every cell", "published program", low=0.0, high=1.0, evidence="reported")
}
LENS = PARAMETERS | {
    "lens": Parameter(
        0.2,
        "range of the surrogate slope below threshold",
        "published program, classes one by one",
        low=0.0,
        evidence="reported",
    )
}

LEAKY = """
v        : 1           # membrane
s        : 1           # 1 if it fires in this step
h        : 1           # slope of the spike function: -1, 0 or 1
I        : 1           # sigmoid of what arrived
I_input  : 1           # weights of the spikes that arrived in this step
onset    : 1 (linked)  # 1 in the first step of an image
teaching : 1 (linked)  # 1 in the step in which weights change
"""

STEP = """
s_before = s*(1 - onset)
I = 1/(1 + exp(-({arrived})))
v = decay*v*(1 - s_before)*(1 - onset) + I
s = {fires}
h = int(v > theta - lens) - s_before
I_input = 0
"""

GATED_HIDDEN = NeuronModel(
    name="gated_hidden",
    summary="A leaky cell behind a gate, whose neuromodulator controls plasticity of its active synapses.",
    source=ZHANG_2023,
    equations=LEAKY
    + GATE
    + """
    share      : 1           # of the steps of an image, those in which it fired
    modulation : 1 (linked)  # what the neuromodulator's level does to plasticity here
    drive      : 1           # modulation times slopes: how the weights of this cell move
    """,
    step=OPEN
    + STEP.format(arrived="I_input", fires="open*int(v > theta)")
    + """
    share = share*(1 - onset) + s/steps
    drive = modulation*open*h*I*(1 - I)
    """,
    threshold="s > 0.5",
    events={"teach": "share > 0 and teaching > 0.5", "last": "s > 0.5 and teaching > 0.5"},
    parameters={**LENS, **STEPS, **GATED},
)

SIGMOID_OUTPUT = replace(
    OUTPUT,
    name="sigmoid_output",
    summary="A leaky cell per class that takes a sigmoid of its input and compares its spikes with the label.",
    equations=LEAKY
    + """
    bias     : 1
    votes    : 1                 # spikes since the onset of the image
    mistake  : 1                 # share of steps it fired in, less what it should be
    label    : integer (linked)  # the class shown
    closing  : 1 (linked)        # 1 in the last step of an image
    """,
    step=STEP.format(arrived="I_input + bias", fires="int(v > theta)")
    + """
    votes = votes*(1 - onset) + s
    mistake = votes/steps - int(i == label)
    bias -= eta_bias*mistake*teaching
    """,
    parameters={**OUTPUT.parameters, "lens": LENS["lens"]},
)

# A cell that fires in every step has h = 0 and cannot learn otherwise.
SLOPE_OUTPUT = replace(
    SIGMOID_OUTPUT,
    name="slope_output",
    summary="The same cell with the surrogate slope of the last step, as in the published program.",
    equations=f"{SIGMOID_OUTPUT.equations}\ndelta : 1  # mistake times slopes\n",
    step=SIGMOID_OUTPUT.step.replace(
        "bias -= eta_bias*mistake*teaching", "delta = mistake*h*I*(1 - I)\nbias -= eta_bias*delta*teaching"
    ),
)

GATED_GRADED_HIDDEN = NeuronModel(
    name="gated_graded_hidden",
    summary="A gated rate-based cell with a sigmoid output; its neuromodulator controls plasticity.",
    source=ZHANG_2023,
    equations=GRADED.replace("bias     : 1\n", "")
    + GATE
    + """
    modulation : 1 (linked)  # what the neuromodulator's level does to plasticity here
    drive      : 1           # modulation times slope: how the weights of this cell move
    """,
    step=OPEN
    + """
    u = open/(1 + exp(-I_input))
    drive = modulation*u*(1 - u)
    I_input = 0
    """,
    threshold="u > 0",
    events={"teach": "u > 0 and teaching > 0.5"},
    parameters=GATED,
)

GATED_BP_HIDDEN = replace(
    GRADED_HIDDEN,
    name="gated_bp_hidden",
    summary="A gated rate-based cell with a tanh output that learns from feedback.",
    equations=GRADED_HIDDEN.equations + GATE,
    step=OPEN
    + """
    bias -= eta_bias*slope*feedback
    feedback = 0
    u = open*tanh(I_input + bias)
    slope = open - u**2
    I_input = 0
    """,
    parameters={**GRADED_HIDDEN.parameters, **GATED},
)
