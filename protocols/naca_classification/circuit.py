"""One network of pixels, hidden cells and a cell per class, for any of the learning rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from neuromodsim.circuit import Circuit, Modulator, Population, Projection
from neuromodsim.equations.plasticity.target_projection import LABEL, label_projection
from neuromodsim.equations.release.expectation import EXPECTATION, expectation_release
from neuromodsim.model import Model, Table
from neuromodsim.protocols.naca_classification.rules import Rule

UNIFORM = "(2*rand() - 1)/sqrt({0})"  # as the published program starts weights and biases
READ: tuple[str, ...] = ("image", "onset", "learning", "teaching", "closing", "label")
READ += ("showing", "early", "late", "ending", "consolidating")
# What whole rows of synapses read or write, step after step: of cells, and of synapses.
ROWS_OF_CELLS = ("I_input", "feedback", "delta", "psi")
ROWS_OF_SYNAPSES = ("w", "g", "eligibility")


def network(
    rule: Rule, images: int, pixels: int, cells: int = 1000, classes: int = 10, single: bool = False
) -> Circuit:
    """Return the network for so many images, pixels, hidden cells and classes, with a learning rule.

    With ``single``, weights and what they add up to are kept in single precision, and what comes back.
    """
    brightness = Table(
        shape=(images, pixels), dtype="int8", meaning="brightness, 0 to 255, less 128, by image and pixel"
    )
    sizes = {"pixels": pixels, "hidden": cells, "output": classes}
    models = {"pixels": rule.pixel, "hidden": rule.hidden, "output": rule.output}
    models["pixels"] = replace(rule.pixel, tables={"brightness": brightness})
    biases: dict[str, Mapping[str, Any]] = {
        "pixels": {},
        "hidden": {"bias": UNIFORM.format(pixels)},
        "output": {"bias": UNIFORM.format(cells)},
    }
    if single:
        for name in ("hidden", "output"):
            models[name] = _in_single(models[name], ROWS_OF_CELLS)
        rule = replace(
            rule,
            into_hidden=_in_single(rule.into_hidden, ROWS_OF_SYNAPSES),
            into_output=_in_single(rule.into_output, ROWS_OF_SYNAPSES),
        )
    modulators, releases, links = _signal(rule, cells, classes)
    return Circuit(
        populations=tuple(
            Population(name=name, size=size, model=models[name], layer=layer, initial=biases[name])
            for layer, (name, size) in enumerate(sizes.items())
        ),
        modulators=modulators,
        projections=(*releases, *_weights(rule, pixels, cells)),
        links={k: v for name, model in models.items() for k, v in _from_task(name, model)} | links,
    )


def _signal(
    rule: Rule, cells: int, classes: int
) -> tuple[tuple[Modulator, ...], tuple[Projection, ...], dict[str, str]]:
    """Return what tells hidden cells how to change, where it comes with the image."""
    if rule.signal == "expectation":
        model: Any = expectation_release(rows=2 * classes, cells=cells, classes=classes)
        modulator = Modulator(name="expectation", model=EXPECTATION, regions=cells)
        links = {"hidden.modulation": "expectation.modulation"}
    elif rule.signal == "label":
        model = label_projection(classes, cells)
        modulator = Modulator(name="label", model=LABEL, regions=cells)
        links = {"hidden.projected": "label.projected"}
    else:
        return (), (), {}
    return (
        (modulator,),
        (Projection(name="release", source="task", target=modulator.name, model=model),),
        links,
    )


def _weights(rule: Rule, pixels: int, cells: int) -> Iterator[Projection]:
    further: dict[str, dict[str, str]] = {}
    for path, value in rule.initial.items():
        owner, _, variable = path.partition(".")
        further.setdefault(owner, {})[variable] = value.format(cells=cells)
    # What comes back from the output is there once the output has been through the step, and told.
    waits = 3 if rule.signal == "output" and not rule.way_back else None
    yield Projection(
        name="input_weights",
        source="pixels",
        target="hidden",
        model=rule.into_hidden,
        initial={"w": UNIFORM.format(pixels)},
        learns=waits,
    )
    yield Projection(
        name="output_weights",
        source="hidden",
        target="output",
        model=rule.into_output,
        initial={"w": UNIFORM.format(cells), **further.get("output_weights", {})},
    )
    if rule.feedback is not None:
        yield Projection(
            name="feedback",
            source="output",
            target="hidden",
            model=rule.feedback,
            initial=further.get("feedback", {}),
            learns=2,
        )


def _in_single(model: Any, variables: tuple[str, ...]) -> Any:
    """Return the model with those of its variables that are named in single precision."""
    return replace(model, single=tuple(v for v, _ in _declared(model) if v in variables))


def _declared(model: Model) -> Iterator[tuple[str, str]]:
    """Yield each variable of a model with what is said of it."""
    for line in model.equations.splitlines():
        variable, _, said = line.partition(":")
        if said:
            yield variable.strip(), said


def _from_task(name: str, model: Model) -> Iterator[tuple[str, str]]:
    """Yield a link for each variable that a cell reads from the task."""
    for variable, said in _declared(model):
        if "(linked)" in said and variable in READ:
            yield f"{name}.{variable}", f"task.{variable}"
