"""Spike traces that belong to a cell, kept by the cell.

A rule in the form of papers gives every synapse its own trace of presynaptic spikes, ``x``, and of
postsynaptic ones, ``y``. Where a spike sets or raises such a trace by the same amount everywhere, all
synapses of a cell hold the same number, so it is kept once per cell: one multiplication per cell and
step instead of an exponential per synapse and spike. The lazy program does this; the clock program
keeps the traces where the rule puts them, so that each can check the other.
"""

import re
from dataclasses import dataclass, replace

from brian2.equations import Equations
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.utils.stringtools import get_identifiers, word_substitute

from neuromodsim.model import SynapseModel
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
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    slopes = dict(equations.get_substituted_expressions())
    traces = []
    for name in equations:
        if "event-driven" not in equations[name].flags:
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
