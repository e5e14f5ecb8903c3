"""One network of pixels, hidden cells and one output cell per class, for all learning rules."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.model import Model, Table
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.plasticity.target_projection import LABEL, label_projection
from neuromodsim.equations.release.expectation import EXPECTATION, expectation_release
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.naca_classification.rules import Rule

UNIFORM = "(2*rand() - 1)/sqrt({0})"  # as the published program starts weights and biases
READ: tuple[str, ...] = ("image", "onset", "learning", "teaching", "closing", "label")
READ += ("showing", "early", "late", "ending", "consolidating")
# What whole rows of synapses read or write, step after step: of cells, and of synapses.
ROWS = ("I_input", "feedback", "delta", "psi", "w", "g", "eligibility")
IN_SINGLE = ("hidden", "output", "into_hidden", "into_output")


def network(
    rule: Rule,
    images: int,
    pixels: int,
    cells: int = 1000,
    classes: int = 10,
    single: bool = False,
    layers: int = 1,
) -> Circuit:
    """Return the network for so many images, pixels, hidden cells and classes, with a learning rule.

    With ``single``, weights and what they add up to are kept in single precision, and what comes back.
    ``layers`` is how many hidden layers there are, each of so many cells; more than one only for rules
    without feedback.

    Raises
    ------
    WrongInput
        If the rule cannot train so many layers.
    """
    if layers < 1 or (layers > 1 and rule.deeper is None):
        raise WrongInput(f"This learning rule needs one hidden layer; got {layers}.")
    if single:
        rule = replace(rule, **{part: _in_single(getattr(rule, part)) for part in IN_SINGLE})
    if single and rule.deeper is not None:
        rule = replace(rule, deeper=_in_single(rule.deeper))
    brightness = Table(
        shape=(images, pixels), dtype="int8", meaning="brightness, 0 to 255, less 128, by image and pixel"
    )
    pixel = replace(rule.pixel, tables={"brightness": brightness})
    hidden = hidden_layers(layers)
    sizes = {"pixels": pixels, **dict.fromkeys(hidden, cells), "output": classes}
    models: dict[str, Any] = {"pixels": pixel, **dict.fromkeys(hidden, rule.hidden), "output": rule.output}
    sources = [pixels, pixels, *[cells] * layers]  # of each layer; pixels have none
    biases = {name: {"bias": UNIFORM.format(count)} for name, count in zip(sizes, sources, strict=True)}
    modulators, releases, links = _signals(rule, hidden, cells, classes)
    return Circuit(
        populations=tuple(
            Population(
                name=name, size=size, model=models[name], layer=layer, initial=biases[name] if layer else {}
            )
            for layer, (name, size) in enumerate(sizes.items())
        ),
        modulators=modulators,
        projections=(*releases, *_weights(rule, pixels, cells, hidden)),
        links={k: v for name, model in models.items() for k, v in _from_task(name, model)} | links,
    )


def hidden_layers(layers: int) -> list[str]:
    """Return the names of the hidden layers, from the pixels up."""
    return ["hidden", *(f"hidden_{k}" for k in range(2, layers + 1))]


def _signals(
    rule: Rule, hidden: list[str], cells: int, classes: int
) -> tuple[tuple[Modulator, ...], tuple[Projection, ...], dict[str, str]]:
    """Return what tells the cells of each hidden layer how to change, where it comes with the image."""
    modulators: list[Modulator] = []
    releases: list[Projection] = []
    links: dict[str, str] = {}
    for name in hidden if rule.signal != "output" else ():
        k = name.removeprefix("hidden")  # nothing for the first, _2, _3, ...
        if rule.signal == "expectation":
            signal, level = EXPECTATION, "modulation"
            model: Any = expectation_release(rows=2 * classes, cells=cells, classes=classes, layer=k)
        else:
            signal, level = LABEL, "projected"
            model = label_projection(classes, cells)
        modulators.append(Modulator(name=f"{rule.signal}{k}", model=signal, regions=cells))
        releases.append(
            Projection(name=f"release{k}", source="task", target=f"{rule.signal}{k}", model=model)
        )
        links[f"{name}.{level}"] = f"{rule.signal}{k}.{level}"
    return tuple(modulators), tuple(releases), links


def _weights(rule: Rule, pixels: int, cells: int, hidden: list[str]) -> Iterator[Projection]:
    further: dict[str, dict[str, str]] = {}
    for path, value in rule.initial.items():
        owner, _, variable = path.partition(".")
        further.setdefault(owner, {})[variable] = value.format(cells=cells)
    # Feedback is available once the output layer has been updated in the step.
    waits = 3 if rule.signal == "output" and not rule.backward else None
    yield Projection(
        name="input_weights",
        source="pixels",
        target="hidden",
        model=rule.into_hidden,
        initial={"w": UNIFORM.format(pixels)},
        learn_after_layer=waits,
    )
    if rule.deeper is not None:
        for below, above in itertools.pairwise(hidden):
            initial = {"w": UNIFORM.format(cells)}
            yield Projection(
                name=f"{above}_weights", source=below, target=above, model=rule.deeper, initial=initial
            )
    yield Projection(
        name="output_weights",
        source=hidden[-1],
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
            learn_after_layer=2,
        )


def _in_single(model: Any) -> Any:
    """Return the model with what rows of synapses read in single precision."""
    return replace(model, single=tuple(v for v, _ in _declared(model) if v in ROWS))


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
