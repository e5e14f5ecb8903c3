"""A memory that new lessons do not overwrite: a mushroom body is taught classes one after the other."""

from typing import Any

import numpy as np
from brian2 import Hz, ms, mV, pA

from neuromodsim import datasets
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import SHEN_2023
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.mushroom_body.circuit import CLASSES, network
from neuromodsim.protocols.mushroom_body.curriculum import Course, Stimuli, class_order, expect_fit, schedule
from neuromodsim.protocols.mushroom_body.task import REST, SHOW, lessons

TRIAL = SHOW + REST
ORDERS = 5


def preparation(course: Course) -> Any:
    """Return what prepares a run of a course: its images, the order of classes, and the schedule."""

    def prepare(setting: Setting) -> dict[str, Any]:
        trials = round(setting.duration / float(TRIAL))
        if trials > course.trials:
            raise WrongInput(f"A run of '{course.name}' has {course.trials} trials, not {trials}.")
        stimuli = course.load(setting.rng)
        expect_fit(course, stimuli)
        order = class_order(setting.parameters["task.class_order"], setting.rng)
        image_at, lesson_at = schedule(course, stimuli, order, setting.rng)
        return {
            "task.image_at": image_at,
            "task.lesson_at": lesson_at,
            "task.label_of": stimuli.labels,
            "projection_neurons.stimulus": stimuli.rows,
            "note.class_order": order.tolist(),
        }

    return prepare


def add_answers(run: Any) -> None:
    """Add to the trials what each compartment said, and which of them was most silent."""
    kept = run["events"].children if "events" in run.children else {}
    if "trials" not in run.children or "output_neurons_verdict" not in kept:
        return
    trials = run["trials"].to_dataset()
    verdict = run["events/output_neurons_verdict"]
    votes, left = (verdict[name].values.reshape(-1, CLASSES) for name in ("votes", "v"))
    # The fewest spikes; if two have as few, the lower membrane.
    answer = (votes + left / (1 + np.abs(left).max())).argmin(axis=1)
    taught = (np.diff(trials.lesson.values, prepend=0) > 0).cumsum()
    unit = {"units": "1"}
    run["trials"].dataset = trials.assign(
        votes=(("trial", "class"), votes, {**unit, "long_name": "spikes of each output neuron"}),
        answer=("trial", answer, {**unit, "long_name": "class of the most silent output neuron"}),
        correct=("trial", answer == trials.label.values, {**unit, "long_name": "right class"}),
        tied=(
            "trial",
            (votes == votes.min(axis=1, keepdims=True)).sum(axis=1) > 1,
            {**unit, "long_name": "two output neurons fired as little"},
        ),
        taught=("trial", taught, {**unit, "long_name": "lessons so far"}),
    )


def experiment(course: Course, cells: int, claws: int, **parameters: Any) -> Experiment:
    """Return the experiment for a course, with so many Kenyon cells and claws."""
    duration = course.trials * TRIAL
    return Experiment(
        name=course.name,
        summary=f"Class-incremental learning of ten classes; {cells} Kenyon cells, {claws} inputs each.",
        source=SHEN_2023,
        circuit=network(course.pixels, course.images * course.frames, cells, claws),
        task=lessons(course.images, course.trials, course.frames),
        conditions={
            "compartments": Condition(
                summary="Training on a class releases dopamine in the compartment of that class."
            ),
            "one_compartment": Condition(
                summary="Training releases dopamine equally in all compartments.",
                parameters={"teach.spread": 1.0},
            ),
            "no_dopamine": Condition(
                summary="Training releases no dopamine.", parameters={"teach.strength": 0 * pA}
            ),
            "ongoing": Condition(
                summary="Dopamine neurons also fire between tasks.",
                parameters={"dopamine_neurons.I": 30 * pA},
            ),
            "no_apl": Condition(
                summary="Kenyon cells are not inhibited.", parameters={"apl.strongest": 0 * mV / ms}
            ),
            **{
                f"order_{k}": Condition(
                    summary=f"Class order {k} of five.", parameters={"task.class_order": float(k)}
                )
                for k in range(1, ORDERS + 1)
            },
        },
        parameters=parameters,
        recording=Recording(
            spikes={
                name: Window(start=-10 * TRIAL)
                for name in ("projection_neurons", "kenyon_cells", "output_neurons", "dopamine_neurons")
            },
            states={
                "memory.depression": duration,
                "dopamine.C": 5 * TRIAL,
                "dopamine.D1": 5 * TRIAL,
            },
            events={
                "task.trial_end": ("image", "label", "lesson"),
                "output_neurons.verdict": ("votes", "v"),
                "apl.verdict": ("fired",),
            },
        ),
        duration=duration,
        dt=1 * ms,
        prepare=preparation(course),
        finish=add_answers,
    )


def load_digits(rng: np.random.Generator) -> Stimuli:
    """Return scikit-learn's digits, 36 of each class kept for exams."""
    images, labels = datasets.digits()
    tested = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[:36] for c in range(CLASSES)])
    taught = np.setdiff1d(np.arange(len(labels)), tested)
    return Stimuli(levels(images), labels, taught, tested)


def load_mnist(rng: np.random.Generator) -> Stimuli:
    """Return MNIST with its own split."""
    return _labelled(datasets.mnist(), scale=1 / 255)


def load_spoken(rng: np.random.Generator) -> Stimuli:
    """Return spoken digits as spectrograms, with their own split."""
    return _labelled(datasets.spoken_digits(), scale=40.0)


def load_events(rng: np.random.Generator) -> Stimuli:
    """Return recordings of an event camera in 20 frames, one for each step that it is shown."""
    found = datasets.event_digits()
    frames = np.minimum(found.counts(FRAMES), 1).reshape(len(found.labels) * FRAMES, -1)
    return Stimuli(
        levels(frames), found.labels, np.flatnonzero(~found.testing), np.flatnonzero(found.testing)
    )


def _labelled(found: datasets.Labelled, scale: float) -> Stimuli:
    return Stimuli(
        levels(np.asarray(found.images, np.float32) * scale), found.labels, found.train, found.test
    )


def levels(brightness: np.ndarray) -> np.ndarray:
    """Return brightness between 0 and 1 as whole numbers from 0 to 127."""
    return np.round(np.minimum(brightness, 1) * 127).astype(np.int8)


FRAMES = round(SHOW / ms)
DIGITS = Course(
    name="mushroom_body", images=1797, pixels=64, taught=1437, tested=360, exam=36, load=load_digits
)
MNIST = Course(
    name="mushroom_body data=mnist",
    images=70_000,
    pixels=784,
    taught=60_000,
    tested=10_000,
    exam=50,
    load=load_mnist,
)
SPOKEN = Course(
    name="mushroom_body data=spoken",
    images=3000,
    pixels=900,
    taught=2700,
    tested=300,
    exam=30,
    load=load_spoken,
)
EVENTS = Course(
    name="mushroom_body data=events",
    images=1100,
    pixels=2 * 34 * 34,
    taught=1000,
    tested=100,
    exam=16,
    load=load_events,
    frames=FRAMES,
)

# Of each set: Kenyon cells, inputs of each, and what else was chosen for it.
SETS: dict[str, tuple[Course, int, int, dict[str, Any]]] = {
    "digits": (DIGITS, 2000, 7, {}),
    "mnist": (MNIST, 16_000, 12, {"apl.enough": 0.01, "memory.eta": 25 * Hz, "claws.epsp": 0.6 * mV}),
    "spoken": (SPOKEN, 8000, 8, {"apl.enough": 0.02, "memory.eta": 150 * Hz, "claws.epsp": 0.3 * mV}),
    "events": (EVENTS, 8000, 16, {"apl.enough": 0.02, "memory.eta": 200 * Hz, "claws.epsp": 1.2 * mV}),
}


def _make(data: tuple[Course, int, int, dict[str, Any]]) -> Experiment:
    course, cells, claws, parameters = data
    return experiment(course, cells, claws, **parameters)


FAMILY = ExperimentFamily(
    name="mushroom_body",
    summary="Class-incremental learning of ten classes; dopamine reaches the compartment of one class only.",
    source=SHEN_2023,
    make=_make,
    axes={"data": SETS},
)
