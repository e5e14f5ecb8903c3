"""Training and evaluation: images of one class paired with dopamine, then images without dopamine.

    enter_show ──► 20 ms of image (and, in training, current into the class's dopamine neurons)
    enter_rest ──► 20 ms without input ──► response ──► next image

The order of images, and which are for training, are tables. Row -1 is a blank: a pause between a training
block and an evaluation, in which dopamine is taken up.
"""

from brian2 import ms, pA

from neuromodsim.description.model import Parameter, SynapseModel, Table
from neuromodsim.description.task import Event, Phase, Task
from neuromodsim.equations.sources import HIGE_2015

SHOW, REST = 20 * ms, 20 * ms


def class_sequence(images: int, trials: int, frames: int = 1) -> Task:
    """Return the task for so many images, shown in so many trials.

    A stimulus of several ``frames`` moves on by one in each step.
    """
    return Task(
        name="class_sequence",
        summary="Presents images in sequence; training images are paired with dopamine.",
        source=HIGE_2015,
        equations="""
        image   : integer  # which image is shown; -1 is none
        label   : integer  # its class
        training : 1       # 1 if it comes with dopamine
        frame   : integer  # row of the stimulus
        showing : 1        # 1 while it is shown
        onset   : 1        # 1 in its first step
        closing : 1        # 1 in the last step of the trial
        """,
        step=f"""
        onset = 0
        frame = frame + int(frame < image*{frames} + {frames - 1})
        closing = int(phase == 1)*int(timestep(phase_end, dt) - timestep(t, dt) == 1)
        """,
        timeline=(
            Phase(
                "show",
                "show_time",
                on_enter=f"""
                image = image_at(trial)
                label = label_of(image)
                training = training_at(trial)
                frame = image*{frames}
                showing = int(image >= 0)
                onset = 1
                """,
            ),
            Phase("rest", "rest_time", on_enter="showing = 0"),
        ),
        events={"trial_end": Event(when="closing > 0.5")},
        tables={
            "image_at": Table(shape=(trials,), dtype="int32", meaning="image of each trial, -1 for none"),
            "training_at": Table(shape=(trials,), dtype="int8", meaning="1 where it is paired with dopamine"),
            "label_of": Table(shape=(images,), dtype="int32", meaning="class of each image"),
        },
        parameters={
            "show_time": Parameter(SHOW, "presentation time of an image", low=2 * ms),
            "rest_time": Parameter(REST, "pause after it", low=2 * ms),
            "class_order": Parameter(-1.0, "index of the class order; -1 draws one from the seed", low=-1.0),
        },
    )


TEACH = SynapseModel(
    name="teach",
    summary="In training, each image excites the dopamine neurons of its class.",
    source=HIGE_2015,
    on_event={
        "enter_show": "I_synaptic_post += training_pre*strength*(spread + (1 - spread)"
        "*int(label_pre == compartment_post))"
    },
    parameters={
        "strength": Parameter(400 * pA, "current of an image", low=0 * pA, evidence="assumed"),
        "spread": Parameter(
            0.0, "fraction that reaches neurons of other compartments", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
