"""A neuromodulatory system: the models of one neuromodulator, from its nucleus to its receptors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from neuromodsim.description.fields import Described
from neuromodsim.description.model import (
    EffectModel,
    Model,
    ModulatorModel,
    NeuronModel,
    ReceptorModel,
    SynapseModel,
)


@dataclass(frozen=True)
class Receptor(metaclass=Described):
    """A receptor by its name in the literature, with every model of it. ``also`` lists its other names."""

    models: tuple[ReceptorModel, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NeuromodulatorySystem(metaclass=Described):
    """What belongs to one neuromodulator, each part by its models.

    Models that serve several neuromodulators, such as quantal release, stand in each system that uses them.
    Drugs are not listed: each names its target, which is a receptor here or a transporter of a compartment.
    """

    name: str
    summary: str
    symbols: tuple[str, ...] = ()  # as in "DA" or "5-HT"
    nuclei: tuple[NeuronModel, ...] = ()
    release: tuple[SynapseModel | ModulatorModel, ...] = ()
    compartments: tuple[ModulatorModel, ...] = ()
    receptors: Mapping[str, Receptor] = field(default_factory=dict)
    cascades: tuple[ModulatorModel | ReceptorModel, ...] = ()
    effects: tuple[EffectModel, ...] = ()
    plasticity: tuple[SynapseModel, ...] = ()
    sensors: tuple[ReceptorModel, ...] = ()

    def models(self) -> Iterator[Model]:
        """Yield every model of the system."""
        bound = tuple(model for receptor in self.receptors.values() for model in receptor.models)
        kinds: tuple[tuple[Model, ...], ...] = (
            *(self.nuclei, self.release, self.compartments, bound),
            *(self.cascades, self.effects, self.plasticity, self.sensors),
        )
        for kind in kinds:
            yield from kind

    def targets(self) -> set[str]:
        """Return what drugs of this system may bind to: its receptors, its transporters and its enzymes."""
        named = {name for key, receptor in self.receptors.items() for name in (key, *receptor.also)}
        carried = {name for model in self.compartments for name in model.transporters}
        return named | carried
