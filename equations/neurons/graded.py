"""Rate-based cells: tanh in hidden layers and a sigmoid in the output layer.

One step per image. The slope of a hidden cell is ``1 - u²``, the error of an output cell for
L = ½ Σ (y - target)² is ``(y - target) · y · (1 - y)``.
"""

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import ZHANG_2023

GRADED_PIXEL = NeuronModel(
    name="graded_pixel",
    summary="A rate-based cell per pixel whose output is its brightness.",
    source=ZHANG_2023,
    equations="""
    u          : 1                 # brightness, 0 to 1
    image      : integer (linked)  # which image is shown
    teaching   : 1 (linked)        # 1 in the step in which weights change
    """,
    step="u = (brightness(image, i) + 128)/255",
    threshold="u > 0",
    events={"teach": "u > 0 and teaching > 0.5"},
)

GRADED = """
u        : 1           # what it sends
I_input  : 1           # weighted sum of what arrived
bias     : 1
teaching : 1 (linked)  # 1 in the step in which weights change
"""
ETA_BIAS = {"eta_bias": Parameter(1e-2, "learning rate of the bias", low=0.0, evidence="assumed")}

# What came back for an image moves the bias as the next one begins.
GRADED_HIDDEN = NeuronModel(
    name="graded_hidden",
    summary="A rate-based cell with a tanh output that learns from feedback.",
    source=ZHANG_2023,
    equations=GRADED
    + """
    slope    : 1  # du/dI
    feedback : 1  # dL/du, or what stands for it
    """,
    step="""
    bias -= eta_bias*slope*feedback
    feedback = 0
    u = tanh(I_input + bias)
    slope = 1 - u**2
    I_input = 0
    """,
    threshold="u > -2",
    events={"teach": "teaching > 0.5"},
    parameters=ETA_BIAS,
)

NACA_GRADED_HIDDEN = NeuronModel(
    name="naca_graded_hidden",
    summary="A rate-based cell with a tanh output; its neuromodulator controls plasticity.",
    source=ZHANG_2023,
    equations=GRADED
    + """
    modulation : 1 (linked)  # what the neuromodulator's level does to plasticity here
    drive      : 1           # modulation times slope: how the weights of this cell move
    """,
    step="""
    u = tanh(I_input + bias)
    drive = modulation*(1 - u**2)
    bias -= eta_bias*drive*teaching
    I_input = 0
    """,
    threshold="u > -2",
    events={"teach": "teaching > 0.5"},
    parameters=ETA_BIAS,
)

GRADED_OUTPUT = NeuronModel(
    name="graded_output",
    summary="A rate-based output cell per class that compares a sigmoid of its input with the label.",
    source=ZHANG_2023,
    equations=GRADED
    + """
    votes    : 1                 # what it says: its output
    mistake  : 1                 # output less what it should be
    delta    : 1                 # dL/dI
    label    : integer (linked)  # the class shown
    closing  : 1 (linked)        # 1 in the last step of an image
    """,
    step="""
    u = 1/(1 + exp(-(I_input + bias)))
    votes = u
    mistake = u - int(i == label)
    delta = mistake*u*(1 - u)
    bias -= eta_bias*delta*teaching
    I_input = 0
    """,
    threshold="u > 2",
    events={"verdict": "closing > 0.5", "teach": "teaching > 0.5"},
    parameters=ETA_BIAS,
)
