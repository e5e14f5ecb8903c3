"""From a description to Brian2 objects: one group per component, and a list of what can be set.

Nothing here depends on where the network will run. Values are not given to Brian2's objects but to
the backend, by the names listed in `Assembly.inputs`, so that a compiled program takes others. Each noun
of a description has a file of its name here, which builds it.
"""

from collections.abc import Mapping
from typing import Any

from neuromodsim import brian
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.copying import copy_on_assignment
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.links import add_link
from neuromodsim.builder.modulator import add_modulator
from neuromodsim.builder.population import add_population
from neuromodsim.builder.projection import add_projection
from neuromodsim.builder.remembering import remember_quickly
from neuromodsim.builder.task import add_task
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.numerics.solutions import keep_names
from neuromodsim.transforms.distant_events import brought_near


def assemble(experiment: Experiment, wiring: Mapping[str, Any], how: ThirdFactor) -> Assembly:
    """Return the network of an experiment.

    Parameters
    ----------
    experiment
        What to build.
    wiring
        Source and target indices of each projection, each of shape ``(synapse,)``.
    how
        Which program a third-factor rule becomes.
    """
    brian.chance_in_additions()
    brian.networks_of_ours()
    copy_on_assignment()
    remember_quickly()
    keep_names()
    experiment, noted = brought_near(experiment)
    draft = Draft.of(experiment, wiring, how)
    if experiment.task is not None:
        add_task(draft, experiment.task, noted)
    for modulator in draft.circuit.modulators:
        add_modulator(draft, modulator)
    for population in draft.circuit.populations:
        add_population(draft, population)
    # Links lead to groups, and what synapses read may be a link of their cells.
    synaptic = {p.name for p in draft.circuit.projections}
    for read, written in draft.circuit.links.items():
        if read.partition(".")[0] not in synaptic:
            add_link(draft, read, written)
    for projection in draft.circuit.projections:
        add_projection(draft, projection)
    return draft.built
