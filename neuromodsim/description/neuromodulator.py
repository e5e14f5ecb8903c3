"""A neuromodulator from end to end: nucleus, release, extracellular compartment, receptors, effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from neuromodsim.description import expectations
from neuromodsim.description.connectivity import Wiring
from neuromodsim.description.drug import Drug
from neuromodsim.description.effect import Effect
from neuromodsim.description.fields import keep
from neuromodsim.description.geometry import Geometry, Grid, WellMixed
from neuromodsim.description.layout import expect_name
from neuromodsim.description.model import EffectModel, ModulatorModel, ReceptorModel, SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.words import expect_compiled
from neuromodsim.errors import WrongInput, unknown

ACTS_ON = ("release", "nucleus")


@dataclass(frozen=True, kw_only=True)
class Autoreceptor:
    """A receptor by which a neuromodulator acts on its own release, or on the releasing cells.

    All levels that the effect reads refer to this receptor.

    Examples
    --------
    >>> from neuromodsim.equations import D2_TERMINAL_DREYER, TERMINAL_AUTORECEPTOR
    >>> own = Autoreceptor(
    ...     name="terminal", receptor=D2_TERMINAL_DREYER, effect=TERMINAL_AUTORECEPTOR
    ... )
    >>> own.acts_on
    'release'
    """

    name: str
    receptor: ReceptorModel
    effect: EffectModel
    acts_on: Literal["release", "nucleus"] = "release"

    def __post_init__(self) -> None:
        """Check the types of the receptor and the effect, and the target."""
        of = f"of '{expect_compiled('autoreceptor', self.name)}'"
        expectations.kind(f"The receptor {of}", self.receptor, ReceptorModel)
        expectations.kind(f"The effect {of}", self.effect, EffectModel)
        if self.acts_on not in ACTS_ON:
            raise unknown(f"target of the autoreceptor {self.name}:", str(self.acts_on), ACTS_ON)


@dataclass(frozen=True)
class Neuromodulator:
    """A neuromodulator: nucleus, release, extracellular compartment, receptors, effects and drugs.

    Parameters
    ----------
    name
        Such as ``"dopamine"``; the components of the circuit are named after it.
    pool
        The extracellular compartment: the concentration ``C`` and its clearance.
    geometry
        `WellMixed`, or a `Line`, a `Sheet` or a `Box` of voxels.
    nucleus
        The releasing cells: a population, or the name of one in the circuit (or the task). None if the
        concentration is prescribed.
    release
        The effect of a spike of the nucleus on the extracellular compartment.
    sites
        The number of release sites, each assigned to a randomly drawn cell and voxel
        (``geometry.sites(density)`` computes it); without it, each cell releases in every region.
    wiring
        An explicit assignment of cells to regions, instead of ``sites``.
    receptors, autoreceptors
        Receptors, messengers and sensors that read the concentration, by name.
    effects
        What its levels modulate.
    drugs
        Drugs that compete for its transporters and receptors.
    compartment_of
        The spatial mapping: for each population, the region or voxel of each cell, shape ``(cell,)``, where
        there are several.
    initial
        Initial values of the variables of the compartment, such as ``{"C": 10 * nM}``.

    Examples
    --------
    >>> from neuromodsim.equations import D1_EJDRUP, DA_VS_EJDRUP, DOPAMINE_NEURON, QUANTAL_RELEASE
    >>> dopamine = Neuromodulator(
    ...     name="dopamine",
    ...     nucleus=Population(name="vta", size=10, model=DOPAMINE_NEURON),
    ...     release=QUANTAL_RELEASE,
    ...     pool=DA_VS_EJDRUP,
    ...     receptors={"D1": D1_EJDRUP},
    ... )
    >>> dopamine.released_from
    'vta'
    """

    name: str
    pool: ModulatorModel
    geometry: Geometry = field(default_factory=WellMixed)
    nucleus: Population | str | None = None
    release: SynapseModel | None = None
    sites: int | None = None
    wiring: Wiring | None = None
    receptors: Mapping[str, ReceptorModel] = field(default_factory=dict)
    autoreceptors: tuple[Autoreceptor, ...] = ()
    effects: tuple[Effect, ...] = ()
    drugs: tuple[Drug, ...] = ()
    compartment_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check for a nucleus without release, a release without nucleus, and names that cannot be used."""
        self._expect_kinds()
        if (self.nucleus is None) != (self.release is None):
            raise WrongInput(f"'{self.name}' needs both a nucleus and a release, or neither.")
        expect_name("neuromodulator", self.name)
        for part, kind in {"effects": Effect, "autoreceptors": Autoreceptor, "drugs": Drug}.items():
            given = getattr(self, part)
            if not isinstance(given, tuple | list) or not all(isinstance(one, kind) for one in given):
                raise WrongInput(f"The {part} of '{self.name}' must be a tuple of {kind.__name__}(...).")
        self._expect_sites()
        self._expect_effects_once()
        names = [*self.receptors, *(a.name for a in self.autoreceptors)]
        for name in names:
            expect_name("receptor", name)
            if names.count(name) > 1:
                raise WrongInput(f"'{self.name}' has two receptors named '{name}'; rename the autoreceptor.")
        for drug in self.drugs:
            expect_name("drug", drug.name)

    def _expect_kinds(self) -> None:
        of = f"of '{expect_compiled('neuromodulator', self.name)}'"
        expectations.kind(f"The pool {of}", self.pool, ModulatorModel)
        expectations.kind(f"The geometry {of}", self.geometry, WellMixed, Grid)
        if self.nucleus is not None:
            expectations.kind(f"The nucleus {of}", self.nucleus, Population, str)
        if self.release is not None:
            expectations.kind(f"The release {of}", self.release, SynapseModel)
        for name, receptor in expectations.mapping(f"The receptors {of}", self.receptors, "names").items():
            expectations.kind(f"The receptor '{name}' {of}", receptor, ReceptorModel)
        expectations.mapping(f"'initial' {of}", self.initial, "names of variables to values")
        keep(self, compartment_of=expectations.spatial_mapping(self.name, self.compartment_of))

    def _expect_effects_once(self) -> None:
        """Refuse one effect of one level given twice, which would act twice."""
        for index, one in enumerate(self.effects):
            others = self.effects[:index]
            if any(o.model is one.model and (o.on, o.reads) == (one.on, one.reads) for o in others):
                raise WrongInput(f"'{self.name}' has the effect '{one.model.name}' on '{one.on}' twice.")

    def _expect_sites(self) -> None:
        if self.sites is None:
            return
        if self.wiring is not None:
            raise WrongInput(f"'{self.name}' has both sites and a wiring; give one of them.")
        if not isinstance(self.sites, int | np.integer) or self.sites < 1:
            raise WrongInput(f"The sites of '{self.name}' are a whole number from 1 up; got {self.sites}.")

    @property
    def released_from(self) -> str:
        """The name of the nucleus."""
        return self.nucleus.name if isinstance(self.nucleus, Population) else str(self.nucleus)
