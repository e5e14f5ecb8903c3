"""What each way to assign credit costs: the published counts of operations beside what programs really do.

The published counts come from the sizes of layers alone (m pixels, n hidden cells, k classes), for one pass
over one image, without spikes and steps. What a program does is counted here: how often a synapse is
walked through (a synaptic event, whatever it does there), how many of these events write the synapse, and
the time that an image takes.
"""

import re
from dataclasses import replace

from brian2 import ms

from benchmarks.row import Row, spread
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.recording import Recording, Window
from neuromodsim.protocols.naca_classification.experiment import MNIST, RULES, classification, steps
from neuromodsim.simulation.simulator import simulate

COUNTED, TIMED = 200, 3000  # images
PIXELS, CELLS, CLASSES = 784, 1000, 10
FORWARD, OUT, BACK = PIXELS * CELLS, CELLS * CLASSES, PIXELS * CLASSES
PUBLISHED = {
    "naca": FORWARD + OUT,
    "naca_rate": FORWARD + OUT,
    "brp": FORWARD + 2 * OUT + BACK,
    "direct_feedback": FORWARD + 2 * OUT + BACK,
    "e_prop": FORWARD + 2 * CELLS**2 + 2 * OUT + BACK,
    "e_prop_random": FORWARD + 2 * CELLS**2 + 2 * OUT + BACK,
    "bp": 2 * FORWARD + CELLS**2 + OUT,
    "bptt": 2 * FORWARD + CELLS**2 + OUT,
}


def measure() -> list[Row]:
    """Return for each rule what an image costs in training."""
    return [_cost(rule) for rule in RULES if not rule.startswith("ewc")]


def _cost(rule: str) -> Row:
    experiment = classification(MNIST, rule)
    every = steps(RULES[rule]) * ms
    events, writes = _counted(experiment, COUNTED * every)
    quiet = {"states": {}, "events": {}, "spikes": {}}
    runs = [
        simulate(experiment, duration=TIMED * every, record=quiet, progress=False).attrs["computing_time"]
        for _ in range(3)
    ]
    each = [float(text.split()[0]) / TIMED * 1e3 for text in runs]
    published = f"{PUBLISHED[rule]:,}" if rule in PUBLISHED else "none"
    return Row(
        f"{rule}: one image of MNIST, learned",
        "reported",
        f"{events / 1e6:.2f} million synaptic events, {writes / 1e6:.2f} million write; {spread(each)} ms",
        events,
        None,
        f"published count of operations: {published}; 784-1000-10, {steps(RULES[rule])} steps",
    )


def _counted(experiment: Experiment, duration: object) -> tuple[float, float]:
    """Return synaptic events per image, and those that write the synapse, of all learning projections."""
    sizes = {p.name: p.size for p in experiment.circuit.populations}
    projections = [p for p in experiment.circuit.projections if p.source in sizes]
    wanted: dict[str, tuple[str, ...]] = {
        f"{p.source}.{event}": () for p in projections for event in p.model.on_event
    }
    spikes = {p.source: Window() for p in projections}
    recorded = replace(experiment, recording=Recording(spikes=spikes, events=wanted))
    run = simulate(recorded, duration=duration, progress=False)
    touched = written = 0.0
    for p in projections:
        paths = {"pre": p.model.on_pre, **p.model.on_event}
        for event, code in paths.items():
            node = f"spikes/{p.source}" if event == "pre" else f"events/{p.source}_{event}"
            times = run[node]["time"].size * sizes[p.target]
            touched += times
            written += times * _writes(p.model, code)
    return touched / COUNTED, written / COUNTED


def _writes(model: SynapseModel, code: str) -> bool:
    own = [line.partition(":")[0].strip() for line in model.equations.splitlines() if ":" in line]
    return any(re.search(rf"^\s*{name}\s*[-+*/]?=", code, re.MULTILINE) for name in own)
