"""What a modulator changes, and where: a published formula takes the place of a parameter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from neuromodsim.description import expectations
from neuromodsim.description.model import EffectModel
from neuromodsim.errors import unknown


@dataclass(frozen=True)
class Effect:
    """An effect on one population, projection or pool of a circuit.

    ``reads`` maps each name in the model to a level: ``{"level": "D1"}`` of the neuromodulator that the
    effect belongs to, ``{"level": "acetylcholine.M1"}`` of another; by default, the level of the same name.
    ``on`` may be ``"dopamine"`` (its extracellular compartment) or ``"dopamine_release"``.

    Examples
    --------
    >>> from neuromodsim.equations import MEDIUM_SPINY_D1
    >>> MEDIUM_SPINY_D1.reads
    ('D1',)
    >>> Effect(MEDIUM_SPINY_D1, on="striatum", reads={"D1": "dopamine.D1"}).on
    'striatum'
    """

    model: EffectModel
    on: str
    reads: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no effect on something, and names that its model does not read."""
        expectations.kind("The model of an effect", self.model, EffectModel)
        of = f"of the effect '{self.model.name}'"
        expectations.kind(f"The target {of}, by its name,", self.on, str)
        for name, level in expectations.mapping(f"'reads' {of}", self.reads, "names to levels").items():
            expectations.kind(f"What '{name}' {of} stands for", level, str)
            if name not in self.model.reads:
                raise unknown(f"level that {self.model.name} reads", name, self.model.reads)
