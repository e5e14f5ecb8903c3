"""From a description to Brian2 objects: one group per component, and a list of what can be set.

Nothing here depends on where the network will run. Values are not given to Brian2's objects but to
the backend, by the names listed in `Assembly.inputs`, so that a compiled program takes others.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import Clock, NeuronGroup, Synapses, second
from brian2.core.variables import ArrayVariable
from brian2.utils.stringtools import get_identifiers

from neuromodsim import brian
from neuromodsim.builder import pacemaker, reading
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.cell_traces import add_traces
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.copying import copy_on_assignment
from neuromodsim.builder.diffusion import add_laplacian
from neuromodsim.builder.lookup import Lookup, of_own_column
from neuromodsim.builder.region import add_region, levels_read, linked_to, region_index
from neuromodsim.description.connectivity import AllToAll, in_rows
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.layout import bare
from neuromodsim.description.model import Model, SynapseModel, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection, ThirdFactor
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics import integration
from neuromodsim.numerics.randomness import Sites
from neuromodsim.numerics.solutions import keep_names
from neuromodsim.transforms import pace, third_factor
from neuromodsim.transforms.inline import inlined
from neuromodsim.transforms.pace import Paced
from neuromodsim.transforms.traces import CellTraces, fresh, named_in

KEY = "random_key : integer (shared, constant)\n"
# Where a program holds several subjects: whose a row is, where it is within that one, and its key.
OF_REPLICA = """
replica    : integer (constant)
replica_i  : integer (constant)
random_key : integer (constant)
"""
# Within a layer, everything happens in this order, in one slot of the time step.
LAYER = 100
UPDATE, DETECT, SEND, LEARN, RESET = range(0, 50, 10)


class Builder:
    """Builds one assembly, component by component."""

    def __init__(self, experiment: Experiment, wiring: Mapping[str, Any], how: ThirdFactor) -> None:
        self.experiment = experiment
        self.wiring = wiring
        self.how = how
        self.built = Assembly(clock=Clock(experiment.dt, name="step_clock"))
        self.several = experiment.circuit.subjects > 0
        self.built.own = frozenset(
            f"{name}.{parameter}"
            for name, model in experiment.components().items()
            for parameter, p in model.parameters.items()
            if p.own
        )
        rules = {p.name: inlined(p.model) for p in experiment.circuit.projections}
        self.circuit = replace(
            experiment.circuit,
            projections=tuple(replace(p, model=rules[p.name]) for p in experiment.circuit.projections),
        )
        # The clock program keeps every trace where the rule puts it.
        self.traces = CellTraces.of(self.circuit) if how == "lazy" else CellTraces()
        self.taken = self.traces.taken or named_in(self.circuit)

    def build(self) -> Assembly:
        """Return the whole network."""
        circuit = self.circuit
        if self.experiment.task is not None:
            self._task()
        for modulator in circuit.modulators:
            self._modulator(modulator)
        for population in circuit.populations:
            self._population(population)
        for read, written in circuit.links.items():
            self._link(read, written)
        for projection in circuit.projections:
            self._projection(projection)
        return self.built

    def _rewriter(self) -> Callable[[str], str]:
        """Return what leaves comments out of all texts of one model, and draws its chance by counter.

        One for all of them: two texts with counters of their own would draw the same numbers.
        """
        sites = Sites("replica_i" if self.several else "i")
        return lambda text: sites.rewrite(bare(text))

    def _group(self, name: str, size: int, model: Model, equations: str, **kwargs: Any) -> Any:
        self._lookups(name, model)
        equations = f"{equations}\n{model.declarations()}\n{OF_REPLICA if self.several else KEY}"
        group = NeuronGroup(
            size,
            equations,
            clock=self.built.clock,
            name=name,
            order=0,
            dtype=dict.fromkeys(model.single, np.float32),
            **kwargs,
        )
        self._settable(name, group, model)
        self.built.add_input(f"{name}.random_key", group.variables["random_key"])
        self.built.groups[name] = group
        self.built.network.add(group)
        return group

    def _lookups(self, name: str, model: Model) -> None:
        for table_name, table in model.tables.items():
            lookup = Lookup(table_name, table)
            if table_name in self.built.namespace:
                raise WrongInput(f"Two tables are named '{table_name}'.")
            self.built.lookups[f"{name}.{table_name}"] = lookup
            self.built.namespace |= lookup.functions()

    def _settable(self, name: str, group: Any, model: Model) -> None:
        """List parameters and every variable that is neither derived nor linked."""
        for variable_name in (*model.parameters, *group.equations):
            variable = group.variables.get(variable_name)
            linked = variable_name in getattr(group, "_linked_variables", ())
            if isinstance(variable, ArrayVariable) and not linked and not variable.read_only:
                self.built.add_input(f"{name}.{variable_name}", variable)

    def _task(self) -> None:
        task = self.experiment.task
        assert task is not None
        rewrite = self._rewriter()
        events = task.all_events()
        group = self._group(
            "task",
            self.experiment.circuit.tasks,
            task,
            task.all_equations(),
            events={name: rewrite(event.when) for name, event in events.items()},
        )
        if task.step:
            group.run_regularly(rewrite(task.step), when="start", order=-21, clock=self.built.clock)
        for order, (name, event) in enumerate(events.items()):
            group.thresholder[name].when = "start"
            group.thresholder[name].order = -20 + 2 * order
            if event.do:
                # Right after its own condition, so that a later event sees what it changed.
                group.run_on_event(name, rewrite(event.do), when="start", order=-19 + 2 * order)

    def _modulator(self, modulator: Modulator) -> None:
        model = modulator.model
        rewrite = self._rewriter()
        method: Any = integration.method(model.method)
        group = self._group(modulator.name, modulator.regions, model, rewrite(model.equations), method=method)
        if model.step:
            group.run_regularly(rewrite(model.step), when="groups", order=-5, clock=self.built.clock)
        if modulator.grid is not None:
            add_laplacian(group, modulator.grid, model, self.built)

    def _population(self, population: Population) -> None:
        model = population.model
        rewrite = self._rewriter()
        differential = bool(parsed(model.equations).diff_eq_names)
        declared, decay = self.traces.equations(population.name)
        step = rewrite(model.step) + decay
        for name, table in model.tables.items():
            step = of_own_column(step, name, table, population.size)
        events = {"spike": model.threshold} if model.threshold else {}
        events |= dict(model.events)
        group = self._group(
            population.name,
            population.size,
            model,
            f"{rewrite(model.equations)}\n{declared}",
            events={name: rewrite(condition) for name, condition in events.items()},
            reset=rewrite(model.reset) or None,
            refractory=rewrite(model.refractory) or False,
            method=integration.method(model.method, step if differential else ""),
        )
        updater = group.state_updater
        if step and not differential:
            updater = group.run_regularly(step, when="groups", order=0, clock=self.built.clock)
        for name, code in model.on_event.items():
            # After the event is found, in the same step: Brian2 looks for it in this slot, too.
            group.run_on_event(name, rewrite(code), when="after_thresholds", order=1)
        add_traces(self.traces, population.name, group, self.built)
        if population.layer is not None:
            self._arrange(group, updater, LAYER * population.layer)

    def _arrange(self, group: Any, updater: Any, start: int) -> None:
        """Put all that a layer does within a step into one slot, in order."""
        updater.when, updater.order = "groups", start + UPDATE
        for thresholder in group.thresholder.values():
            thresholder.when, thresholder.order = "groups", start + DETECT
        for name, resetter in group.resetter.items():
            resetter.when = "groups"
            resetter.order = start + (RESET if name == "spike" else LEARN)

    def _place(self, name: str) -> tuple[Any, slice, Population | None]:
        """Return the group, the stretch, and the population that a name stands for."""
        for population in self.experiment.circuit.populations:
            stretches = population.stretches()
            if name == population.name:
                return self.built.groups[name], slice(0, population.size), population
            if name in stretches:
                return self.built.groups[population.name], stretches[name], population
        if name in self.built.groups:
            return self.built.groups[name], slice(0, len(self.built.groups[name])), None
        raise unknown("population, modulator or task", name, self.built.groups)

    def _link(self, read: str, written: str) -> None:
        reader, variable = read.split(".")
        writer, source = written.split(".")
        group = self.built.groups[reader]
        setattr(group, variable, self._linking(group, self.built.groups[writer], source))

    def _link_to(self, end: Any, variable: str) -> Any:
        """Return what to link to a variable of a group with: where that is a link itself, to its origin."""
        written = self.experiment.circuit.links.get(f"{end.name}.{variable}")
        if written is None:
            return linked_to(end, variable, None)
        writer, source = written.split(".")
        return self._linking(end, self.built.groups[writer], source)

    def _linking(self, group: Any, origin: Any, source: str) -> Any:
        """Return a link from the rows of a group to a variable of another."""
        reader, writer = group.name, origin.name
        places = {m.name: m.region_of for m in self.experiment.circuit.modulators}
        index = None
        if len(origin) > 1:  # one row is read by all
            place = places.get(writer, {}).get(reader, ())
            if self.several and not place and len(origin) in (self.experiment.circuit.tasks, len(group)):
                place = self._own_rows(group, origin)
            index = region_index(f"{reader}, a reader of {writer}", place, len(origin), len(group))
        return linked_to(origin, source, index)

    def _own_rows(self, group: Any, origin: Any) -> tuple[int, ...]:
        """Return the row of another component that each row of one reads, in its replica; () if its own."""
        read, written = (self._of_replicas(each.name, len(each)) for each in (group, origin))
        index = np.empty(len(group), int)
        index[read] = written  # one row of a replica is read by all of its cells
        return () if np.array_equal(index, np.arange(len(origin))) else tuple(index.tolist())

    def _of_replicas(self, name: str, size: int) -> Any:
        """Return the rows of each replica of a component, shape ``(replica, row)``, part after part."""
        count = self.experiment.circuit.tasks
        populations = {p.name: p for p in self.experiment.circuit.populations}
        parts = populations[name].stretches().values() if name in populations else [slice(0, size)]
        each = [np.arange(part.start, part.stop).reshape(count, -1) for part in parts]
        return np.concatenate(each, axis=1)

    def _of_one(self, code: str) -> str:
        """Return code of synapses in which the number of sources or targets is that of one replica."""
        count = self.experiment.circuit.tasks
        return re.sub(r"\bN_(pre|post)\b", rf"(N_\1/{count})", code) if self.several else code

    def _projection(self, projection: Projection) -> None:
        name = projection.name
        model = self.traces.models.get(name, projection.model)
        source, source_part, source_population = self._place(projection.source)
        target, target_part, target_population = self._place(projection.target)
        modulators = {m.name: m for m in self.experiment.circuit.modulators}
        levels = levels_read(projection, model, modulators)
        read = {here: replace(modulators[m].model, level=level) for here, (m, level) in levels.items()}
        components = self.experiment.components()
        near = pace.around(model, components[source.name], components[target.name])
        model, paces = pace.paced(
            model, near, self.how == "clock", lambda n: fresh(f"{name}_{n}", self.taken)
        )
        around = {*source.variables, *target.variables}
        program = third_factor.derive(model, read, self.how, around)
        self._lookups(name, model)
        codes = {"pre": program.on_pre} | dict(program.on_event)
        codes = {path: self._of_one(code) for path, code in codes.items() if code}
        on_event = {path: "spike" if path == "pre" else path for path in codes}
        post = {"post": self._of_one(program.on_post)} if program.on_post else {}
        delayed = {} if projection.delay is None else {"pre": projection.delay}
        whole = source_part == slice(0, len(source))
        whole_target = target_part == slice(0, len(target))
        reading.expect_own_names(name, projection.model, source, target)
        synapses = Synapses(
            source if whole else source[source_part],
            target if whole_target else target[target_part],
            f"{program.equations}\n{model.declarations()}",
            on_pre=codes or None,
            on_post=post or None,
            on_event=on_event | dict.fromkeys(post, "spike"),
            # One delay for all, even if it is zero: Brian2 keeps one per synapse otherwise.
            delay=dict.fromkeys([*codes, *post], 0 * second) | delayed,
            clock=self.built.clock,
            method="euler",
            dtype={program.shown.get(n, n): np.float32 for n in model.single},
            name=name,
        )
        if projection.every is not None:
            clock = SlowClock(projection.every, self.experiment.dt, f"{name}_clock")
            for updater in synapses.summed_updaters.values():
                # Brian2 has no argument for this. Right before recorders look, so that they see the present.
                updater._clock, updater.when, updater.order = clock, "start", -31
        self.built.groups[name] = synapses
        self.built.network.add(synapses)
        i, j = self.wiring[name]
        self.built.pairs[name] = (i, j)
        if model.modulators:
            add_region(self.experiment, self.built, projection, model, program, target)
        self._paces(projection, model, paces, source, target)
        said = get_identifiers("\n".join((program.equations, *codes.values(), *post.values())))
        ends = {"_pre": source, "_post": target, "": target}
        reading.read_links(synapses, said, ends, self.circuit.links, self.built.groups)
        if program.every_step:
            synapses.run_regularly(program.every_step, when="groups", order=5, clock=self.built.clock)
        if len(i):
            synapses.connect(i=i, j=j)
        else:  # Brian2 looks for the largest of no indices
            synapses.connect(condition="False")
        self._present(name, program, paces, synapses)
        self._settable_synapses(name, synapses, model, program.shown)
        if projection.delay is not None:
            self.built.add_input(f"{name}@delay", synapses.pre.variables["delay"], 1)
        if source_population is not None and source_population.layer is not None:
            sent = LAYER * source_population.layer + SEND
            # Learning comes after the target has seen the spikes of this step.
            layer = target_population.layer if target_population is not None else None
            layer = layer if projection.learns is None else projection.learns
            learned = LAYER * (source_population.layer if layer is None else layer) + LEARN
            for place, path in enumerate(codes):  # events in the order in which the model lists them
                pathway = getattr(synapses, path)
                pathway.when, pathway.order = "groups", sent if path == "pre" else learned + place
        # Pairs that an experiment prepares may be others than those its wiring says.
        every = isinstance(projection.wiring, AllToAll) and in_rows(i, j, len(source), len(target))
        dense = every and whole and whole_target
        if dense and codes and not (delayed or post or synapses.event_driven):
            self.built.dense.append(synapses)
        else:
            self.built.one_delay.append(synapses)

    def _paces(
        self, projection: Projection, model: SynapseModel, paces: list[Paced], source: Any, target: Any
    ) -> None:
        """Keep the integrals of rates that move between spikes."""
        modulators = {m.name: m for m in self.experiment.circuit.modulators}
        for side in sorted({p.side for p in paces}):
            mine = [p for p in paces if p.side == side]
            if side == "region":
                place = pacemaker.of_regions(self.built, projection, model, modulators, target)
            else:
                end = source if side == "pre" else target
                names = set().union(*(get_identifiers(p.rate) for p in mine))
                place = pacemaker.of_cells(end, side, names, self._link_to)
            pacemaker.add_paces(self.built, projection, model, mine, side, place)

    def _present(self, name: str, program: Any, paces: list[Paced], synapses: Any) -> None:
        """Note what recorders see of variables that are kept otherwise than the rule writes them."""
        self.built.present[name] = {
            **{n: (held, synapses.variables[held].dim) for n, held in program.shown.items()},
            **{p.name: (f"({p.settled(p.next)})", synapses.variables[p.name].dim) for p in paces},
            **{
                k.trace.name: (f"({k.present})", synapses.variables[k.seen].dim)
                for k in self.traces.seen.get(name, [])
            },
        }

    def _settable_synapses(self, name: str, synapses: Any, model: Model, shown: Mapping[str, str]) -> None:
        """List parameters and variables; ``shown`` says which variable holds one of the rule's."""
        of_the_rule = {held: variable for variable, held in shown.items()}
        count = len(self.built.pairs[name][0])
        self.built.shown |= {f"{name}.{variable}": held for variable, held in shown.items()}
        at_spikes = synapses.event_driven.diff_eq_names if synapses.event_driven else ()
        names = (*model.parameters, *synapses.equations, *sorted(at_spikes))
        for variable_name in dict.fromkeys(names):
            variable = synapses.variables.get(variable_name)
            if isinstance(variable, ArrayVariable) and not variable.read_only:
                size = 1 if variable.scalar else count
                self.built.add_input(
                    f"{name}.{of_the_rule.get(variable_name, variable_name)}", variable, size
                )


def assemble(experiment: Experiment, wiring: Mapping[str, Any], how: ThirdFactor) -> Assembly:
    """Return the network of an experiment.

    Parameters
    ----------
    experiment
        What to build.
    wiring
        Source and target indices of each projection, each of shape ``(synapse,)``.
    how
        Which program a third-factor rule becomes.
    """
    brian.chance_in_additions()
    copy_on_assignment()
    keep_names()
    return Builder(experiment, wiring, how).build()
