"""Handwritten digits, one after the other: 20 steps each, and weights that change in the last one.

The order of images, and whether the network may learn from each, are tables; an epoch is all training
images in a new order, then all test images with weights frozen.

    enter_show ──► 20 steps of spikes ──► (learning) weights change ──► next image
"""

from brian2 import ms

from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.model import Parameter, Table
from neuromodsim.task import Event, Phase, Task

IMAGES = 1797
LONGEST = 100 * IMAGES  # images that one run can show

DIGITS_TASK = Task(
    name="digits_task",
    summary="Shows one labelled image after the other.",
    source=ZHANG_2023,
    equations="""
    image    : integer  # which image is shown
    label    : integer  # its class
    learning : 1        # 1 if the network may learn from it
    onset    : 1        # 1 in its first step
    closing  : 1        # 1 in its last step
    teaching : 1        # 1 in its last step, if the network may learn from it
    """,
    step="""
    onset = 0
    closing = int(timestep(phase_end, dt) - timestep(t, dt) == 1)
    teaching = closing*learning
    """,
    timeline=(
        Phase(
            "show",
            "show_time",
            on_enter="""
            image = image_at(trial)
            label = label_of(image)
            learning = learning_at(trial)
            onset = 1
            """,
        ),
    ),
    events={"trial_end": Event(when="closing > 0.5")},
    tables={
        "image_at": Table(shape=(LONGEST,), dtype="int32", meaning="image of each trial"),
        "learning_at": Table(shape=(LONGEST,), dtype="int8", meaning="1 where learning is allowed"),
        "label_of": Table(shape=(IMAGES,), dtype="int32", meaning="class of each image"),
    },
    parameters={
        "show_time": Parameter(20 * ms, "how long an image is shown", "published program", low=2 * ms)
    },
)
