"""A memory that later training does not overwrite: class-incremental learning in a mushroom body."""

from typing import Any

import numpy as np
from brian2 import Hz, ms, mV, pA

from neuromodsim import datasets
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import SHEN_2023
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.mushroom_body.circuit import CLASSES, network
from neuromodsim.protocols.mushroom_body.sequence import (
    Stimuli,
    TaskSequence,
    class_order,
    expect_fit,
    schedule,
)
from neuromodsim.protocols.mushroom_body.task import REST, SHOW, class_sequence

TRIAL = SHOW + REST
ORDERS = 5


def preparation(sequence: TaskSequence) -> Any:
    """Return what prepares a run of a task sequence: its images, the order of classes, and the schedule."""

    def prepare(setting: Setting) -> Prepared:
        trials = round(setting.duration / float(TRIAL))
        if trials > sequence.trials:
            raise WrongInput(
                f"A run of '{sequence.name}' must have at most {sequence.trials} trials; got {trials}."
            )
        stimuli = sequence.load(setting.rng)
        expect_fit(sequence, stimuli)
        order = class_order(setting.parameters["task.class_order"], setting.rng)
        image_at, training_at = schedule(sequence, stimuli, order, setting.rng)
        tables = {
            "task.image_at": image_at,
            "task.training_at": training_at,
            "task.label_of": stimuli.labels,
            "projection_neurons.stimulus": stimuli.rows,
        }
        return Prepared(tables, notes={"class_order": order.tolist()})

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
    trained = (np.diff(trials.training.values, prepend=0) > 0).cumsum()
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
        trained=("trial", trained, {**unit, "long_name": "training blocks so far"}),
    )


def experiment(sequence: TaskSequence, cells: int, claws: int, **parameters: Any) -> Experiment:
    """Return the experiment for a task sequence, with so many Kenyon cells and claws."""
    duration = sequence.trials * TRIAL
    return Experiment(
        name=sequence.name,
        summary=f"Class-incremental learning of ten classes; {cells} Kenyon cells, {claws} inputs each.",
        source=SHEN_2023,
        circuit=network(sequence.pixels, sequence.images * sequence.frames, cells, claws),
        task=class_sequence(sequence.images, sequence.trials, sequence.frames),
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
                "task.trial_end": ("image", "label", "training"),
                "output_neurons.verdict": ("votes", "v"),
                "apl.verdict": ("fired",),
            },
        ),
        duration=duration,
        dt=1 * ms,
        prepare=preparation(sequence),
        finish=add_answers,
    )


def load_digits(rng: np.random.Generator) -> Stimuli:
    """Return scikit-learn's digits, 36 of each class kept for evaluation."""
    images, labels = datasets.digits()
    tested = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[:36] for c in range(CLASSES)])
    trained = np.setdiff1d(np.arange(len(labels)), tested)
    return Stimuli(levels(images), labels, trained, tested)


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
DIGITS = TaskSequence(
    name="mushroom_body", images=1797, pixels=64, training=1437, testing=360, evaluation=36, load=load_digits
)
MNIST = TaskSequence(
    name="mushroom_body data=mnist",
    images=70_000,
    pixels=784,
    training=60_000,
    testing=10_000,
    evaluation=50,
    load=load_mnist,
)
SPOKEN = TaskSequence(
    name="mushroom_body data=spoken",
    images=3000,
    pixels=900,
    training=2700,
    testing=300,
    evaluation=30,
    load=load_spoken,
)
EVENTS = TaskSequence(
    name="mushroom_body data=events",
    images=1100,
    pixels=2 * 34 * 34,
    training=1000,
    testing=100,
    evaluation=16,
    load=load_events,
    frames=FRAMES,
)

# Of each set: Kenyon cells, inputs of each, and what else was chosen for it.
SETS: dict[str, tuple[TaskSequence, int, int, dict[str, Any]]] = {
    "digits": (DIGITS, 2000, 7, {}),
    "mnist": (MNIST, 16_000, 12, {"apl.enough": 0.01, "memory.eta": 25 * Hz, "claws.epsp": 0.6 * mV}),
    "spoken": (SPOKEN, 8000, 8, {"apl.enough": 0.02, "memory.eta": 150 * Hz, "claws.epsp": 0.3 * mV}),
    "events": (EVENTS, 8000, 16, {"apl.enough": 0.02, "memory.eta": 200 * Hz, "claws.epsp": 1.2 * mV}),
}


def _make(data: tuple[TaskSequence, int, int, dict[str, Any]]) -> Experiment:
    sequence, cells, claws, parameters = data
    return experiment(sequence, cells, claws, **parameters)


FAMILY = ExperimentFamily(
    name="mushroom_body",
    summary="Class-incremental learning of ten classes; dopamine reaches the compartment of one class only.",
    source=SHEN_2023,
    make=_make,
    axes={"data": SETS},
)
