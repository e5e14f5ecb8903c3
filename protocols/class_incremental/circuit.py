"""The network of classification, with a gate on its hidden cells where the rule has one, and its task."""

from dataclasses import replace

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.model import Parameter, Table
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.task import Task
from neuromodsim.protocols.class_incremental.rules import is_gated
from neuromodsim.protocols.class_incremental.sequence import TaskSequence
from neuromodsim.protocols.digits.task import image_task, image_task_with_backward_pass, with_ends_of_classes
from neuromodsim.protocols.naca_classification.circuit import network
from neuromodsim.protocols.naca_classification.rules import Rule

SHOWN = """
gate_row   : integer  # which gate holds
evaluation : integer  # 1 within-class, 2 single-image, 3 mixed-class, 0 in training
"""
HELD = ("F", "f", "anchor")  # what elastic synapses keep beside their weights


def circuit(rule: Rule, sequence: TaskSequence, cells: int, single: bool = True) -> Circuit:
    """Return the network for the images of a task sequence, with a learning rule."""
    images = sequence.images
    made = network(rule, images.count, images.pixels, cells, images.classes, single)
    gate = Table(shape=(sequence.gates, cells), dtype="int8", meaning="1 where the gate is open")
    tables = {"gate_of": gate} if is_gated(rule) else {}
    links = {"hidden.gate_row": "task.gate_row"} if is_gated(rule) else {}
    return replace(
        made,
        populations=tuple(_with_tables(p, tables) for p in made.populations),
        projections=tuple(
            _single(p) if single and "anchor" in p.model.equations else p for p in made.projections
        ),
        links={**made.links, **links},
    )


def _with_tables(population: Population, tables: dict[str, Table]) -> Population:
    model = population.model
    if population.name == "hidden" and tables:
        model = replace(model, tables=tables)
    initial = population.initial if "bias " in model.equations else {}
    return replace(population, model=model, initial=initial)


def _single(projection: Projection) -> Projection:
    model = projection.model
    return replace(projection, model=replace(model, single=(*model.single, *HELD)))


def task(rule: Rule, sequence: TaskSequence) -> Task:
    """Return the task that shows images, says which gate holds, and which evaluation an image is for."""
    make = image_task_with_backward_pass if rule.backward else image_task
    made = make(sequence.images.count, sequence.trials)
    made = with_ends_of_classes(made, sequence.trials) if rule.held else made
    show = made.timeline[0]
    told = "gate_row = gate_at(trial)\nevaluation = evaluation_at(trial)\n"
    return replace(
        made,
        name=f"{made.name}_with_evaluations",
        equations=f"{made.equations}\n{SHOWN}",
        timeline=(replace(show, on_enter=f"{show.on_enter}\n{told}"), *made.timeline[1:]),
        tables={
            **made.tables,
            "gate_at": Table(shape=(sequence.trials,), dtype="int32", meaning="gate of each trial"),
            "evaluation_at": Table(
                shape=(sequence.trials,), dtype="int8", meaning="evaluation of each trial, 0 in training"
            ),
        },
        parameters={
            **made.parameters,
            "one_level": Parameter(
                -1.0,
                "level of the neuromodulator for all classes and cells; -1: each its own",
                low=-1.0,
                high=1.0,
            ),
        },
    )
