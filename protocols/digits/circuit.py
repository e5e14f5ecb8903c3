"""The fully connected spiking network of NACA: 64 pixels, 1000 hidden cells, 10 output cells."""

from dataclasses import replace

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.model import Table
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.neurons.naca import HIDDEN, OUTPUT, PIXEL
from neuromodsim.equations.plasticity.naca import DELTA_RULE, NACA_HIDDEN_RULE
from neuromodsim.equations.release.expectation import EXPECTATION, expectation_release
from neuromodsim.protocols.digits.task import IMAGES

PIXELS, CELLS, CLASSES = 64, 1000, 10

BRIGHTNESS = Table(
    shape=(IMAGES, PIXELS), dtype="float32", meaning="probability of a spike, by image and pixel"
)


def network(cells: int = CELLS) -> Circuit:
    """Return the network with a given number of hidden cells."""
    return Circuit(
        populations=(
            Population(
                name="pixels",
                size=PIXELS,
                model=replace(PIXEL, tables={"brightness": BRIGHTNESS}),
                layer=0,
            ),
            Population(
                name="hidden",
                size=cells,
                model=HIDDEN,
                layer=1,
                initial={"bias": f"(2*rand() - 1)/sqrt({PIXELS})"},
            ),
            Population(
                name="output",
                size=CLASSES,
                model=OUTPUT,
                layer=2,
                initial={"bias": f"(2*rand() - 1)/sqrt({cells})"},
            ),
        ),
        modulators=(Modulator(name="expectation", model=EXPECTATION, regions=cells),),
        projections=(
            Projection(
                name="release",
                source="task",
                target="expectation",
                model=expectation_release(rows=2 * CLASSES, cells=cells, classes=CLASSES),
            ),
            Projection(
                name="input_weights",
                source="pixels",
                target="hidden",
                model=NACA_HIDDEN_RULE,
                initial={"w": f"(2*rand() - 1)/sqrt({PIXELS})"},
            ),
            Projection(
                name="output_weights",
                source="hidden",
                target="output",
                model=DELTA_RULE,
                initial={"w": f"(2*rand() - 1)/sqrt({cells})"},
            ),
        ),
        links={
            "pixels.image": "task.image",
            "pixels.teaching": "task.teaching",
            "hidden.onset": "task.onset",
            "hidden.teaching": "task.teaching",
            "hidden.modulation": "expectation.modulation",
            "output.onset": "task.onset",
            "output.teaching": "task.teaching",
            "output.closing": "task.closing",
            "output.label": "task.label",
        },
    )
