"""The third factor: a weight that moves by eligibility times a neuromodulator.

A rule is written once, as in papers::

    dc/dt = -c / tau_c : 1        eligibility, left by pairs of spikes
    dw/dt = c * d / tau_w : volt  weight, moved where dopamine d meets eligibility

and two programs follow from it. The *clock* program integrates it as it stands, every step and every
synapse. The *lazy* program touches a synapse only when a spike does. Between two touches a synapse's
eligibility decays by a factor that is the same for all, so with the running numbers

    g(t) = exp(-t/tau_c)   and   K(t) = integral of g * M,  where M is whatever multiplies c in dw/dt,

a synapse that stores its eligibility as c/g owes exactly (c/g) * (K - K when last touched) to its
weight. No exponential per event, any time course of M. Within a step, M's decaying parts are
integrated in closed form when the modulator follows dX/dt = -X/tau, so an exponential dopamine is
exact; anything else is held for the step. Every few tau_c a flush brings all synapses up to date and
starts g and K anew, before rounding can matter; the same flush precedes each recording.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy
from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION, FLOAT, SingleEquation
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.utils.stringtools import get_identifiers, word_substitute

from neuromodsim.circuit import ThirdFactor
from neuromodsim.errors import WrongInput
from neuromodsim.layout import laid_out
from neuromodsim.model import Model, ModulatorModel, SynapseModel
from neuromodsim.quantities import unit_names, unit_text

EXPM1 = sympy.Function("expm1")  # 1 - exp(-x) loses digits where a step is short
FLUSH_AFTER = 5.0  # time constants of the fastest eligibility: g falls to exp(-5)


@dataclass(frozen=True)
class Program:
    """What one rule becomes: code for the synapse, and for the running numbers of each region.

    ``shown`` maps a name of the rule to the variable that holds it after a flush.
    """

    equations: str
    on_pre: str
    on_post: str
    on_event: Mapping[str, str]
    region_equations: str = ""
    region_step: str = ""
    region_flush: str = ""
    region_parameters: Mapping[str, str] = field(default_factory=dict)  # name here -> modulator.name
    read_from_region: tuple[str, ...] = ()
    initial_region: Mapping[str, float] = field(default_factory=dict)
    flush: str = ""
    every_step: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    decay_rates: tuple[str, ...] = ()  # of the eligibilities, as expressions of parameters


@dataclass(frozen=True)
class Rule:
    """The parts of a rule: each eligibility's decay rate, and what multiplies it in each weight."""

    traces: dict[str, sympy.Expr]
    gates: dict[tuple[str, str], sympy.Expr]  # (weight, trace) -> M


def derive(model: SynapseModel, modulators: Mapping[str, ModulatorModel], how: ThirdFactor) -> Program:
    """Return the program of a rule.

    Parameters
    ----------
    model
        The synapse, with its rule in the form *eligibility × modulator*.
    modulators
        The model behind each name in ``model.modulators``.
    how
        ``"lazy"`` or ``"clock"``.

    Raises
    ------
    WrongInput
        If ``how`` is lazy and the rule does not have this form.
    """
    if not model.modulators:
        return Program(model.equations, model.on_pre, model.on_post, model.on_event)
    model = laid_out(model)
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    if how == "clock":
        return _clock(model, equations)
    return _lazy(model, equations, _analyse(model, equations), modulators)


def _constants(model: Model, equations: Equations) -> set[sympy.Symbol]:
    """Return what does not change during a run: parameters, and units by their names."""
    names = {*model.parameters, *(unit for unit in unit_names() if unit not in equations)}
    return {sympy.Symbol(name, real=True) for name in names}


def _analyse(model: SynapseModel, equations: Equations) -> Rule:
    """Split dw/dt into eligibility times the rest, or say why that cannot be done."""
    own = {
        name: str_to_sympy(str(expression))
        for name, expression in equations.get_substituted_expressions()
        if name in equations.diff_eq_names and "event-driven" not in equations[name].flags
    }
    symbols = {name: sympy.Symbol(name, real=True) for name in own}
    parameters = _constants(model, equations)
    readable = parameters | {sympy.Symbol(name, real=True) for name in model.modulators}
    traces: dict[str, sympy.Expr] = {}
    for name, slope in own.items():
        rate = sympy.simplify(-slope / symbols[name])
        if rate.free_symbols <= parameters:
            traces[name] = rate
    gates: dict[tuple[str, str], sympy.Expr] = {}
    for name, slope in own.items():
        if name in traces:
            continue
        rest = sympy.expand(slope)
        for trace in traces:
            gate = sympy.diff(slope, symbols[trace])
            if gate != 0:
                gates[name, trace] = gate
                rest = sympy.expand(rest - gate * symbols[trace])
        read = set().union(*(gate.free_symbols for key, gate in gates.items() if key[0] == name))
        if sympy.simplify(rest) != 0 or not read <= readable:
            raise WrongInput(
                f"d{name}/dt of '{model.name}' is not eligibility times modulator "
                f"(it reads '{equations[name].expr}'); run it with third_factor='clock'."
            )
    return Rule(traces, gates)


def _line(equation: SingleEquation) -> str:
    """Return an equation as Brian2 parses it; its own text spells some units as it does not."""
    left = f"d{equation.varname}/dt" if equation.type == DIFFERENTIAL_EQUATION else equation.varname
    right = "" if equation.expr is None else f" = {equation.expr.code}"
    kind = unit_text(equation.dim) if equation.var_type == FLOAT else equation.var_type
    flags = f" ({', '.join(equation.flags)})" if equation.flags else ""
    return f"{left}{right} : {kind}{flags}"


def _lines(equations: Equations, names: list[str]) -> str:
    return "\n".join(_line(equations[name]) for name in names)


def _kept(equations: Equations, model: SynapseModel, without: set[str]) -> list[str]:
    gone = without | set(model.parameters) | set(model.modulators)
    return [name for name in equations if name not in gone]


def _clip(model: SynapseModel, name: str, value: str) -> str:
    low, high = model.bounds.get(name, ("", ""))
    return f"{name} = clip({value}, {low}, {high})" if low else f"{name} = {value}"


def _region_copies(model: SynapseModel, equations: Equations) -> tuple[str, str, dict[str, str]]:
    """Return equations and code that hold each modulator as a plain variable of the region.

    Plain, because Brian2 cannot read a linked variable with an index from a synapse; under another
    name (the third thing returned), because it lets a synapse see its target's variables as they are.
    """
    renamed = {name: f"{name}_level" for name in model.modulators}
    units = {name: unit_text(equations[name].dim) for name in model.modulators}
    lines = "".join(f"{new} : {units[n]}\n{n}_here : {units[n]} (linked)\n" for n, new in renamed.items())
    return lines, "".join(f"{new} = {n}_here\n" for n, new in renamed.items()), renamed


def _clock(model: SynapseModel, equations: Equations) -> Program:
    kept = [name for name in equations if name not in {*model.parameters, *model.modulators}]
    copies, copy, renamed = _region_copies(model, equations)
    return Program(
        equations=word_substitute(_lines(equations, kept), renamed),
        on_pre=word_substitute(model.on_pre, renamed),
        on_post=word_substitute(model.on_post, renamed),
        on_event={e: word_substitute(code, renamed) for e, code in model.on_event.items()},
        region_equations=copies,
        region_step=copy,
        read_from_region=tuple(renamed.values()),
        every_step="\n".join(_clip(model, name, name) for name in model.bounds),
    )


def _lazy(
    model: SynapseModel,
    equations: Equations,
    rule: Rule,
    modulators: Mapping[str, ModulatorModel],
) -> Program:
    weights = dict.fromkeys(weight for weight, _ in rule.gates)
    kept = _kept(equations, model, {*rule.traces, *weights})
    units = {name: unit_text(equations[name].dim) for name in (*rule.traces, *weights)}
    integral = {key: f"K_{key[0]}_{key[1]}" for key in rule.gates}
    integral_unit = {(w, c): unit_text(equations[w].unit / equations[c].unit) for w, c in rule.gates}

    copies, copy, renamed = _region_copies(model, equations)
    synapse = word_substitute(_lines(equations, kept), renamed)
    synapse += "".join(f"\n{w} : {units[w]}" for w in weights)
    synapse += "".join(f"\n{c}_scaled : {units[c]}" for c in rule.traces)
    synapse += "".join(f"\n{integral[k]}_seen : {integral_unit[k]}" for k in rule.gates)

    settle = ""
    for weight in weights:
        owed = " + ".join(
            f"{c}_scaled*({integral[w, c]} - {integral[w, c]}_seen)" for w, c in rule.gates if w == weight
        )
        settle += _clip(model, weight, f"{weight} + {owed}") + "\n"
    seen = "".join(f"{integral[k]}_seen = {integral[k]}\n" for k in rule.gates)
    restart = "".join(f"{integral[k]}_seen = 0*{integral[k]}_seen\n" for k in rule.gates)

    codes = "\n".join((_lines(equations, kept), model.on_pre, model.on_post, *model.on_event.values()))
    read_by_spikes = [renamed[m] for m in model.modulators if m in get_identifiers(codes)]

    def touched(code: str) -> str:
        read = [c for c in rule.traces if re.search(rf"\b{c}\b", code)]
        written = [c for c in rule.traces if re.search(rf"^\s*{c}\s*[-+*/]?=", code, re.M)]
        before = "".join(f"{c}_now = {c}_scaled*g_{c}\n" for c in read)
        after = "".join(f"\n{c}_scaled = {c}_now/g_{c}" for c in written)
        code = word_substitute(code, {c: f"{c}_now" for c in read} | renamed)
        return f"{settle}{seen}{before}{code}{after}" if code else ""

    running = "steps : 1\n" + "".join(f"g_{c} : 1\n" for c in rule.traces)
    running += "".join(f"{integral[k]} : {integral_unit[k]}\n" for k in rule.gates)
    advance, borrowed = "", dict[str, str]()
    for key, gate in rule.gates.items():
        code, names = _integrate(gate, rule.traces[key[1]], model, modulators)
        advance += f"{integral[key]} += g_{key[1]}*({word_substitute(code, renamed)})\n"
        borrowed |= names
    # Not a product of small steps, whose rounding would add up over a long eligibility.
    decay = {c: f"exp(-steps*dt*({sympy_to_str(r)}))" for c, r in rule.traces.items()}
    advance += "steps += 1\n" + "".join(f"g_{c} = {value}\n" for c, value in decay.items())
    fresh = "steps = 0\n" + "".join(f"g_{c} = 1\n" for c in rule.traces)
    fresh += "".join(f"{integral[k]} = 0*{integral[k]}\n" for k in rule.gates)
    return Program(
        equations=synapse,
        on_pre=touched(model.on_pre),
        on_post=touched(model.on_post),
        on_event={event: touched(code) for event, code in model.on_event.items()},
        region_equations=copies + running,
        region_step=copy + advance,
        region_flush=fresh,
        region_parameters=borrowed,
        read_from_region=(*(f"g_{c}" for c in rule.traces), *integral.values(), *read_by_spikes),
        initial_region={f"g_{c}": 1.0 for c in rule.traces},
        flush=settle + "".join(f"{c}_scaled *= g_{c}\n" for c in rule.traces) + restart,
        shown={c: f"{c}_scaled" for c in rule.traces},
        decay_rates=tuple(sympy_to_str(rate) for rate in rule.traces.values()),
    )


def _decay(name: str, modulator: ModulatorModel) -> sympy.Expr | None:
    """Return the rate at which a modulator decays, if that is all it does between events."""
    equations = Equations(f"{modulator.equations}\n{modulator.declarations()}")
    level = modulator.level
    if modulator.step or level not in equations.diff_eq_names:
        return None
    slopes = dict(equations.get_substituted_expressions())
    rate = sympy.simplify(-str_to_sympy(str(slopes[level])) / sympy.Symbol(level, real=True))
    if not rate.free_symbols <= _constants(modulator, equations):
        return None
    own = {sympy.Symbol(p, real=True): sympy.Symbol(f"{name}_{p}", real=True) for p in modulator.parameters}
    return rate.subs(own)


def _integrate(
    gate: sympy.Expr,
    rate: sympy.Expr,
    model: SynapseModel,
    modulators: Mapping[str, ModulatorModel],
) -> tuple[str, dict[str, str]]:
    """Return code for the integral of M * g / g(start) over a step, and the parameters it borrows."""
    dt = sympy.Symbol("dt", real=True)
    symbols = {name: sympy.Symbol(name, real=True) for name in model.modulators}
    decays = {name: _decay(name, modulators[name]) for name in model.modulators}
    moving = [n for n in model.modulators if gate.has(symbols[n]) and decays[n] is not None]
    try:
        terms = sympy.Poly(gate, *(symbols[n] for n in moving)).terms() if moving else []
    except sympy.PolynomialError:
        terms = []
    if not terms:  # held for the step
        terms, moving = [((), gate)], []
    pieces, borrowed = [], dict[str, str]()
    for powers, factor in terms:
        total, value = rate, factor
        for name, power in zip(moving, powers, strict=True):
            if power:
                total = total + power * decays[name]
                value = value * symbols[name] ** power
                read = {str(s) for s in decays[name].free_symbols}  # type: ignore[union-attr]
                own = {f"{name}_{p}": f"{name}.{p}" for p in modulators[name].parameters}
                borrowed |= {here: origin for here, origin in own.items() if here in read}
        pieces.append(-value * EXPM1(-dt * total) / total)
    return sympy_to_str(sum(pieces)), borrowed


def flush_interval(rates: list[float], dt: float) -> float:
    """Return how often to flush, in seconds, for decay rates in 1/s: whole steps of ``dt``."""
    return max(1, round(FLUSH_AFTER / max(rates) / dt)) * dt
