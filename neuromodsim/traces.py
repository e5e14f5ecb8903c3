"""Spike traces that belong to a cell, kept by the cell.

A rule in the form of papers gives every synapse its own trace of presynaptic spikes, ``x``, and of
postsynaptic ones, ``y``. Where a spike sets or raises such a trace by the same amount everywhere, all
synapses of a cell hold the same number, so it is kept once per cell: one multiplication per cell and
step instead of an exponential per synapse and spike. The lazy program does this; the clock program
keeps the traces where the rule puts them, so that each can check the other.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from brian2.equations import Equations
from brian2.groups.group import CodeRunner
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.utils.stringtools import get_identifiers, word_substitute

from neuromodsim.assembly import Assembly
from neuromodsim.circuit import Circuit, Projection
from neuromodsim.layout import laid_out
from neuromodsim.model import Parameter, SynapseModel
from neuromodsim.quantities import unit_text


@dataclass(frozen=True)
class Trace:
    """One trace moved to a cell: its name and unit there, its decay rate, and what a spike does."""

    name: str
    unit: str
    rate: str
    on_spike: str
    of_source: bool  # of the presynaptic cell, else the postsynaptic one


def hoist(model: SynapseModel, projection: str, delayed: bool) -> tuple[SynapseModel, list[Trace]]:
    """Return a model without the traces that cells can keep, and these traces.

    With a delay, a synapse sees a presynaptic spike later than the cell, so presynaptic traces stay.
    """
    model = laid_out(model)
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    slopes = dict(equations.get_substituted_expressions())
    traces = []
    for name in equations:
        if "event-driven" not in equations[name].flags or name in {*model.bounds, *model.single}:
            continue
        rate = str_to_sympy(f"-({slopes[name]})/{name}").simplify()
        if not {str(s) for s in rate.free_symbols} <= set(model.parameters):
            continue
        for of_source in (True, False):
            own, other = (model.on_pre, model.on_post) if of_source else (model.on_post, model.on_pre)
            setting = _setting(name, own, model)
            if setting is None or _writes(name, other) or (of_source and delayed):
                continue
            new = f"{projection}_{name}"
            seen = f"{new}_{'pre' if of_source else 'post'}"
            own, other = own.replace(setting, ""), word_substitute(other, {name: seen})
            codes = (own, other) if of_source else (other, own)
            model = replace(
                model,
                equations=_without(model.equations, name),
                on_pre=codes[0],
                on_post=codes[1],
                on_event={e: word_substitute(c, {name: seen}) for e, c in model.on_event.items()},
            )
            unit = unit_text(equations[name].dim)
            code = word_substitute(setting.strip(), {name: new})
            traces.append(Trace(new, unit, sympy_to_str(rate), code, of_source))
            break
    return model, traces


def _setting(name: str, code: str, model: SynapseModel) -> str | None:
    """Return the one line by which a spike sets a trace, if that is all its own code says of it."""
    lines = [line for line in code.splitlines() if name in get_identifiers(_bare(line))]
    if len(lines) != 1:
        return None
    match = re.fullmatch(rf"\s*{name}\s*(\+?)=(.*)", _bare(lines[0]))
    if match is None or not get_identifiers(match[2]) <= set(model.parameters):
        return None
    return lines[0]


def _bare(line: str) -> str:
    return line.partition("#")[0]


def _writes(name: str, code: str) -> bool:
    return re.search(rf"^\s*{name}\s*[-+*/]?=", code, re.M) is not None


def _without(equations: str, name: str) -> str:
    return re.sub(rf"^\s*d{name}/dt\s*=.*$\n?", "", equations, flags=re.M)


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


class CellTraces:
    """The traces that the cells of a circuit keep for their synapses."""

    def __init__(self, circuit: Circuit) -> None:
        self.models: dict[str, SynapseModel] = {}  # what is left of each rule, by projection
        self.kept: dict[str, list[tuple[Projection, Trace]]] = {}  # by population
        for projection in circuit.projections:
            model, traces = hoist(projection.model, projection.name, projection.delay is not None)
            ends = [_owner(circuit, projection.source), _owner(circuit, projection.target)]
            if not traces or None in ends:
                continue
            self.models[projection.name] = model
            for trace in traces:
                owner = ends[0] if trace.of_source else ends[1]
                self.kept.setdefault(str(owner), []).append((projection, trace))

    def equations(self, population: str) -> tuple[str, str]:
        """Return what a population declares for its traces, and how a step lets them decay."""
        declared, step = "", ""
        for projection, trace in self.kept.get(population, []):
            used = {n: f"{projection.name}_{n}" for n in get_identifiers(trace.rate)}
            declared += f"{trace.name} : {trace.unit}\n"
            step += f"\n{trace.name} *= exp(-dt*({word_substitute(trace.rate, used)}))"
        for name, (_, parameter) in self._borrowed(population).items():
            declared += f"{name} : {parameter.unit} {parameter.flags}\n"
        return declared, step

    def attach(self, population: str, group: Any, built: Assembly) -> None:
        """Let spikes of a group set its traces, and its borrowed parameters be given."""
        for name, (origin, _) in self._borrowed(population).items():
            # Given as the projection's parameter only, or the population's own of this name, 0, may win.
            built.inputs.pop(f"{population}.{name}", None)
            built.add_input(origin, group.variables[name])
        for projection, trace in self.kept.get(population, []):
            used = {n: f"{projection.name}_{n}" for n in projection.model.parameters}
            # Before presynaptic code and after postsynaptic code, as if in the synapse.
            order = -2 if trace.of_source else 2
            code = word_substitute(trace.on_spike, used)
            group.contained_objects.append(OnSpike(group, code, order, f"{trace.name}_setter"))

    def _borrowed(self, population: str) -> dict[str, tuple[str, Parameter]]:
        """Return the parameters that traces bring to a population, with their origin, by name there."""
        found = {}
        for projection, trace in self.kept.get(population, []):
            for name in get_identifiers(trace.rate) | get_identifiers(trace.on_spike):
                if name in projection.model.parameters:
                    own = projection.model.parameters[name]
                    found[f"{projection.name}_{name}"] = (f"{projection.name}.{name}", own)
        return found


def _owner(circuit: Circuit, name: str) -> str | None:
    """Return the population that a population or part belongs to, if it can keep traces."""
    for population in circuit.populations:
        if name in {population.name, *population.stretches()} and population.layer is None:
            return population.name
    return None
