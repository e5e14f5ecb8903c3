"""A projection as Brian2 synapses: its rule, its wiring, and its place within a time step."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from brian2 import Synapses, second
from brian2.core.variables import ArrayVariable
from brian2.utils.stringtools import get_identifiers

from neuromodsim.builder import pacemaker, reading
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.draft import Draft, per_replica
from neuromodsim.builder.ends import End, end_of
from neuromodsim.builder.every_synapse import add_step, slowed
from neuromodsim.builder.groups import add_lookups
from neuromodsim.builder.inputs import InputSource
from neuromodsim.builder.layers import arrange_synapses
from neuromodsim.builder.reductions import PRESENT, as_sums, compute_in_time, reduce
from neuromodsim.builder.region import add_region
from neuromodsim.builder.rule import Rule, derive_rule
from neuromodsim.description.connectivity import AllToAll
from neuromodsim.description.delays import SIDES, individual
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput
from neuromodsim.numerics import integration
from neuromodsim.transforms.distant_events import read_of_task
from neuromodsim.transforms.synaptic_chance import KEY, NUMBER, of_method


def add_projection(draft: Draft, projection: Projection) -> None:
    """Add the synapses of a projection, and all that they read."""
    source, target = end_of(draft, projection.source), end_of(draft, projection.target)
    rule = derive_rule(draft, projection, source, target)
    add_lookups(draft, projection.name, rule.model)
    synapses = _synapses(draft, projection, rule, source, target)
    draft.built.groups[projection.name] = synapses
    draft.built.network.add(synapses)
    draft.built.pairs[projection.name] = i, j = draft.wiring[projection.name]
    for field in projection.individual_delays:
        draft.built.delay_runs[projection.name, SIDES[field]] = len(draft.built.delay_runs)
    _let_read(draft, projection, rule, source.group, target.group)
    clock = _clock(draft, projection, rule, synapses)
    # After the step of the synapses' own equations, at 0, which may have led over a bound.
    if rule.program.every_step:
        synapses.run_regularly(rule.program.every_step, when="groups", order=5, clock=clock)
    _connect(synapses, i, j)
    if KEY in synapses.variables:
        synapses.variables.add_arange(NUMBER, size=len(i))
    _note_present(draft, rule, synapses)
    _list_settable(draft, rule, synapses)
    _list_delays(draft, projection, synapses)
    learns = _learns(projection, source, target)
    if source.layer is not None and learns is not None:
        paths = [*rule.codes, *(path for path in rule.post if path != "post")]
        arrange_synapses(synapses, paths, source.layer, learns)
    if rule.step:
        add_step(synapses, rule.step, clock, learns, [*rule.codes, *rule.post])
    _let_speed_up(draft, projection, rule, source, target)


def _clock(draft: Draft, projection: Projection, rule: Rule, synapses: Any) -> Any:
    """Return the clock of the synapses' own code: that of the run, or one of their own time step."""
    if projection.dt is None:
        return draft.built.clock
    if rule.program.region_step:
        raise WrongInput(
            f"'dt' of '{projection.name}' has no effect on a rule that is integrated with its third factor."
        )
    return slowed(synapses, projection.dt, draft.experiment.dt)


def _learns(projection: Projection, source: End, target: End) -> int | None:
    """Return the layer after which a projection learns; None where its cells have no layers."""
    if source.layer is None:
        return None
    # Learning comes after the target has seen the spikes of this step.
    learns = target.layer if projection.learn_after_layer is None else projection.learn_after_layer
    return source.layer if learns is None else learns


def _synapses(draft: Draft, projection: Projection, rule: Rule, source: End, target: End) -> Any:
    """Return the synapses, not yet wired."""
    model, program, codes, post = rule.model, rule.program, rule.codes, rule.post
    # One delay for all, even if it is zero: Brian2 keeps one per synapse otherwise.
    delays = dict.fromkeys([*codes, *post], 0 * second)
    delays |= {SIDES[name]: delay for name, delay in projection.delays.items()}
    delays = {path: delay for path, delay in delays.items() if not individual(delay)}
    cells = _cells(draft, source, target)
    equations, chosen = as_sums(program.equations, cells)
    synapses = Synapses(
        source.rows,
        target.rows,
        f"{equations}\n{model.declarations()}",
        on_pre=dict(codes) or None,
        on_post=dict(post) or None,
        on_event=dict(rule.events),
        delay=delays,
        clock=draft.built.clock,
        method=integration.method(model.method, chance=_chance(draft, projection)),
        # Under the name by which the synapse holds it, which may be another than the rule's.
        dtype={program.shown.get(n, n): np.float32 for n in model.single},
        name=projection.name,
    )
    reduce(draft.built, synapses, chosen, cells)
    compute_in_time(synapses, chosen, {"_pre": source, "_post": target})
    if projection.update_interval is not None:
        clock = SlowClock(projection.update_interval, draft.experiment.dt, f"{projection.name}_clock")
        for updater in synapses.summed_updaters.values():
            updater._clock = clock  # Brian2 has no argument for this
            updater.when, updater.order = PRESENT
    return synapses


def _cells(draft: Draft, source: End, target: End) -> dict[str, str]:
    """Return what a synapse reads as the number of the cell at its other end, by its end written to."""
    if not draft.several:
        return {"_post": "i", "_pre": "j"}
    ends = {"_post": ("replica_i_pre", source), "_pre": ("replica_i_post", target)}
    # Of a part, counted from its first cell; in a population, replicas stand side by side within each part.
    first = {side: end.stretch.start // draft.circuit.tasks for side, (_, end) in ends.items()}
    return {side: f"({name} - {first[side]})" for side, (name, _) in ends.items()}


def _chance(draft: Draft, projection: Projection) -> Callable[[str], str] | None:
    each = per_replica(draft.circuit, draft.wiring[projection.name])
    return of_method(projection.model, each)


def _let_read(draft: Draft, projection: Projection, rule: Rule, source: Any, target: Any) -> None:
    """Let synapses read modulators, integrals of rates that move between spikes, and links of their cells."""
    if rule.program.region_step:
        add_region(draft, projection, rule.model, rule.program, target)
    pacemaker.add_all_paces(draft, projection, rule.model, rule.paces, source, target)
    synapses, ends = draft.built.groups[projection.name], {"_pre": source, "_post": target, "": target}
    reading.read_links(draft, synapses, get_identifiers(rule.text), ends)
    reading.read_own_links(draft, synapses, target)
    reading.read_task(draft, synapses, read_of_task(rule.model, draft.experiment.task), target)


def _connect(synapses: Any, sources: Any, targets: Any) -> None:
    if len(sources):
        synapses.connect(i=sources, j=targets)
    else:  # Brian2 looks for the largest of no indices
        synapses.connect(condition="False")


def _note_present(draft: Draft, rule: Rule, synapses: Any) -> None:
    """Note what recorders see of variables that are kept otherwise than the rule writes them."""
    present: dict[str, tuple[str, str]] = {n: (held, held) for n, held in rule.program.shown.items()}
    present |= {p.name: (f"({p.settled(p.next)})", p.name) for p in rule.paces}
    traces = draft.traces.seen.get(synapses.name, [])
    present |= {k.trace.name: (f"({k.present})", k.seen) for k in traces}
    draft.built.present[synapses.name] = {
        name: (expression, synapses.variables[unit_of].dim) for name, (expression, unit_of) in present.items()
    }


def _list_settable(draft: Draft, rule: Rule, synapses: Any) -> None:
    """List parameters and variables, each by the name that it has in the rule."""
    name, shown, built = synapses.name, rule.program.shown, draft.built
    of_the_rule = {held: variable for variable, held in shown.items()}
    built.shown |= {f"{name}.{variable}": held for variable, held in shown.items()}
    at_spikes = synapses.event_driven.diff_eq_names if synapses.event_driven else ()
    names = (*rule.model.parameters, *synapses.equations, *sorted(at_spikes))
    for held in dict.fromkeys(names):
        variable = synapses.variables.get(held)
        if isinstance(variable, ArrayVariable) and not variable.read_only:
            size = 1 if variable.scalar else len(built.pairs[name][0])
            built.add_input(built.path(name, of_the_rule.get(held, held)), variable, size)


def _list_delays(draft: Draft, projection: Projection, synapses: Any) -> None:
    """List the delays of a projection: one for all synapses, or one of each."""
    name, count = projection.name, len(draft.built.pairs[projection.name][0])
    for field in projection.delays:
        variable = getattr(synapses, SIDES[field]).variables["delay"]
        if field in projection.individual_delays:
            draft.built.add_input(f"{name}.{field}", variable, count)
        else:
            kind: Literal["delay", "post_delay"] = "delay" if field == "delay" else "post_delay"
            draft.built.add_input(InputSource(kind, name), variable, 1)


def _let_speed_up(draft: Draft, projection: Projection, rule: Rule, source: End, target: End) -> None:
    """Note whether a backend may go through the synapses of a spike as a row, or keep cells waiting."""
    synapses = draft.built.groups[projection.name]
    # Pairs that an experiment prepares may be others than those its wiring says.
    i, j = draft.wiring[projection.name]
    wiring = projection.wiring
    every = isinstance(wiring, AllToAll) and wiring.in_rows(i, j, len(source.group), len(target.group))
    delayed = projection.delay is not None
    rows = every and source.whole and target.whole and not (delayed or rule.post or synapses.event_driven)
    if isinstance(wiring, AllToAll) and not wiring.self_connections:
        draft.built.apart.add(projection.name)
    (draft.built.dense if rows and rule.codes else draft.built.one_delay).append(synapses)
