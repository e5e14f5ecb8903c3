"""What a rule reads around a synapse: modulators, and variables of the target cell.

Modulators are plain variables of its region, copied once per step.

Plain, because Brian2 cannot read a linked variable with an index from a synapse; under another name,
because it lets a synapse see its target's variables as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from brian2.equations import Equations

from neuromodsim.description.model import SynapseModel
from neuromodsim.transforms.code_names import Fresh, used
from neuromodsim.units.quantities import unit_text


@dataclass(frozen=True)
class Copies:
    """What a region calls each modulator of a rule: its copy, and what is linked to its level.

    ``read_of_cells`` holds what is linked to each variable of the target cell, by its name in the rule.
    """

    renamed: Mapping[str, str]
    linked: Mapping[str, str]
    read_of_cells: Mapping[str, str]
    equations: str

    @classmethod
    def of(
        cls, model: SynapseModel, equations: Equations, fresh: Fresh, signals: Mapping[str, str]
    ) -> "Copies":
        """Return the copies of the modulators of a rule.

        ``signals`` holds the unit of each variable of the target cell that it reads.
        """
        renamed = {name: fresh(f"{name}_level") for name in model.modulators}
        linked = {name: fresh(f"{name}_here") for name in model.modulators}
        units = {name: unit_text(equations[name].dim) for name in model.modulators}
        text = "".join(f"{renamed[n]} : {u}\n{linked[n]} : {u} (linked)\n" for n, u in units.items())
        cells = {name: fresh(f"{name}_here") for name in signals}
        text += "".join(f"{cells[name]} : {unit} (linked)\n" for name, unit in signals.items())
        return cls(renamed, linked, cells, text)

    @property
    def signals(self) -> dict[str, str]:
        """The variable of the target cell that each variable of the region is linked to."""
        return {here: name.removesuffix("_post") for name, here in self.read_of_cells.items()}

    @property
    def step(self) -> str:
        """Code that copies them, once per step."""
        return "".join(f"{new} = {self.linked[name]}\n" for name, new in self.renamed.items())

    def read_in(self, equations: Equations, kept: list[str], model: SynapseModel) -> tuple[str, ...]:
        """Return the copies that equations which stay, or code, read."""
        read = set().union(
            *(equations[name].identifiers for name in kept if equations[name].expr is not None),
            *(used(code) for code in (model.on_pre, model.on_post, model.step, *model.on_event.values())),
        )
        return tuple(new for name, new in self.renamed.items() if name in read)
