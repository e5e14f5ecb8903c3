"""The cells of NACA: spikes drawn from pixels, and leaky cells that fire at a fixed threshold.

Time goes in steps; a layer sees the spikes of the one before in the same step. The leak is a factor
per step, a spike resets the membrane to zero, and every image starts from rest:

    v_t = decay · v_{t-1} · (1 - s_{t-1}) + I_t + bias ,    s_t = [v_t > theta]

For learning, ``h`` stands for the slope of the spike function: +1 if the membrane is above
``theta - lens``, less one if the cell has just fired.

Parameters are those of the published program (github.com/thomasaimondy/NACA, classification/NACA/main.py).
"""

from dataclasses import replace

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import ZHANG_2023

PIXEL = NeuronModel(
    name="naca_pixel",
    summary="A cell per pixel that fires in each step with a probability equal to its brightness.",
    source=ZHANG_2023,
    equations="""
    s        : 1                 # 1 if it fires in this step
    image    : integer (linked)  # which image is shown
    teaching : 1 (linked)        # 1 in the step in which weights change
    """,
    step="s = int(rand() < brightness(image, i))",
    threshold="s > 0.5",
    events={"teach": "s > 0.5 and teaching > 0.5"},
)

BYTE_PIXEL = replace(
    PIXEL,
    name="naca_byte_pixel",
    summary="The same with pixels stored as bytes minus 128, which takes an eighth of the memory.",
    step="s = int(rand() < (brightness(image, i) + 128)/255)",
)

LEAKY = """
v        : 1           # membrane
s        : 1           # 1 if it fires in this step
h        : 1           # slope of the spike function: -1, 0 or 1
I_input  : 1           # weights of the spikes that arrived in this step
bias     : 1
onset    : 1 (linked)  # 1 in the first step of an image
teaching : 1 (linked)  # 1 in the step in which weights change
"""

STEP = """
s_before = s*(1 - onset)
v = decay*v*(1 - s_before)*(1 - onset) + I_input + bias
s = int(v > theta)
h = int(v > theta - lens) - s_before
I_input = 0
"""

STEPS = {"steps": Parameter(20.0, "steps per image", "published program", low=1.0, evidence="reported")}
PARAMETERS = {
    "decay": Parameter(
        0.2,
        "decay factor of the membrane per step",
        "published program",
        low=0.0,
        high=1.0,
        evidence="reported",
    ),
    "theta": Parameter(0.5, "threshold", "published program", evidence="reported"),
    "lens": Parameter(
        0.5, "range of the surrogate slope below threshold", "published program", low=0.0, evidence="reported"
    ),
}

HIDDEN = NeuronModel(
    name="naca_hidden",
    summary="A leaky cell whose neuromodulator determines the sign of plasticity at its active synapses.",
    source=ZHANG_2023,
    equations=LEAKY
    + """
    modulation : 1 (linked)  # what the neuromodulator's level does to plasticity here
    drive      : 1           # modulation times slope: how the weights of this cell move
    """,
    step=STEP
    + """
    drive = modulation*h
    bias -= eta_bias*drive*teaching
    """,
    threshold="s > 0.5",
    events={"teach": "s > 0.5 and teaching > 0.5"},
    parameters=PARAMETERS
    | {"eta_bias": Parameter(5e-3, "learning rate of the bias", low=0.0, evidence="assumed")},
)

OUTPUT = NeuronModel(
    name="naca_output",
    summary="A leaky cell per class that counts its spikes and compares them with the label.",
    source=ZHANG_2023,
    equations=LEAKY
    + """
    votes    : 1                 # spikes since the onset of the image
    mistake  : 1                 # share of steps it fired in, less what it should be
    label    : integer (linked)  # the class shown
    closing  : 1 (linked)        # 1 in the last step of an image
    """,
    step=STEP
    + """
    votes = votes*(1 - onset) + s
    mistake = votes/steps - int(i == label)
    bias -= eta_bias*mistake*teaching
    """,
    threshold="s > 0.5",
    events={"verdict": "closing > 0.5"},
    parameters=PARAMETERS
    | STEPS
    | {"eta_bias": Parameter(1e-3, "learning rate of the bias", low=0.0, evidence="assumed")},
)

COUNTING_HIDDEN = replace(
    HIDDEN,
    name="naca_counting_hidden",
    summary="The same cell, which counts its spikes and learns from all steps of an image, not only the last.",
    equations=HIDDEN.equations + "share : 1  # of the steps of an image, those in which it fired\n",
    step=HIDDEN.step + "share = share*(1 - onset) + s/steps\n",
    events={"teach": "share > 0 and teaching > 0.5"},
    parameters={**HIDDEN.parameters, **STEPS},
)
