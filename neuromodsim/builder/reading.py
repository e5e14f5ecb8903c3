"""What synapses read of their cells: names that mean one thing, and links."""

from collections.abc import Mapping
from typing import Any

from brian2.equations import Equations

from neuromodsim.description.model import SynapseModel
from neuromodsim.errors import WrongInput


def expect_own_names(name: str, model: SynapseModel, *ends: Any) -> None:
    """Raise `WrongInput` if a variable in a synapse's equations is called as one of its cells is.

    Also where cells keep a trace for their synapses, and no synapse has the variable any more: a rule means
    the same in both of its programs.
    """
    equations = Equations(model.equations)
    own = {n for n in equations if "summed" not in equations[n].flags} - set(model.modulators)
    for end in ends:
        for variable in sorted((own | set(model.parameters)) & set(end.variables)):
            raise WrongInput(
                f"'{variable}' is a name in '{name}' and in '{end.name}', whose variables its synapses read "
                f"too: rename it in one of them, such as '{variable}_syn'."
            )


def read_links(
    synapses: Any,
    read: set[str],
    ends: Mapping[str, Any],
    links: Mapping[str, str],
    groups: Mapping[str, Any],
) -> None:
    """Let synapses read a link of their cells; Brian2 lets them where it is row by row.

    Parameters
    ----------
    synapses, read
        The synapses, and every name that they read.
    ends
        Their cells by the suffix of what is read of them.
    links, groups
        All links of the circuit, and its groups by name.

    Raises
    ------
    WrongInput
        If a link leads to several rows that are not one for each cell.
    """
    # Brian2 resolves a link for a synapse only where it is row by row, without an index of its own.
    for path, origin in links.items():
        owner, variable = path.split(".")
        for suffix, end in ends.items():
            here = f"{variable}{suffix}"
            if end.name != owner or here not in read or here in synapses.variables:
                continue
            writer, level = origin.split(".")
            if len(groups[writer]) > 1:
                raise WrongInput(
                    f"'{synapses.name}' reads '{here}', a link to '{origin}', which has "
                    f"{len(groups[writer])} rows and not one for each cell: synapses read such a level as "
                    "one of their 'modulators'."
                )
            synapses.variables.add_reference(here, groups[writer], level, index="0")
