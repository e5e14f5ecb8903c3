"""Event-driven variables whose rate moves between spikes, as a modulator moves it.

Brian2 brings an event-driven variable up to date at a spike, with the rate that its equation has at that
moment, as if this had held since the spike before. That is right for a constant. Where the rate reads a
modulator or a variable of a cell, a variable of the form

    dx/dt = (goal - x) * rate,    goal made of constants,

obeys x(t) = goal + (x(s) - goal) * exp(-(P(t) - P(s))) with P the integral of the rate, whatever its
course. So P is kept once per region or cell, a synapse remembers the P of its last spike, and what comes
out is right from spike to spike. P is advanced once per step, with the rate at the step's beginning.
An equation of another form is refused, or stepped by the clock where that is asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import sympy
from brian2.core.functions import DEFAULT_CONSTANTS, DEFAULT_FUNCTIONS
from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.functions import FUNCTIONS
from neuromodsim.description.model import Model, SynapseModel
from neuromodsim.errors import WrongInput
from neuromodsim.numerics.randomness import BESIDE, NAMES
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.inline import RANDOM
from neuromodsim.transforms.simplified import simplified
from neuromodsim.transforms.statements import joined, statements
from neuromodsim.units.quantities import unit_names, unit_text

CHANCE = RANDOM | {*NAMES, BESIDE}


@dataclass(frozen=True)
class Paced:
    """One variable of the form above.

    ``side`` tells whose rate it is: ``"region"``, that of modulators, or a cell's, ``"pre"`` or ``"post"``.
    The integral of the rate is ``now`` up to the beginning of the step that is under way, ``next`` up to its
    end, which is the present between steps, and ``seen`` at the last spike of a synapse.
    """

    name: str
    unit: str
    goal: str
    rate: str
    side: str
    now: str = ""
    next: str = ""
    seen: str = ""

    def called(self, name: Callable[[str], str]) -> "Paced":
        """Return the same with names of its own, each found by ``name``."""
        pace = f"pace_{self.name}"
        return replace(self, now=name(pace), next=name(f"{pace}_next"), seen=name(f"{pace}_seen"))

    def settled(self, pace: str) -> str:
        """Return what the variable has come to, for a name of the integral of its rate."""
        decay = f"exp({self.seen} - {pace})"
        if self.goal == "0":
            return f"{self.name}*{decay}"
        return f"{self.goal} + ({self.name} - ({self.goal}))*{decay}"


def around(model: SynapseModel, source: Model, target: Model) -> dict[str, str]:
    """Return each name whose value moves around a synapse, a modulator's or a cell's, with its side."""
    moving = {"t": "time"}
    moving |= {name: "post" for name in _changing(target)}
    moving |= {f"{name}_post": "post" for name in _changing(target)}
    moving |= {f"{name}_pre": "pre" for name in _changing(source)}
    moving |= {name: "task" for name in get_identifiers(model.equations) if name.endswith("_task")}
    own = Equations(model.equations)
    moving = {name: side for name, side in moving.items() if name not in own and name not in model.parameters}
    return moving | dict.fromkeys(model.modulators, "region")


def _changing(model: Model) -> list[str]:
    """Return the variables of a cell, pool or task that are not constants."""
    equations = Equations(model.all_equations())
    return [name for name in equations if "constant" not in equations[name].flags]


def paced(
    model: SynapseModel, near: Mapping[str, str], clock: bool, name: Callable[[str], str]
) -> tuple[SynapseModel, list[Paced]]:
    """Return a synapse whose event-driven equations are right, and the variables that need a pace.

    Parameters
    ----------
    model
        The synapse, whose code reads no subexpressions.
    near
        What moves around it, with its side.
    clock
        Whether equations of another form may be stepped by the clock; else they are refused.
    name
        Returns a name that nothing else has, made of one that says what it is for.

    Raises
    ------
    WrongInput
        If an equation has another form and may not be stepped by the clock.
    """
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    slopes = _slopes(equations)
    if not slopes:
        return model, []
    found = _found(model, equations, slopes, near)
    wrong = {variable: how for variable, how in found.items() if isinstance(how, str)}
    read = _read_by_clocked(equations, slopes)
    if not clock:
        _expect_none(model, wrong, read)
    # Brian2 refuses equations of which one is stepped by the clock and reads another that is not.
    by_clock = _together([*wrong, *read], slopes) if clock else set()
    kept = [
        how.called(name)
        for variable, how in found.items()
        if isinstance(how, Paced) and variable not in by_clock
    ]
    if by_clock:
        own = Equations(model.equations)
        model = replace(model, equations=lines(own, own, by_clock))
    return _with_paces(model, kept), kept


def _expect_none(model: SynapseModel, wrong: Mapping[str, str], read: Mapping[str, str]) -> None:
    """Raise `WrongInput` if an equation is right neither with a pace nor as Brian2 brings it up to date."""
    for name, reads in wrong.items():
        raise WrongInput(
            f"d{name}/dt of '{model.name}' is event-driven and reads '{reads}', which moves between spikes; "
            f"only (constant - {name})*rate, with a rate that modulators alone or one cell alone moves, can "
            "be: make it a clock-driven equation, or run it with third_factor='clock-driven'."
        )
    for name, reader in read.items():
        if not model.modulators:  # of others, what is derived next says what form they must have
            raise WrongInput(
                f"d{reader}/dt of '{model.name}' is stepped by the clock and reads '{name}', which is "
                "event-driven: make that a clock-driven equation, or run it with third_factor='clock-driven'."
            )


def _slopes(equations: Equations) -> dict[str, str]:
    """Return the right-hand sides of event-driven equations, without subexpressions."""
    substituted = dict(equations.get_substituted_expressions())
    return {n: str(substituted[n]) for n in equations if "event-driven" in equations[n].flags}


def _found(
    model: SynapseModel, equations: Equations, slopes: Mapping[str, str], near: Mapping[str, str]
) -> dict[str, Paced | str]:
    """Return what each variable is whose slope reads something that moves; a name where that is no form."""
    moved = {
        name
        for name, equation in equations.items()
        if "constant over dt" in equation.flags
        or (equation.type == DIFFERENTIAL_EQUATION and name not in slopes)
    }
    found: dict[str, Paced | str] = {}
    while True:
        moving = {**near, **dict.fromkeys([*moved, *found], "synapse"), **dict.fromkeys(CHANCE, "chance")}
        new = {
            name: _form(name, model, equations, slope, moving, set(slopes))
            for name, slope in slopes.items()
            if name not in found and get_identifiers(slope) & (set(moving) - {name})
        }
        if not new:
            return found
        found |= new


def _form(
    name: str,
    model: SynapseModel,
    equations: Equations,
    slope: str,
    moving: Mapping[str, str],
    at_spikes: set[str],
) -> Paced | str:
    """Return a variable's goal and rate, or one name that keeps it from having them."""
    read = sorted(get_identifiers(slope) & (set(moving) - {name}))
    sides = {moving[other] for other in read}
    if len(sides) != 1 or not sides <= {"region", "pre", "post"}:
        return read[0]
    symbol, whole = sympy.Symbol(name, real=True), str_to_sympy(slope)
    # Of dx/dt = (goal - x) rate: the rate is what x is multiplied by, and the goal times the rate is the
    # rest.
    rate = simplified(-sympy.diff(whole, symbol))
    own = set(equations) - set(model.parameters)
    fixed = {*model.parameters, *unit_names(), *DEFAULT_CONSTANTS} - own
    known = fixed | set(read) | ({*DEFAULT_FUNCTIONS, *FUNCTIONS} - RANDOM)
    if rate == 0 or not get_identifiers(sympy_to_str(rate)) <= known:
        return read[0]
    goal = simplified(whole.subs(symbol, 0) / rate)
    if simplified(whole - (goal - symbol) * rate) != 0:
        return read[0]
    if get_identifiers(sympy_to_str(goal)) & (set(moving) | at_spikes):
        return read[0]
    return Paced(name, unit_text(equations[name].dim), sympy_to_str(goal), sympy_to_str(rate), sides.pop())


def _read_by_clocked(equations: Equations, slopes: Mapping[str, str]) -> dict[str, str]:
    """Return the event-driven variables that an equation reads which is stepped by the clock, and which."""
    substituted = dict(equations.get_substituted_expressions())
    clocked = [n for n in equations.diff_eq_names if n not in slopes]
    return {n: c for c in clocked for n in slopes if n in get_identifiers(str(substituted[c]))}


def _together(names: list[str], slopes: Mapping[str, str]) -> set[str]:
    """Return these variables and all that they read or that read them: Brian2 mixes no two kinds."""
    chosen = set(names)
    while True:
        joined_by = {
            other
            for other, slope in slopes.items()
            for name in chosen
            if name in get_identifiers(slope) or other in get_identifiers(slopes[name])
        }
        if joined_by <= chosen:
            return chosen
        chosen |= joined_by


def _with_paces(model: SynapseModel, kept: list[Paced]) -> SynapseModel:
    """Return a synapse that brings variables up to date itself, before its own code."""
    if not kept:
        return model
    equations = Equations(model.equations)
    rest = lines(equations, [n for n in equations if n not in {k.name for k in kept}])
    rest += "".join(f"\n{k.name} : {k.unit}\n{k.seen} : 1" for k in kept)
    first = "".join(f"{k.name} = {k.settled(k.now)}\n{k.seen} = {k.now}\n" for k in kept)

    def settled(code: str) -> str:
        return f"{first}{joined(statements(code))}" if code else ""

    return replace(
        model,
        equations=rest,
        on_pre=settled(model.on_pre),
        on_post=settled(model.on_post),
        step=settled(model.step),
        on_event={event: settled(code) for event, code in model.on_event.items()},
    )
