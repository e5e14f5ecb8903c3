"""The network of classification, with a gate on its hidden cells where the rule has one, and its task."""

from dataclasses import replace

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.model import Parameter, Table
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.task import Task
from neuromodsim.protocols.class_incremental.lessons import Course
from neuromodsim.protocols.class_incremental.rules import is_gated
from neuromodsim.protocols.digits.task import image_task, image_task_with_way_back, with_ends_of_classes
from neuromodsim.protocols.naca_classification.circuit import network
from neuromodsim.protocols.naca_classification.rules import Rule

SHOWN = """
gate_row : integer  # which gate holds
exam     : integer  # 1 in exam A, 2 in exam B, 3 if mixed
"""
HELD = ("F", "f", "anchor")  # what elastic synapses keep beside their weights


def circuit(rule: Rule, course: Course, cells: int, single: bool = True) -> Circuit:
    """Return the network for the images of a course, with a learning rule."""
    images = course.images
    made = network(rule, images.count, images.pixels, cells, images.classes, single)
    gate = Table(shape=(course.gates, cells), dtype="int8", meaning="1 where a gate lets a cell take part")
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


def task(rule: Rule, course: Course) -> Task:
    """Return the task that shows images, says which gate holds, and which exam an image is for."""
    make = image_task_with_way_back if rule.way_back else image_task
    made = make(course.images.count, course.trials)
    made = with_ends_of_classes(made, course.trials) if rule.held else made
    show = made.timeline[0]
    told = "gate_row = gate_at(trial)\nexam = exam_at(trial)\n"
    return replace(
        made,
        name=f"{made.name}_with_exams",
        equations=f"{made.equations}\n{SHOWN}",
        timeline=(replace(show, on_enter=f"{show.on_enter}\n{told}"), *made.timeline[1:]),
        tables={
            **made.tables,
            "gate_at": Table(shape=(course.trials,), dtype="int32", meaning="gate of each trial"),
            "exam_at": Table(shape=(course.trials,), dtype="int8", meaning="exam of each trial, 0 for none"),
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
