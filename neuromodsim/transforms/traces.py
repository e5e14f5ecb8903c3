"""Spike traces that belong to a cell, kept by the cell.

A rule in the form of papers gives every synapse its own trace of presynaptic spikes, ``x``, and of
postsynaptic ones, ``y``. Where a spike sets or raises such a trace by the same amount everywhere, all
synapses of a cell hold the same number, so it is kept once per cell: one multiplication per cell and
step instead of an exponential per synapse and spike. The event-driven program does this; the clock-driven one
keeps the traces where the rule puts them, so that each can check the other.

A trace moves only where nothing can tell that it did. Any use of it that is not known to be one of
those below keeps it in the synapse, where Brian2 works it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from brian2.equations import Equations
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.circuit import Circuit, Part
from neuromodsim.description.event_names import EventName
from neuromodsim.description.layout import swap
from neuromodsim.description.model import Model, Parameter, SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.simplified import simplified
from neuromodsim.transforms.statements import Statement, joined, statements
from neuromodsim.units.quantities import unit_text


@dataclass(frozen=True)
class Trace:
    """One trace that a cell can keep: its name and unit, its decay rate, and what a spike does."""

    name: str
    unit: str
    rate: str
    setting: Statement
    of_source: bool  # of the presynaptic cell, else the postsynaptic one


@dataclass(frozen=True)
class Kept:
    """A trace at a cell: what the cell calls it and the parameters of its rule."""

    projection: Projection
    trace: Trace
    name: str
    borrowed: Mapping[str, str]  # parameter of the rule -> its name at the cell

    @property
    def seen(self) -> str:
        """What synapses call it."""
        return f"{self.name}_{'pre' if self.trace.of_source else 'post'}"

    @property
    def present(self) -> str:
        """What it has come to since the step before, for synapses that are looked at between steps."""
        return f"{self.seen}*exp(-dt*({self.trace.rate}))"


def movable(projection: Projection) -> list[Trace]:
    """Return the traces of a rule that cells can keep, from a rule whose code reads no subexpressions.

    With a delay, a synapse sees a spike of its source later than the cell, so presynaptic traces stay, and so
    do postsynaptic ones with a delay of the target's spikes.
    """
    model = projection.model
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    slopes = dict(equations.get_substituted_expressions())
    # Synapses of one cell may begin with different values; the others are things that only synapses have.
    begun = {*model.initial, *projection.initial, *model.single, *model.bounds, *model.modulators}
    traces = []
    for name in equations:
        if "event-driven" not in equations[name].flags or name in begun:
            continue
        # An equation that reads it is a use that is not known to see the same from a cell.
        if any(name in get_identifiers(str(e.expr)) for n, e in equations.items() if n != name and e.expr):
            continue
        found = _setting(name, model, "delay" in projection.delays, "post_delay" in projection.delays)
        if found is None:
            continue
        rate = simplified(str_to_sympy(f"-({slopes[name]})/{name}"))
        if {str(s) for s in rate.free_symbols} <= set(model.parameters):
            traces.append(Trace(name, unit_text(equations[name].dim), sympy_to_str(rate), *found))
    return traces


def _setting(
    name: str, model: SynapseModel, pre_delayed: bool, post_delayed: bool
) -> tuple[Statement, bool] | None:
    """Return the one statement that writes a trace, and whether the source's spikes run it.

    It must be all that these spikes say of the trace, and the same for all synapses. Spikes of the other
    cell may read it. Events of the source may read a trace of the target, not one of the source itself,
    whose order within the step of a spike is not theirs.
    """
    pre, post = (
        [line for line in statements(code) if name in line.names] for code in (model.on_pre, model.on_post)
    )
    codes = [(EventName.read(event).of, code) for event, code in model.on_event.items()]
    if any(
        name in line.names
        for of, c in [("step", model.step), *codes]
        if of != "own"
        for line in statements(c)
    ):
        return None
    events = [line for _, code in codes for line in statements(code) if name in line.names]
    # A trace of the source is set by its spikes and may be read at those of the target, and the other way
    # round.
    for of_source, own, others in ((True, pre, post), (False, post, [*pre, *events])):
        delayed = pre_delayed if of_source else post_delayed
        if delayed or (of_source and events) or len(own) != 1:
            continue
        (setting,) = own
        same = get_identifiers(setting.expression) <= set(model.parameters)
        only_read = all(line.variable != name for line in others)
        if setting.variable == name and setting.operator in ("=", "+=") and same and only_read:
            return setting, of_source
    return None


def without(model: SynapseModel, kept: list[Kept]) -> SynapseModel:
    """Return a rule that reads traces from its cells, and neither declares nor sets them."""
    if not kept:
        return model
    seen = {k.trace.name: k.seen for k in kept}
    equations = Equations(model.equations)
    rest = [name for name in equations if name not in seen]

    def rewritten(code: str) -> str:
        return joined([line.reading(seen) for line in statements(code) if line.variable not in seen])

    return replace(
        model,
        equations=lines(equations, rest),
        on_pre=rewritten(model.on_pre),
        on_post=rewritten(model.on_post),
        on_event={event: rewritten(code) for event, code in model.on_event.items()},
    )


@dataclass
class CellTraces:
    """The traces that the cells of a circuit keep for their synapses."""

    models: dict[str, SynapseModel] = field(default_factory=dict)  # what is left of each rule, by projection
    kept: dict[str, list[Kept]] = field(default_factory=dict)  # by population
    seen: dict[str, list[Kept]] = field(default_factory=dict)  # by projection
    taken: set[str] = field(default_factory=set)  # names that are in use

    @classmethod
    def of(cls, circuit: Circuit) -> "CellTraces":
        """Return what cells can keep for the synapses of a circuit."""
        taken = named_in(circuit)
        found = cls(taken=taken)
        for projection in circuit.projections:
            ends = [_owner(circuit, projection.source), _owner(circuit, projection.target)]
            if None in ends:
                continue
            for trace in movable(projection):
                owner = ends[0 if trace.of_source else 1]
                name = fresh(f"{projection.name}_{trace.name}", taken)
                read = get_identifiers(trace.rate) | get_identifiers(trace.setting.expression)
                lent = sorted(read & set(projection.model.parameters))
                borrowed = {n: fresh(f"{projection.name}_{trace.name}_{n}", taken) for n in lent}
                kept = Kept(projection, trace, name, borrowed)
                found.kept.setdefault(str(owner), []).append(kept)
                found.seen.setdefault(projection.name, []).append(kept)
            found.models[projection.name] = without(projection.model, found.seen.get(projection.name, []))
        return found

    def equations(self, population: str) -> tuple[str, str]:
        """Return what a population declares for its traces, and how a step lets them decay."""
        declared, step = "", ""
        for kept in self.kept.get(population, []):
            declared += f"{kept.name} : {kept.trace.unit}\n"
            step += f"\n{kept.name} *= exp(-dt*({swap(kept.trace.rate, kept.borrowed)}))"
            for name, here in kept.borrowed.items():
                own: Parameter = kept.projection.model.parameters[name]
                declared += f"{here} : {own.declared}\n"
        return declared, step


def fresh(name: str, taken: set[str]) -> str:
    """Return a name that nothing in a circuit has, and note it."""
    if name.endswith(("_pre", "_post")):  # Brian2's, for the two ends of a synapse
        name = f"{name}_trace"
    known, count = name, 2
    while taken & {name, f"{name}_pre", f"{name}_post"}:
        name, count = f"{known}_{count}", count + 1
    taken.add(name)
    return name


def named_in(circuit: Circuit) -> set[str]:
    """Return every name that any model of a circuit uses, and all its components."""
    parts: tuple[Part, ...] = (*circuit.populations, *circuit.modulators, *circuit.projections)
    return set().union(*({part.name} | _named(part.model) for part in parts))


def _named(model: Model) -> set[str]:
    values = [getattr(model, f.name) for f in fields(model)]
    texts = [v for v in values if isinstance(v, str)]
    for value in values:
        if isinstance(value, Mapping):
            texts += [*value, *(v for v in value.values() if isinstance(v, str))]
    return set().union(*map(get_identifiers, texts))


def _owner(circuit: Circuit, name: str) -> str | None:
    """Return the population that a population or part belongs to, if it can keep traces."""
    for population in circuit.populations:
        if name in {population.name, *population.stretches()} and _can_keep(population):
            return population.name
    return None


def _can_keep(population: Population) -> bool:
    return population.layer is None and bool(population.model.threshold)
