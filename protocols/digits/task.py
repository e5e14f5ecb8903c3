"""Labelled images in sequence: a number of steps each, with weight changes in the last one.

The order of images, and whether the network may learn from each, are tables; an epoch is all training
images in a new order, then all test images with weights frozen.

    enter_show ──► 20 steps of spikes ──► (learning) weights change ──► next image

With ``back``, an image is followed by a backward pass through its steps, for rules that propagate errors back
through time. In it, output cells are ``early``; their errors arrive one step later, so the cells before them
are ``late``:

    show ──► 20 steps of spikes ──► back ──► 21 steps: early in all but the last, late in all but the first
"""

from dataclasses import replace

from brian2 import ms

from neuromodsim.description.model import Parameter, Table
from neuromodsim.description.task import Event, Phase, Task
from neuromodsim.equations.sources import ZHANG_2023

IMAGES = 1797
LONGEST = 100 * IMAGES  # images that one run can show

LAST = "int(timestep(phase_end, dt) - timestep(t, dt) == 1)"  # 1 in the last step of a phase


def image_task(images: int, longest: int) -> Task:
    """Return the task for so many images, shown at most ``longest`` times in one run."""
    return Task(
        name="image_task",
        summary="Presents labelled images in sequence.",
        source=ZHANG_2023,
        equations="""
        image    : integer  # which image is shown
        label    : integer  # its class
        learning : 1        # 1 if the network may learn from it
        onset    : 1        # 1 in its first step
        closing  : 1        # 1 in its last step
        teaching : 1        # 1 in its last step, if the network may learn from it
        """,
        step=f"""
        onset = 0
        closing = {LAST}
        teaching = closing*learning
        """,
        timeline=(
            Phase(
                "show",
                "show_time",
                on_enter=f"""
                image = image_at(trial)
                label = label_of(image)
                learning = learning_at(trial)
                onset = 1
                closing = {LAST}
                teaching = closing*learning
                """,
            ),
        ),
        events={"trial_end": Event(when="closing > 0.5")},
        tables={
            "image_at": Table(shape=(longest,), dtype="int32", meaning="image of each trial"),
            "learning_at": Table(shape=(longest,), dtype="int8", meaning="1 where learning is allowed"),
            "label_of": Table(shape=(images,), dtype="int32", meaning="class of each image"),
        },
        parameters={
            "show_time": Parameter(20 * ms, "presentation time of an image", "published program", low=1 * ms)
        },
    )


def image_task_with_backward_pass(images: int, longest: int) -> Task:
    """Return the task with a phase after each image in which its steps are walked through backwards."""
    task = image_task(images, longest)
    show = task.timeline[0]
    turn = "showing = 0\nearly = learning\nlate = 0\nending = 0\nclosing = 0"
    back = Phase("back", "back_time", on_enter=turn)
    return replace(
        task,
        name="image_task_with_backward_pass",
        summary="Presents labelled images in sequence, with a backward pass through the steps of each.",
        equations=task.equations
        + """
        showing  : 1        # 1 while an image is shown
        early    : 1        # 1 in the backward pass, where the output is
        late     : 1        # 1 in the backward pass, where the cells before it are
        ending   : 1        # 1 in the last step of the backward pass
        """,
        step=f"""
        onset = 0
        closing = {LAST}*int(phase == 0)
        teaching = closing*learning
        ending = {LAST}*int(phase == 1)*learning
        late = int(phase == 1)*learning
        early = late*(1 - ending)
        """,
        timeline=(
            replace(show, on_enter=f"{show.on_enter}\nshowing = 1\nearly = 0\nlate = 0\nending = 0\n"),
            back,
        ),
        parameters={
            **task.parameters,
            "back_time": Parameter(21 * ms, "presentation time of an image plus one step", low=2 * ms),
        },
    )


def with_ends_of_classes(task: Task, longest: int) -> Task:
    """Return a task that also tells when the last image of a class has been learned."""
    over = "ending" if "ending " in task.equations else "teaching"
    told = f"consolidating = {over}*ends_class_at(trial)\n"
    show = task.timeline[0]
    return replace(
        task,
        name=f"{task.name}_by_class",
        equations=f"{task.equations}\nconsolidating : 1  # 1 in the last step of a class\n",
        step=f"{task.step}\n{told}",
        timeline=(replace(show, on_enter=f"{show.on_enter}\n{told}"), *task.timeline[1:]),
        tables={
            **task.tables,
            "ends_class_at": Table(shape=(longest,), dtype="int8", meaning="1 where a class ends"),
        },
    )


DIGITS_TASK = replace(image_task(IMAGES, LONGEST), name="digits_task")
