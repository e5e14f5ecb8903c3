"""Variables of synapses that are linked to those of cells, modulators or the task: read, not kept."""

from dataclasses import replace

from neuromodsim.description.model import SynapseModel, parsed
from neuromodsim.transforms.equation_text import lines


def links_of(model: SynapseModel) -> list[str]:
    """Return the variables of a synapse that are marked ``(linked)``."""
    return [name for name, equation in parsed(model.equations).items() if "linked" in equation.flags]


def without_links(model: SynapseModel) -> SynapseModel:
    """Return a synapse without its linked variables, which its code and equations go on reading."""
    linked = links_of(model)
    if not linked:
        return model
    equations = parsed(model.equations)
    return replace(model, equations=lines(equations, [name for name in equations if name not in linked]))
