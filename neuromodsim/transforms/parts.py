"""The parts of a circuit by name, while neuromodulators are added to it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from neuromodsim.description import expectations
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.drug import Drug
from neuromodsim.description.effect import Effect
from neuromodsim.description.model import parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.paths import dimensions
from neuromodsim.description.population import Population
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms.effect import apply, tidy
from neuromodsim.transforms.levels import alike, expect_one
from neuromodsim.transforms.neuromodulator import modulator_of, release_of
from neuromodsim.transforms.pool import with_blockers
from neuromodsim.units.quantities import unit_text


class Parts:
    """The parts of a circuit by name, while neuromodulators are added to it."""

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
        new: list[tuple[dict[str, Any], Any]] = [(self.modulators, modulator_of(one, later))]
        if isinstance(one.nucleus, Population):
            new.append((self.populations, one.nucleus))
        release = release_of(one)
        if release is not None:
            new.append((self.projections, release))
        for kind, part in new:
            if part.name in {*self.populations, *self.modulators, *self.projections}:
                raise WrongInput(f"The circuit has a '{part.name}' already.")
            kind[part.name] = part

    def expect_compartments(self, one: Neuromodulator) -> None:
        """Refuse a spatial mapping of cells that are not there, of too few of them, or to unknown voxels."""
        sizes = {p.name: p.size for p in self.populations.values()}
        sizes |= {m.name: m.regions for m in self.modulators.values()}
        what = f"'compartment_of' of '{one.name}'"
        for name, given in one.compartment_of.items():
            if name not in sizes:
                raise unknown(f"population in compartment_of of {one.name}", name, sizes)
            expectations.compartments(what, name, given, sizes[name], one.geometry.voxels)

    def expect_initial(self, one: Neuromodulator) -> None:
        """Refuse an initial value of what neither the pool nor its receptors, drugs and effects have."""
        known = dimensions(self.modulators[one.name].model)
        for name in one.initial:
            if name not in known:
                raise unknown(f"variable of {one.name} to start from", name, known)

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
            # An effect before this one may have linked the same level already; then it is read by the same
            # name.
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
        if read.regions > 1 and reader not in read.compartment_of and alike(read) != alike(reading):
            raise WrongInput(
                f"'{reader}' reads '{owner}' region by region, and their regions differ; use "
                f"'compartment_of' of '{owner}' to map each region of '{reader}' to one of them."
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
        # A synapse's names of levels are words of its equations, where a path has a full stop.
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
