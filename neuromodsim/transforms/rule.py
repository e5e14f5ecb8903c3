"""What a third-factor rule is made of: eligibilities, how they decay, and what multiplies them."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from brian2.equations import Equations
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str

from neuromodsim.description.model import Model, ModulatorModel, SynapseModel
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.code_names import Fresh
from neuromodsim.units.quantities import unit_names

# A function that SymPy does not know, so that it leaves it as it is.
EXPM1 = sympy.Function("expm1")  # 1 - exp(-x) loses digits where a step is short


@dataclass(frozen=True)
class Rule:
    """The parts of a rule: each eligibility's decay rate, and what multiplies it in each weight."""

    traces: dict[str, sympy.Expr]
    gates: dict[tuple[str, str], sympy.Expr]  # (weight, trace) -> M

    @property
    def weights(self) -> list[str]:
        """The variables that an eligibility moves."""
        return list(dict.fromkeys(weight for weight, _ in self.gates))

    def terms(self, weight: str) -> list[tuple[str, str]]:
        """Return the keys of the terms of a weight: one for each eligibility that moves it."""
        return [key for key in self.gates if key[0] == weight]


def _constants(model: Model, equations: Equations) -> set[sympy.Symbol]:
    """Return what does not change during a run: parameters, and units by their names."""
    names = {*model.parameters, *(unit for unit in unit_names() if unit not in equations)}
    return {_symbol(name) for name in names}


def analyse(model: SynapseModel, equations: Equations) -> Rule:
    """Split dw/dt into eligibility times a factor, or raise `WrongInput` with the reason.

    Raises
    ------
    WrongInput
        If a variable neither decays nor moves by eligibility times modulator.
    """
    slopes = {
        name: str_to_sympy(str(expression))
        for name, expression in equations.get_substituted_expressions()
        if name in equations.diff_eq_names and "event-driven" not in equations[name].flags
    }
    constants = _constants(model, equations)
    # An eligibility is what decays to zero at a constant rate between spikes.
    rates = {name: sympy.simplify(-slope / _symbol(name)) for name, slope in slopes.items()}
    traces = {name: rate for name, rate in rates.items() if rate.free_symbols <= constants}
    readable = constants | {_symbol(name) for name in model.modulators}
    gates: dict[tuple[str, str], sympy.Expr] = {}
    for name in [name for name in slopes if name not in traces]:
        found = _gates(slopes[name], traces)
        if found is None or not set().union(*(gate.free_symbols for gate in found.values())) <= readable:
            raise WrongInput(
                f"d{name}/dt of '{model.name}' is not eligibility times modulator "
                f"(it reads '{equations[name].expr}'); run it with third_factor='clock-driven'."
            )
        gates |= {(name, trace): gate for trace, gate in found.items()}
    return Rule(traces, gates)


def _gates(slope: sympy.Expr, traces: Mapping[str, sympy.Expr]) -> dict[str, sympy.Expr] | None:
    """Return what multiplies each eligibility in the slope of a weight; None if anything is left of it."""
    gates = {trace: sympy.diff(slope, _symbol(trace)) for trace in traces}
    gates = {trace: gate for trace, gate in gates.items() if gate != 0}
    rest = sympy.expand(slope)
    for trace, gate in gates.items():
        rest = sympy.expand(rest - gate * _symbol(trace))
    return gates if sympy.simplify(rest) == 0 else None


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
    rate = sympy.simplify(-str_to_sympy(str(slopes[level])) / _symbol(level))
    if not rate.free_symbols <= _constants(modulator, equations):
        return None
    read = [p for p in modulator.parameters if _symbol(p) in rate.free_symbols]
    own = {p: _symbol(borrowed.here(name, p)) for p in read}
    return rate.subs({_symbol(p): here for p, here in own.items()}, simultaneous=True)


def integrate(
    gate: sympy.Expr,
    rate: sympy.Expr,
    model: SynapseModel,
    modulators: Mapping[str, ModulatorModel],
    borrowed: Borrowed,
) -> str:
    """Return code for the integral of M * g / g(start) over a step."""
    dt = _symbol("dt")
    symbols = {name: _symbol(name) for name in model.modulators}
    read = [name for name in model.modulators if gate.has(symbols[name])]
    decays = {name: _decay(name, modulators[name], borrowed) for name in read}
    moving = [name for name in read if decays[name] is not None]
    try:
        terms = sympy.Poly(gate, *(symbols[n] for n in moving)).terms() if moving else []
    except sympy.PolynomialError:
        # No polynomial in what decays, such as a threshold of dopamine.
        terms = []
    if not terms:  # held for the step
        terms, moving = [((), gate)], []
    pieces = []
    for powers, factor in terms:
        # A power n of what decays at a rate k decays at n k, and so on for products: each term of M times g
        # is one exponential, whose integral over the step is known.
        total, value = rate, factor
        for name, power in [(n, p) for n, p in zip(moving, powers, strict=True) if p]:
            total, value = total + power * decays[name], value * symbols[name] ** power
        pieces.append(-value * EXPM1(-dt * total) / total)
    return sympy_to_str(sum(pieces))
