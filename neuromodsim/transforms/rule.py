"""What a third-factor rule is made of: eligibilities, how they decay, and what multiplies them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

import sympy
from brian2.equations import Equations
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str

from neuromodsim.description.model import Model, ModulatorModel, SynapseModel
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.code_names import Fresh
from neuromodsim.transforms.simplified import simplified
from neuromodsim.units.quantities import unit_names

Key = tuple[str, str]  # what moves, and the trace that moves it
# A function that SymPy does not know, so that it leaves it as it is.
EXPM1 = sympy.Function("expm1")  # 1 - exp(-x) loses digits where a step is short
EXPREL = sympy.Function("exprel")  # expm1(x)/x, which is 1 at 0


@dataclass(frozen=True)
class Rule:
    """The parts of a rule: each trace's decay rate, what multiplies it in each weight, and what drives it.

    A trace may be driven by another between spikes: ``drives`` holds what multiplies ``driver`` in the slope
    of ``driven``. What drives a trace is not driven itself. ``signals`` are variables of the target cell.
    """

    traces: dict[str, sympy.Expr]
    gates: dict[Key, sympy.Expr]  # (weight, trace) -> M
    drives: dict[Key, sympy.Expr] = field(default_factory=dict)  # (driven, driver) -> s
    signals: tuple[str, ...] = ()

    @property
    def weights(self) -> list[str]:
        """The variables that an eligibility moves."""
        return list(dict.fromkeys(weight for weight, _ in self.gates))

    @property
    def moves(self) -> list[Key]:
        """The pairs of a weight and a trace that moves it, by itself or by what it drives."""
        through = [(w, driver) for w, trace in self.gates for driver in self.drivers(trace)]
        return list(dict.fromkeys([*self.gates, *through]))

    def terms(self, weight: str) -> list[Key]:
        """Return the keys of the terms of a weight: one for each trace that moves it."""
        return [key for key in self.moves if key[0] == weight]

    def drivers(self, trace: str) -> list[str]:
        """Return the traces that drive a trace."""
        return [driver for driven, driver in self.drives if driven == trace]

    def driven(self, trace: str) -> list[str]:
        """Return the traces that a trace drives."""
        return [driven for driven, driver in self.drives if driver == trace]


def _constants(model: Model, equations: Equations) -> set[sympy.Symbol]:
    """Return what does not change during a run: parameters, and units by their names."""
    units = _units().difference(map(_symbol, equations))
    return {*units, *map(_symbol, model.parameters)}


@cache
def _units() -> frozenset[sympy.Symbol]:
    return frozenset(map(_symbol, unit_names()))


def analyse(model: SynapseModel, equations: Equations, cell: Collection[str] = ()) -> Rule:
    """Split dw/dt into eligibility times a factor, or raise `WrongInput` with the reason.

    Parameters
    ----------
    model, equations
        The synapse, and its equations with all declarations.
    cell
        The variables of the target cell, as the rule may call them.

    Raises
    ------
    WrongInput
        If a variable neither decays nor moves by eligibility times modulator.
    """
    slopes = _slopes(equations)
    constants = _constants(model, equations)
    # An eligibility is what decays to zero at a constant rate between spikes.
    rates = {name: simplified(-slope / _symbol(name)) for name, slope in slopes.items()}
    traces = {name: rate for name, rate in rates.items() if rate.free_symbols <= constants}
    around = {_symbol(name) for name in cell if name not in equations and name not in model.parameters}
    readable = constants | around | {_symbol(name) for name in model.modulators}
    others = {name: slope for name, slope in slopes.items() if name not in traces}
    driven, drives = _driven(others, traces, constants, readable)
    _expect_no_bounds(model, driven)
    gates: dict[Key, sympy.Expr] = {}
    for name in [name for name in others if name not in driven]:
        found = _gates(slopes[name], traces | driven)
        if found is None or not _all_in(found, readable):
            raise WrongInput(
                f"d{name}/dt of '{model.name}' is not eligibility times modulator "
                f"(it reads '{equations[name].expr}'); run it with third_factor='clock-driven'."
            )
        gates |= {(name, trace): gate for trace, gate in found.items()}
    read = set().union(*(factor.free_symbols for factor in (*gates.values(), *drives.values())))
    return Rule(traces | driven, gates, drives, tuple(sorted(str(s) for s in read & around)))


def _driven(
    slopes: Mapping[str, sympy.Expr],
    traces: Mapping[str, sympy.Expr],
    constants: set[sympy.Symbol],
    readable: set[sympy.Symbol],
) -> tuple[dict[str, sympy.Expr], dict[Key, sympy.Expr]]:
    """Return the decay rates of what decays and is driven by traces, and what multiplies each driver."""
    driven: dict[str, sympy.Expr] = {}
    drives: dict[Key, sympy.Expr] = {}
    for name, slope in slopes.items():
        rate = -sympy.diff(slope, _symbol(name))
        found = _gates(slope + rate * _symbol(name), traces) if rate != 0 else None
        if found and rate.free_symbols <= constants and _all_in(found, readable):
            driven[name] = simplified(rate)
            drives |= {(name, driver): drive for driver, drive in found.items()}
    return driven, drives


def _expect_no_bounds(model: SynapseModel, driven: Collection[str]) -> None:
    """Raise `WrongInput` if a driven trace has bounds."""
    for name in [name for name in driven if name in model.bounds]:
        raise WrongInput(
            f"'{name}' of '{model.name}' is driven between spikes and has bounds, which it may meet there; "
            "leave them out, or run it with third_factor='clock-driven'."
        )


def _slopes(equations: Equations) -> dict[str, sympy.Expr]:
    """Return the slopes of what the clock steps, and of event-driven traces that read these or are read."""
    slopes = {
        name: str_to_sympy(str(expression))
        for name, expression in equations.get_substituted_expressions()
        if name in equations.diff_eq_names
    }
    read = {name: {str(s) for s in slope.free_symbols} & set(slopes) for name, slope in slopes.items()}
    chosen = {name for name in slopes if "event-driven" not in equations[name].flags}
    while True:
        near = {name for name in slopes if read[name] & chosen or any(name in read[c] for c in chosen)}
        if near <= chosen:
            return {name: slope for name, slope in slopes.items() if name in chosen}
        chosen |= near


def _all_in(factors: Mapping[str, sympy.Expr], readable: set[sympy.Symbol]) -> bool:
    """Return whether factors read nothing else."""
    return set().union(*(factor.free_symbols for factor in factors.values())) <= readable


def _gates(slope: sympy.Expr, traces: Mapping[str, sympy.Expr]) -> dict[str, sympy.Expr] | None:
    """Return what multiplies each eligibility in the slope of a weight; None if anything is left of it."""
    gates = {trace: sympy.diff(slope, _symbol(trace)) for trace in traces}
    gates = {trace: gate for trace, gate in gates.items() if gate != 0}
    rest = sympy.expand(slope)
    for trace, gate in gates.items():
        rest = sympy.expand(rest - gate * _symbol(trace))
    return gates if simplified(rest) == 0 else None


@cache  # asked for every unit in each rule, and SymPy looks at its assumptions anew each time
def _symbol(name: str) -> sympy.Symbol:
    """Return the symbol that Brian2 reads a name as."""
    return sympy.Symbol(name, real=True)


class Borrowed:
    """Parameters of modulators that a region needs too, under names of their own there."""

    def __init__(self, fresh: Fresh) -> None:
        self.fresh = fresh
        self.names: dict[str, str] = {}  # "modulator.parameter" -> name here

    def here(self, modulator: str, parameter: str) -> str:
        """Return what a parameter of a modulator is called in the region."""
        origin = f"{modulator}.{parameter}"
        if origin not in self.names:
            self.names[origin] = self.fresh(f"{modulator}_{parameter}")
        return self.names[origin]


def _decay(name: str, modulator: ModulatorModel, borrowed: Borrowed) -> sympy.Expr | None:
    """Return the rate at which a modulator decays, if that is all it does between events."""
    equations = Equations(f"{modulator.equations}\n{modulator.declarations()}")
    level = modulator.level
    if modulator.step or level not in equations.diff_eq_names:
        return None
    slopes = dict(equations.get_substituted_expressions())
    rate = simplified(-str_to_sympy(str(slopes[level])) / _symbol(level))
    if not rate.free_symbols <= _constants(modulator, equations):
        return None
    read = [p for p in modulator.parameters if _symbol(p) in rate.free_symbols]
    own = {p: _symbol(borrowed.here(name, p)) for p in read}
    return rate.subs({_symbol(p): here for p, here in own.items()}, simultaneous=True)


@dataclass(frozen=True)
class Levels:
    """The modulators that a rule reads, and how a factor made of them moves within a step."""

    model: SynapseModel
    modulators: Mapping[str, ModulatorModel]
    borrowed: Borrowed

    def terms(self, factor: sympy.Expr) -> list[tuple[sympy.Expr, sympy.Expr]]:
        """Return a factor as a sum of exponentials: each value at the start of a step, and its decay rate."""
        symbols = {name: _symbol(name) for name in self.model.modulators}
        read = [name for name in self.model.modulators if factor.has(symbols[name])]
        decays = {name: _decay(name, self.modulators[name], self.borrowed) for name in read}
        moving = [name for name in read if decays[name] is not None]
        try:
            terms = sympy.Poly(factor, *(symbols[n] for n in moving)).terms() if moving else []
        except sympy.PolynomialError:
            # No polynomial in what decays, such as a threshold of dopamine.
            terms = []
        if not terms:  # held for the step
            terms, moving = [((), factor)], []
        pieces = []
        for powers, value in terms:
            # A power n of what decays at a rate k decays at n k, and so on for products.
            total = sympy.Integer(0)
            for name, power in [(n, p) for n, p in zip(moving, powers, strict=True) if p]:
                total, value = total + power * decays[name], value * symbols[name] ** power
            pieces.append((value, total))
        return pieces


def integrate(gate: sympy.Expr, rate: sympy.Expr, levels: Levels) -> str:
    """Return code for the integral of M * g / g(start) over a step."""
    dt = _symbol("dt")
    # Each term of M times g is one exponential, whose integral over the step is known.
    totals = [(value, rate + extra) for value, extra in levels.terms(gate)]
    return sympy_to_str(sum(-value * EXPM1(-dt * total) / total for value, total in totals))


def driven_by(drive: sympy.Expr, driven: sympy.Expr, driver: sympy.Expr, levels: Levels) -> str:
    """Return code for what a driver of 1 adds to a trace in a step, times exp(rate of the trace * dt).

    ``driven`` and ``driver`` are their decay rates, which may be equal.
    """
    dt = _symbol("dt")
    pieces = [v * dt * _exprel(dt * (driven - driver - extra)) for v, extra in levels.terms(drive)]
    return sympy_to_str(sum(pieces))


def passed_on(
    gate: sympy.Expr, drive: sympy.Expr, driven: sympy.Expr, driver: sympy.Expr, levels: Levels
) -> str:
    """Return code for what a driver of 1 adds to a weight in a step, by what it adds to a trace there."""
    dt, pieces = _symbol("dt"), []
    for s, decay_of_s in levels.terms(drive):
        for m, decay_of_m in levels.terms(gate):
            a, b = dt * (driver + decay_of_s + decay_of_m), dt * (driven + decay_of_m)
            twice = (_exprel(-b) - sympy.exp(-b) * _exprel(b - a)) / a
            pieces.append(s * m * dt**2 * twice)
    return sympy_to_str(sum(pieces))


def _exprel(x: sympy.Expr) -> sympy.Expr:
    """Return (exp(x) - 1)/x, of two equal rates too."""
    x = sympy.expand(x)
    return sympy.Integer(1) if x == 0 else EXPREL(x)
