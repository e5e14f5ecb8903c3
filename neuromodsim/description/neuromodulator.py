"""A neuromodulator from end to end: nucleus, release, extracellular pool, receptors, what they change.

A `Neuromodulator` is a value that describes; `attach` writes it out as parts of a circuit::

    nucleus ──spikes──► release ──► pool: C ──► receptors: D1, D2 ──► cells, synapses
                           ▲                        │
                           └────── autoreceptors ◄──┘

The pool and its receptors become one modulator of the circuit, one row per voxel, with the
concentration ``dopamine.C``, a level per receptor (``dopamine.D1``), and all their parameters
(``dopamine.V_max``, ``dopamine.D1_K_d``). Release becomes the projection ``dopamine_release``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from brian2 import metre
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description import expectations
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import AllToAll, FixedTotalNumber, Wiring
from neuromodsim.description.effect import Effect, apply, tidy
from neuromodsim.description.fields import keep
from neuromodsim.description.geometry import Geometry, Grid, WellMixed
from neuromodsim.description.layout import expect_name
from neuromodsim.description.levels import alike, expect_one
from neuromodsim.description.model import (
    EffectModel,
    ModulatorModel,
    Parameter,
    ReceptorModel,
    SynapseModel,
    parsed,
)
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.places import expect_places
from neuromodsim.description.pool import Drug, pool_with, with_blockers
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.unit_check import expect_pool
from neuromodsim.description.words import expect_compiled
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.quantities import unit_text


@dataclass(frozen=True, kw_only=True)
class Autoreceptor:
    """A receptor by which a neuromodulator acts on its own release, or on the cells that release it.

    What the effect reads, whatever it calls it, is this receptor.
    """

    name: str
    receptor: ReceptorModel
    effect: EffectModel
    acts_on: Literal["release", "nucleus"] = "release"

    def __post_init__(self) -> None:
        """Refuse what is no receptor, and what it cannot act on."""
        of = f"of '{expect_compiled('autoreceptor', self.name)}'"
        expectations.kind(f"The receptor {of}", self.receptor, ReceptorModel)
        expectations.kind(f"The effect {of}", self.effect, EffectModel)
        if self.acts_on not in ("release", "nucleus"):
            raise unknown(f"place that {self.name} acts on", str(self.acts_on), ("release", "nucleus"))


@dataclass(frozen=True)
class Neuromodulator:
    """A neuromodulator: who releases it, how, into what, who senses it, and what that changes.

    Parameters
    ----------
    name
        Such as ``"dopamine"``; its parts in a circuit are named after it.
    pool
        The extracellular concentration ``C`` and what clears it.
    geometry
        `WellMixed`, or a `Line`, a `Sheet` or a `Box` of voxels.
    nucleus
        The cells that release it: a population, or the name of one in the circuit (or of the task).
        None where the concentration is prescribed.
    release
        What a spike of the nucleus does to the pool.
    sites
        How many release sites there are, each of a cell and in a voxel drawn at random
        (``geometry.sites(density)`` counts them); without it each cell reaches every region.
    wiring
        Which cell releases where, instead.
    receptors, autoreceptors
        What senses the concentration, by name.
    effects
        What its levels change, and where.
    drugs
        What competes for its transporters and receptors.
    region_of
        The region of each cell of a population, shape ``(cell,)``, where there are several.
    initial
        Initial values of the pool's variables, such as ``{"C": 10 * nM}``.
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
    region_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a nucleus that releases nothing, a release from nowhere, and names that do not work."""
        self._expect_kinds()
        if (self.nucleus is None) != (self.release is None):
            raise WrongInput(f"'{self.name}' needs both a nucleus and a release, or neither.")
        expect_name("neuromodulator", self.name)
        for part, kind in {"effects": Effect, "autoreceptors": Autoreceptor, "drugs": Drug}.items():
            given = getattr(self, part)
            if not isinstance(given, tuple | list) or not all(isinstance(one, kind) for one in given):
                raise WrongInput(f"The {part} of '{self.name}' must be a tuple of {kind.__name__}(...).")
        self._expect_sites()
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
        keep(self, region_of=expectations.places(self.name, self.region_of))

    def _expect_sites(self) -> None:
        if self.sites is None:
            return
        if self.wiring is not None:
            raise WrongInput(f"'{self.name}' has both sites and a wiring; give one of them.")
        if not isinstance(self.sites, int | np.integer) or self.sites < 1:
            raise WrongInput(f"The sites of '{self.name}' are a whole number from 1 up, not {self.sites}.")

    @property
    def released_from(self) -> str:
        """The name of the nucleus."""
        return self.nucleus.name if isinstance(self.nucleus, Population) else str(self.nucleus)

    def modulator(self, later: Collection[str] = ()) -> Modulator:
        """Return its pool with receptors and drugs, as a part of a circuit.

        Drugs whose targets are in ``later`` are left out: effects have yet to bring these.
        """
        grid = self.geometry if isinstance(self.geometry, Grid) else None
        region = self.geometry.voxel_volume
        least, most = (0 * metre**3, None) if grid is None else (region, region)  # dx is compiled in
        volume = Parameter(region, "volume of a region, cells and all", low=least, high=most)
        own = {a.name: a.receptor for a in self.autoreceptors}
        drugs = [drug for drug in self.drugs if drug.target not in later]
        pool = pool_with(self.pool, {**self.receptors, **own}, drugs)
        expect_pool(pool)
        if pool.method == "exact" and (grid is not None or pool is not self.pool):
            pool = replace(pool, method="relaxation")  # receptors are not linear
        if grid is not None and pool.method == "relaxation":
            pool = replace(pool, method="spreading")
        if self.release is not None:
            pool = replace(pool, parameters={**pool.parameters, "voxel_volume": volume})
        return Modulator(
            name=self.name,
            model=pool,
            regions=self.geometry.voxels,
            grid=grid,
            initial=self.initial,
            region_of=self.region_of,
        )

    def projection(self) -> Projection | None:
        """Return its release, as a part of a circuit."""
        if self.release is None:
            return None
        self._expect_release(self.release)
        wiring = self.wiring or (AllToAll() if self.sites is None else FixedTotalNumber(self.sites))
        return Projection(
            name=f"{self.name}_release",
            source=self.released_from,
            target=self.name,
            model=self.release,
            wiring=wiring,
        )

    def _expect_release(self, release: SynapseModel) -> None:
        """Raise `WrongInput` if a release reads or raises what the pool does not have."""
        here = {*parsed(self.pool.equations), *self.pool.parameters, "voxel_volume", "i", "N"}
        for code in (release.equations, release.on_pre, *release.on_event.values()):
            named = {n.removesuffix("_post") for n in get_identifiers(code) if n.endswith("_post")}
            for name in sorted(named - here):
                raise WrongInput(
                    f"'{release.name}' needs a pool with '{name}', which '{self.pool.name}' lacks."
                )

    def all_effects(self) -> list[Effect]:
        """Return its effects, those of its autoreceptors included."""
        acts_on = {"release": f"{self.name}_release", "nucleus": self.released_from}
        own = [
            Effect(a.effect, on=acts_on[a.acts_on], reads=dict.fromkeys(a.effect.reads, a.name))
            for a in self.autoreceptors
        ]
        return [*own, *self.effects]


def attach(circuit: Circuit, *neuromodulators: Neuromodulator) -> Circuit:
    """Return a circuit with neuromodulators in it.

    Parameters
    ----------
    circuit
        The populations and projections that are modulated, and any nucleus that is named only.
    neuromodulators
        In any order: effects may read the levels of each other.

    Raises
    ------
    WrongInput
        If a name is taken, or an effect has no target or nothing to read.
    """
    expectations.kind("What neuromodulators are attached to", circuit, Circuit)
    for one in neuromodulators:
        expectations.kind("What is attached to a circuit", one, Neuromodulator)
    expect_places(circuit)
    parts = _Parts(circuit)
    effects = [(one, effect) for one in neuromodulators for effect in one.all_effects()]
    brought = {
        one.name: {t for _, e in effects if e.on == one.name for t in e.model.transporters}
        for one in neuromodulators
    }
    for one in neuromodulators:
        parts.add(one, brought[one.name])
    for one, effect in effects:
        parts.affect(one, effect)
    for one in neuromodulators:
        parts.expect_places(one)
        parts.block([drug for drug in one.drugs if drug.target in brought[one.name]], one.name)
    whole = parts.circuit()
    expect_places(whole)
    return whole


class _Parts:
    """The parts of a circuit by name, while neuromodulators are attached to it."""

    def __init__(self, circuit: Circuit) -> None:
        self.populations = {p.name: p for p in circuit.populations}
        self.modulators = {m.name: m for m in circuit.modulators}
        self.projections = {p.name: p for p in circuit.projections}
        self.links = dict(circuit.links)

    def circuit(self) -> Circuit:
        """Return the whole."""
        return Circuit(
            populations=tuple(self.populations.values()),
            modulators=tuple(self.modulators.values()),
            projections=tuple(self.projections.values()),
            links=self.links,
        )

    def add(self, one: Neuromodulator, later: Collection[str]) -> None:
        """Add the nucleus, the pool and the release of a neuromodulator."""
        new: list[tuple[dict[str, Any], Any]] = [(self.modulators, one.modulator(later))]
        if isinstance(one.nucleus, Population):
            new.append((self.populations, one.nucleus))
        release = one.projection()
        if release is not None:
            new.append((self.projections, release))
        for kind, part in new:
            if part.name in {*self.populations, *self.modulators, *self.projections}:
                raise WrongInput(f"The circuit has a '{part.name}' already.")
            kind[part.name] = part

    def expect_places(self, one: Neuromodulator) -> None:
        """Refuse regions of cells that are not there, too few of them, or regions outside the pool."""
        sizes = {p.name: p.size for p in self.populations.values()}
        sizes |= {m.name: m.regions for m in self.modulators.values()}
        last = one.geometry.voxels - 1
        for name, place in one.region_of.items():
            if name not in sizes:
                raise unknown(f"population in region_of of {one.name}", name, sizes)
            if len(place) != sizes[name]:
                raise WrongInput(
                    f"'region_of' of '{one.name}' places {len(place)} of the {sizes[name]} rows of '{name}'."
                )
            if not all(0 <= region <= last for region in place):
                raise WrongInput(
                    f"'region_of' of '{one.name}' places '{name}' in regions {min(place)} to {max(place)}; "
                    f"there are only 0 to {last}."
                )

    def affect(self, one: Neuromodulator, effect: Effect) -> None:
        """Put an effect of a neuromodulator on its target."""
        named = {name: effect.reads.get(name, name) for name in effect.model.reads}
        levels = {name: path if "." in path else f"{one.name}.{path}" for name, path in named.items()}
        for path in levels.values():
            self._unit(path)  # refuses what is not there
        if effect.on in self.populations:
            self._affect_rows(self.populations, effect, levels)
        elif effect.on in self.modulators:
            self._affect_rows(self.modulators, effect, levels)
        elif effect.on in self.projections:
            self._affect_synapses(effect, levels)
        else:
            known = (*self.populations, *self.modulators, *self.projections)
            raise unknown(f"target of {effect.model.name}", effect.on, known)

    def block(self, drugs: list[Drug], pool: str) -> None:
        """Let drugs compete for transporters that effects have brought to a pool."""
        if drugs:
            part = self.modulators[pool]
            self.modulators[pool] = replace(part, model=with_blockers(part.model, drugs))

    def _unit(self, path: str) -> str:
        """Return the unit of a level of some modulator, given as ``dopamine.D1``."""
        name, _, level = path.partition(".")
        if name not in self.modulators:
            raise unknown("modulator", name, self.modulators)
        equations = parsed(self.modulators[name].model.equations)
        if level not in equations:
            raise unknown(f"level of {name}", level, equations)
        return unit_text(equations[level].dim)

    def _affect_rows(self, kind: dict[str, Any], effect: Effect, levels: Mapping[str, str]) -> None:
        """Change cells or pools, which read a level of another pool through a link."""
        part = kind[effect.on]
        names, declared = self._linked(effect.on, levels)
        kind[effect.on] = replace(part, model=apply(effect.model, part.model, names, declared))

    def _linked(self, reader: str, levels: Mapping[str, str]) -> tuple[dict[str, str], str]:
        """Return what levels are called in a reader, and lines that declare those not linked yet."""
        names, declared = {}, ""
        for name, path in levels.items():
            owner, _, level = path.partition(".")
            self._expect_same_regions(owner, reader)
            here = level if owner == reader else f"{owner}_{level}"
            names[name] = here
            if owner == reader:
                continue
            known = self.links.get(f"{reader}.{here}")
            expect_one(reader, here, known, path)
            if known is None:
                self._expect_free(reader, here)
                self.links[f"{reader}.{here}"] = path
                declared += f"{here} : {self._unit(path)} (linked)\n"
        return names, declared

    def _expect_free(self, reader: str, here: str) -> None:
        """Refuse a reader with a variable or parameter of its own that is called as what it is to read."""
        part: Population | Modulator = (
            self.populations[reader] if reader in self.populations else self.modulators[reader]
        )
        if here in part.model.parameters or here in parsed(part.model.equations):
            raise WrongInput(
                f"'{reader}' has a '{here}' of its own, which would name a level too; rename it."
            )

    def _expect_same_regions(self, owner: str, reader: str) -> None:
        """Refuse to read one pool from another, region by region, where the regions are others."""
        if reader not in self.modulators:
            return
        read, reading = self.modulators[owner], self.modulators[reader]
        if read.regions > 1 and reader not in read.region_of and alike(read) != alike(reading):
            raise WrongInput(
                f"'{reader}' reads '{owner}' region by region, and their regions differ; 'region_of' of "
                f"'{owner}' can say which of them each region of '{reader}' lies in."
            )

    def _affect_synapses(self, effect: Effect, levels: Mapping[str, str]) -> None:
        """Change synapses: those onto a pool read it as their target, others as a third factor."""
        projection = self.projections[effect.on]
        if projection.target in self.modulators:
            names, declared = self._linked(projection.target, levels)
            if declared:
                pool = self.modulators[projection.target]
                model = replace(pool.model, equations=f"{tidy(pool.model.equations)}\n{declared}")
                self.modulators[projection.target] = replace(pool, model=model)
            read = {name: f"{here}_post" for name, here in names.items()}
            onto_pool = apply(effect.model, projection.model, read)
            self.projections[effect.on] = replace(projection, model=onto_pool)
            return
        names = {name: path.replace(".", "_") for name, path in levels.items()}
        read_by = {here: projection.modulators.get(here, here) for here in projection.model.modulators}
        for name, here in names.items():
            expect_one(effect.on, here, read_by.setdefault(here, levels[name]), levels[name])
        new = [n for n in levels if names[n] not in projection.model.modulators]
        declared = "".join(f"{names[n]} : {self._unit(levels[n])}\n" for n in new)
        changed = apply(effect.model, projection.model, names, declared)
        changed = replace(changed, modulators=(*changed.modulators, *(names[n] for n in new)))
        read_as = {**projection.modulators, **{names[n]: levels[n] for n in new}}
        self.projections[effect.on] = replace(projection, model=changed, modulators=read_as)
