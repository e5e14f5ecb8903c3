"""Cells that remember the last steps and walk through them backwards, to send errors back in time.

On the way forward they are the cells of NACA. Whether a cell fired (s) and was near its threshold
(psi, the slope of the spike function: a box of half-width ``lens``) are bits of two whole numbers, so
that the backward pass can read them in reverse. With the reset left out of the derivative, as is usual,
the chain rule gives, from the last step to the first,

    δ_t = psi_t · (dL/ds_t) + decay · (1 - s_t) · δ_{t+1} ,    dL/dw = Σ_t δ_t · s_t(source)

where dL/ds_t of an output cell is ``mistake/steps``, for L = ½ Σ mistake². The output's cells go first;
what they send back reaches the cells before them one step later. At most 52 steps can be remembered.
"""

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.naca import PARAMETERS
from neuromodsim.equations.sources import ZHANG_2023

REPLAYED_PIXEL = NeuronModel(
    name="replayed_pixel",
    summary="A cell per pixel that fires with a probability equal to its brightness, and replays its spikes in reverse.",
    source=ZHANG_2023,
    equations="""
    s        : 1                 # 1 if it fires in this step
    trail    : 1                 # spikes of the image so far, one bit each
    replay   : 1                 # 1 if it fired in the step that is walked through
    image    : integer (linked)  # which image is shown
    onset    : 1 (linked)        # 1 in the first step of an image
    showing  : 1 (linked)        # 1 while an image is shown
    late     : 1 (linked)        # 1 in the backward pass
    """,
    step="""
    s = showing*int(rand() < (brightness(image, i) + 128)/255)
    half = floor(trail/2)
    replay = late*(trail - 2*half)
    trail = showing*(2*trail*(1 - onset) + s) + (1 - showing)*(late*half + (1 - late)*trail)
    """,
    threshold="s > 0.5",
    events={"replay": "replay > 0.5"},
)

FORWARD = """
v         : 1           # membrane
s         : 1           # 1 if it fires in this step
I_input   : 1           # weights of the spikes that arrived in this step
bias      : 1
trail     : 1           # spikes of the image so far, one bit each
near      : 1           # steps near the threshold so far, one bit each
s_then    : 1           # 1 if it fired in the step that is walked through
psi_then  : 1           # 1 if it was near its threshold there
delta     : 1           # dL/dv there
gathered  : 1           # sum of delta over steps
onset     : 1 (linked)  # 1 in the first step of an image
showing   : 1 (linked)  # 1 while an image is shown
early     : 1 (linked)  # 1 in the backward pass, where the output is
ending    : 1 (linked)  # 1 in the last step of the backward pass
"""

FORWARD_STEP = """
s_before = s*(1 - onset)
v = showing*(decay*v*(1 - s_before)*(1 - onset) + I_input + bias)
s = showing*int(v > theta)
psi = showing*int(abs(v - theta) < lens)
I_input = 0
half_trail = floor(trail/2)
half_near = floor(near/2)
s_then = early*(trail - 2*half_trail)
psi_then = early*(near - 2*half_near)
trail = showing*(2*trail*(1 - onset) + s) + (1 - showing)*(early*half_trail + (1 - early)*trail)
near = showing*(2*near*(1 - onset) + psi) + (1 - showing)*(early*half_near + (1 - early)*near)
"""

HIDDEN = (
    FORWARD
    + """
s_late    : 1           # s_then, a step later
psi_late  : 1           # psi_then, a step later
late      : 1 (linked)  # 1 in the backward pass, where this cell is
"""
)

# What was popped in the step before is walked through in this one.
HIDDEN_STEP = (
    """
s_late = s_then
psi_late = psi_then
"""
    + FORWARD_STEP
    + """
delta = late*(psi_late*({signal}) + decay*(1 - s_late)*delta)
gathered = (1 - onset)*gathered + delta
bias -= eta_bias*gathered*ending
"""
)

ETA_BIAS = {"eta_bias": Parameter(1e-2, "learning rate of the bias", low=0.0, evidence="assumed")}
EVENTS = {"back": "early > 0.5", "teach": "ending > 0.5"}

BPTT_HIDDEN = NeuronModel(
    name="bptt_hidden",
    summary="A leaky cell with a backward pass of the error fed back by its targets.",
    source=ZHANG_2023,
    equations=HIDDEN + "feedback  : 1  # dL/ds in the step walked through\n",
    step=HIDDEN_STEP.format(signal="feedback") + "feedback = 0\n",
    threshold="s > 0.5",
    events=EVENTS,
    parameters=PARAMETERS | ETA_BIAS,
)

BRP_HIDDEN = NeuronModel(
    name="brp_hidden",
    summary="A leaky cell with a backward pass, in which a projection of the label replaces the error.",
    source=ZHANG_2023,
    equations=HIDDEN + "projected : 1 (linked)  # what the class shown projects onto this cell\n",
    step=HIDDEN_STEP.format(signal="projected - activity*s_late"),
    threshold="s > 0.5",
    events=EVENTS,
    parameters=PARAMETERS
    | ETA_BIAS
    | {
        "activity": Parameter(
            5e-4,
            "weight of the cell's own spikes in the surrogate error",
            "published program",
            evidence="reported",
        )
    },
)

BPTT_OUTPUT = NeuronModel(
    name="bptt_output",
    summary="A leaky output cell per class that compares its spikes with the label, with a backward pass.",
    source=ZHANG_2023,
    equations=FORWARD
    + """
    votes     : 1                 # spikes since the onset of the image
    mistake   : 1                 # share of steps it fired in, less what it should be
    label     : integer (linked)  # the class shown
    closing   : 1 (linked)        # 1 in the last step of an image
    """,
    step=FORWARD_STEP
    + """
    votes = votes*(1 - onset) + s
    mistake = votes/steps - int(i == label)
    delta = early*(psi_then*mistake/steps + decay*(1 - s_then)*delta)
    gathered = (1 - onset)*gathered + delta
    bias -= eta_bias*gathered*ending
    """,
    threshold="s > 0.5",
    events={"verdict": "closing > 0.5"},
    parameters=PARAMETERS
    | ETA_BIAS
    | {
        "steps": Parameter(
            20.0, "steps per image", "published program", low=1.0, high=52.0, evidence="reported"
        )
    },
)
