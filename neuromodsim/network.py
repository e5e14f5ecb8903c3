"""From a description to Brian2 objects: one group per component, and a list of what can be set.

Nothing here depends on where the network will run. Values are not given to Brian2's objects but to
the backend, by the names listed in `Assembly.inputs`, so that a compiled program takes others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from brian2 import Clock, Network, NeuronGroup, Synapses, linked_var, second
from brian2.core.variables import ArrayVariable
from brian2.groups.group import CodeRunner
from brian2.utils.stringtools import get_identifiers, word_substitute

from neuromodsim import integration, three_factor
from neuromodsim.circuit import AllToAll, Modulator, Population, Projection, ThirdFactor
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.experiment import Experiment
from neuromodsim.lookup import Lookup
from neuromodsim.model import Model, SynapseModel
from neuromodsim.randomness import Sites, brian_functions
from neuromodsim.traces import Trace, hoist

KEY = "random_key : integer (shared, constant)\n"
# Within a layer, everything happens in this order, in one slot of the time step.
LAYER = 100
UPDATE, DETECT, SEND, LEARN, RESET = range(0, 50, 10)


@dataclass
class Input:
    """Something a run must be given: where it goes, how it is stored, and how much of it."""

    name: str  # "component.variable"
    variables: list[ArrayVariable]
    dtype: str
    size: int


@dataclass
class Assembly:
    """A network ready for a backend, and the names of all that goes in."""

    clock: Clock
    groups: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)  # "component.table"
    pairs: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # "component.variable" -> Brian's name
    namespace: dict[str, Any] = field(default_factory=brian_functions)
    network: Network = field(default_factory=lambda: Network(name="simulation"))
    flushes: list[Any] = field(default_factory=list)  # (name, program, synapses, region) each
    last: list[Any] = field(default_factory=list)  # code runners to run once after the last step
    dense: list[Any] = field(default_factory=list)  # projections that a backend may speed up

    def add_input(self, name: str, variable: ArrayVariable, size: int | None = None) -> None:
        """Make a Brian variable settable by name; several variables may share a name."""
        if name in self.inputs:
            self.inputs[name].variables.append(variable)
            return
        size = int(variable.size) if size is None else size
        self.inputs[name] = Input(name, [variable], np.dtype(variable.dtype).name, size)

    def runs(self) -> dict[str, Any]:
        """Return the arguments that Brian2's ``Network.run`` needs to know the names used."""
        return {"namespace": self.namespace}


class OnSpike(CodeRunner):
    """Code run for the cells that spike, at a place of its own within the time step."""

    def __init__(self, group: Any, code: str, order: int, name: str) -> None:
        super().__init__(
            group,
            "reset",
            code=code,
            user_code=code,
            clock=group.clock,
            when="synapses",
            order=order,
            name=name,
            needed_variables=["_spikespace"],
            template_kwds={"eventspace_variable": group.variables["_spikespace"]},
        )


class Builder:
    """Builds one assembly, component by component."""

    def __init__(self, experiment: Experiment, wiring: Mapping[str, Any], how: ThirdFactor) -> None:
        self.experiment = experiment
        self.wiring = wiring
        self.how = how
        self.built = Assembly(clock=Clock(experiment.dt, name="step_clock"))
        self.models: dict[str, SynapseModel] = {}  # of projections, where they were changed
        self.traces: dict[str, list[tuple[Projection, Trace]]] = {}  # by population

    def build(self) -> Assembly:
        """Return the whole network."""
        circuit = self.experiment.circuit
        if self.how == "lazy":
            self._hoist()
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

    def _hoist(self) -> None:
        """Move to cells the spike traces that all their synapses share."""
        for projection in self.experiment.circuit.projections:
            delayed = projection.delay is not None
            model, traces = hoist(projection.model, projection.name, delayed)
            ends = [self._owner(projection.source), self._owner(projection.target)]
            if not traces or None in ends:
                continue
            self.models[projection.name] = model
            for trace in traces:
                owner = ends[0] if trace.of_source else ends[1]
                self.traces.setdefault(str(owner), []).append((projection, trace))

    def _owner(self, name: str) -> str | None:
        for population in self.experiment.circuit.populations:
            if name in {population.name, *population.stretches()} and population.layer is None:
                return population.name
        return None

    def _trace_equations(self, population: str) -> tuple[str, str]:
        """Return what a population declares for its traces, and how a step lets them decay."""
        declared, step = "", ""
        for projection, trace in self.traces.get(population, []):
            used = {n: f"{projection.name}_{n}" for n in get_identifiers(trace.rate)}
            declared += f"{trace.name} : {trace.unit}\n"
            step += f"\n{trace.name} *= exp(-dt*({word_substitute(trace.rate, used)}))"
        for name, (_, unit) in self._borrowed(population).items():
            declared += f"{name} : {unit} (shared, constant)\n"
        return declared, step

    def _borrowed(self, population: str) -> dict[str, tuple[str, str]]:
        """Return the parameters that traces bring to a population: origin and unit, by name there."""
        found = {}
        for projection, trace in self.traces.get(population, []):
            for name in get_identifiers(trace.rate) | get_identifiers(trace.on_spike):
                if name in projection.model.parameters:
                    unit = projection.model.parameters[name].unit
                    found[f"{projection.name}_{name}"] = (f"{projection.name}.{name}", unit)
        return found

    def _group(self, name: str, size: int, model: Model, equations: str, **kwargs: Any) -> Any:
        self._lookups(name, model)
        equations = f"{equations}\n{model.declarations()}\n{KEY}"
        group = NeuronGroup(size, equations, clock=self.built.clock, name=name, order=0, **kwargs)
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
            self.built.namespace[table_name] = lookup.function()

    def _settable(self, name: str, group: Any, model: Model) -> None:
        """List parameters and every variable that is neither derived nor linked."""
        for variable_name in (*model.parameters, *group.equations.names):
            variable = group.variables.get(variable_name)
            linked = variable_name in getattr(group, "_linked_variables", ())
            if isinstance(variable, ArrayVariable) and not linked and not variable.read_only:
                self.built.add_input(f"{name}.{variable_name}", variable)

    def _task(self) -> None:
        task = self.experiment.task
        assert task is not None
        rewrite = Sites().rewrite
        events = task.all_events()
        group = self._group(
            "task",
            1,
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
        rewrite = Sites().rewrite
        method: Any = integration.method(model.method)
        group = self._group(modulator.name, modulator.regions, model, rewrite(model.equations), method=method)
        if model.step:
            group.run_regularly(rewrite(model.step), when="groups", order=-5, clock=self.built.clock)

    def _population(self, population: Population) -> None:
        model = population.model
        rewrite = Sites().rewrite
        differential = "/dt" in model.equations
        declared, decay = self._trace_equations(population.name)
        step = rewrite(model.step) + decay
        events = {"spike": model.threshold} if model.threshold else {}
        events |= dict(model.events)
        group = self._group(
            population.name,
            population.size,
            model,
            f"{rewrite(model.equations)}\n{declared}",
            events={name: rewrite(condition) for name, condition in events.items()},
            reset=rewrite(model.reset) or None,
            refractory=model.refractory or False,
            method=integration.method(model.method, step if differential else ""),
        )
        updater = group.state_updater
        if step and not differential:
            updater = group.run_regularly(step, when="groups", order=0, clock=self.built.clock)
        for name, code in model.on_event.items():
            group.run_on_event(name, rewrite(code), when="after_thresholds")
        for name, (origin, _) in self._borrowed(population.name).items():
            self.built.add_input(origin, group.variables[name])
        for projection, trace in self.traces.get(population.name, []):
            used = {n: f"{projection.name}_{n}" for n in projection.model.parameters}
            # Before presynaptic code and after postsynaptic code, as if in the synapse.
            order = -2 if trace.of_source else 2
            code = word_substitute(trace.on_spike, used)
            group.contained_objects.append(OnSpike(group, code, order, f"{trace.name}_setter"))
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
        group, origin = self.built.groups[reader], self.built.groups[writer]
        setattr(group, variable, linked_var(origin, source))

    def _projection(self, projection: Projection) -> None:
        name = projection.name
        model = self.models.get(name, projection.model)
        source, source_part, source_population = self._place(projection.source)
        target, target_part, target_population = self._place(projection.target)
        modulators = {m.name: m.model for m in self.experiment.circuit.modulators}
        stand_for = {n: projection.modulators.get(n, n) for n in model.modulators}
        for needed in stand_for.values():
            if needed not in modulators:
                raise unknown("modulator", needed, modulators)
        program = three_factor.derive(model, {n: modulators[m] for n, m in stand_for.items()}, self.how)
        self._lookups(name, model)
        codes = {"pre": program.on_pre} | dict(program.on_event)
        codes = {path: code for path, code in codes.items() if code}
        on_event = {path: "spike" if path == "pre" else path for path in codes}
        post = {"post": program.on_post} if program.on_post else {}
        delayed = {} if projection.delay is None else {"pre": projection.delay}
        whole = source_part == slice(0, len(source))
        whole_target = target_part == slice(0, len(target))
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
            name=name,
        )
        self.built.groups[name] = synapses
        self.built.network.add(synapses)
        if model.modulators:
            self._region(projection, program, synapses, target, stand_for)
        i, j = self.wiring[name]
        synapses.connect(i=i, j=j)
        self.built.pairs[name] = (i, j)
        self._settable_synapses(name, synapses, model, len(i))
        if projection.delay is not None:
            self.built.add_input(f"{name}.delay", synapses.pre.variables["delay"], 1)
        if source_population is not None and source_population.layer is not None:
            sent = LAYER * source_population.layer + SEND
            # Learning comes after the target has seen the spikes of this step.
            layer = target_population.layer if target_population is not None else None
            learned = LAYER * (source_population.layer if layer is None else layer) + LEARN
            for path in codes:
                pathway = getattr(synapses, path)
                pathway.when, pathway.order = "groups", sent if path == "pre" else learned
        dense = isinstance(projection.wiring, AllToAll) and whole and whole_target
        if dense and codes and not (delayed or post or synapses.event_driven):
            self.built.dense.append(synapses)

    def _settable_synapses(self, name: str, synapses: Any, model: Model, count: int) -> None:
        for variable_name in (*model.parameters, *synapses.equations.names):
            variable = synapses.variables.get(variable_name)
            if isinstance(variable, ArrayVariable) and not variable.read_only:
                size = 1 if variable.scalar else count
                shown = variable_name.removesuffix("_scaled")
                self.built.add_input(f"{name}.{shown}", variable, size)
                if shown != variable_name:
                    self.built.shown[f"{name}.{shown}"] = variable_name

    def _region(
        self,
        projection: Projection,
        program: three_factor.Program,
        synapses: Any,
        target: Any,
        stand_for: Mapping[str, str],
    ) -> None:
        """Build the running numbers of the third factor, one row per region or per target cell."""
        name = projection.name
        model = self.models.get(name, projection.model)
        regions = {len(self.built.groups[m]) for m in stand_for.values()}
        single = regions == {1}
        rows = 1 if single else len(target)
        borrowed = {
            here: f"{stand_for[origin.split('.')[0]]}.{origin.split('.')[1]}"
            for here, origin in program.region_parameters.items()
        }
        units = {here: self._unit(origin) for here, origin in borrowed.items()}
        declared = "".join(f"{n} : {unit} (shared, constant)\n" for n, unit in units.items())
        group = NeuronGroup(
            rows,
            f"{program.region_equations}\n{model.declarations()}\n{declared}",
            clock=self.built.clock,
            name=f"{name}_region",
        )
        for here, modulator in stand_for.items():
            origin = self.built.groups[modulator]
            level = next(m.model.level for m in self.experiment.circuit.modulators if m.name == modulator)
            index = self._region_index(projection, len(origin), rows)
            kwargs = {} if index is None else {"index": index}
            setattr(group, f"{here}_here", linked_var(origin, level, **kwargs))
        for parameter in model.parameters:
            self.built.add_input(f"{name}.{parameter}", group.variables[parameter])
        for here, origin in borrowed.items():
            self.built.add_input(origin, group.variables[here])
        for variable in program.initial_region:
            self.built.add_input(f"{name}_region.{variable}", group.variables[variable])
        # Before the modulator moves, so that a step integrates from the present level on.
        group.run_regularly(program.region_step, when="groups", order=-10, clock=self.built.clock)
        for variable in program.read_from_region:
            index = "0" if single else "_postsynaptic_idx"
            synapses.variables.add_reference(variable, group, variable, index=index)
        if program.every_step:
            synapses.run_regularly(program.every_step, when="groups", order=5, clock=self.built.clock)
        self.built.groups[f"{name}_region"] = group
        self.built.network.add(group)
        if program.flush:
            self._flush(name, program, synapses, group)

    def _flush(self, name: str, program: three_factor.Program, synapses: Any, group: Any) -> None:
        clock = Clock(1000 * self.experiment.dt, name=f"{name}_flush_clock")
        self.built.add_input(f"{name}.flush_interval", clock.variables["dt"])
        self.built.last += flush_on(clock, program, synapses, group, order=-40)
        self.built.flushes.append((name, program, synapses, group))

    def _unit(self, origin: str) -> str:
        component, parameter = origin.split(".")
        return self.experiment.components()[component].parameters[parameter].unit

    def _region_index(self, projection: Projection, regions: int, rows: int) -> Any:
        if regions == 1 and rows == 1:
            return None
        if regions == 1:
            return np.zeros(rows, dtype=np.int64)
        if projection.region_of:
            index = np.asarray(projection.region_of, dtype=np.int64)
            if index.shape != (rows,) or index.min() < 0 or index.max() >= regions:
                raise WrongInput(
                    f"'region_of' of '{projection.name}' must hold, for each of {rows} cells of the "
                    f"target's population, a region from 0 to {regions - 1}."
                )
            return index
        if regions == rows:
            return np.arange(rows, dtype=np.int64)
        raise WrongInput(
            f"'{projection.name}' must say which of {regions} regions each of {rows} target cells "
            f"is in (region_of)."
        )


def flush_on(clock: Clock, program: Any, synapses: Any, region: Any, order: int) -> list[Any]:
    """Bring weights up to date and start the region's running numbers anew, at a clock's times."""
    when: dict[str, Any] = {"when": "start", "clock": clock}
    return [
        synapses.run_regularly(program.flush, order=order, **when),
        region.run_regularly(program.region_flush, order=order + 1, **when),
    ]


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
    return Builder(experiment, wiring, how).build()
