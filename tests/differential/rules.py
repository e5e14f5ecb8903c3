"""Random small rules, as strings and numbers alone.

A rule is drawn from a seed. What is drawn is what has been got wrong before: traces that several things
read, code of events, subexpressions, names that contain each other or are those of generated variables,
statements on one line, delays, initial values, parts, spikes of both cells in one step, bounds, several
modulators and regions, variables of cells, and names that a rule shares with its cells.
"""

import re
from dataclasses import dataclass

import numpy as np

from tests.differential.spikes import POST, PRE

AMOUNT = 0.75
TAUS = {"tau": 20e-3, "tau_x": 7e-3, "taux": 35e-3}
TAU_TAGS, TAU_W = (30e-3, 12e-3), 10e-3
BOUNDS = (-0.5, 1.25)
NAMES = (
    ("x", "y", "z", "u", "m", "q"),
    ("x", "wx", "x_w", "xx", "y_x", "x_"),
    ("tr", "tr_ace", "tr_ace_a", "a", "a_tr", "t_r"),
    ("a", "a_scaled", "g_a", "a_now", "a_seen", "K_w_a"),
)
GATES = ("d", "s", "d*s", "(d + s)", "(s - 0.25)", "(d - 0.5)")
SPEEDS = {
    "constant": (),
    "modulated": ("*(1 + 3*d)", "/(1 + 4*d)", "*(2 + s)"),
    "cells": ("*(1 + v_post)", "*(1 + v_pre)"),
}
CELL = "v"  # what cells of both sides have


@dataclass(frozen=True)
class Rule:
    """One rule between two populations, in steps of 1 ms.

    ``slopes`` maps each event-driven variable to its right-hand side, ``others`` holds plain variables and
    ``expressions`` subexpressions; ``codes`` is run at spikes (``pre``, ``post``) and at ``burst``.
    ``tags`` maps each eligibility to what multiplies it in the slope of ``w``.
    """

    seed: int
    slopes: dict[str, str]
    others: tuple[str, ...]
    expressions: dict[str, str]
    codes: dict[str, str]
    initial: dict[str, float]
    source: str
    target: str
    pairs: tuple[tuple[int, int], ...]  # of cells of the whole populations
    delay: int | tuple[int, ...] | None  # one of all pairs, or one of each
    regions: tuple[int, ...]  # of each target cell
    tags: dict[str, str]
    bounds: tuple[float, float] | None = None  # of w
    post_delay: int | tuple[int, ...] | None = None

    def delays(self, pair: int) -> tuple[int, int]:
        """Return how many steps spikes of the source and of the target take to a synapse."""
        given = (self.delay or 0, self.post_delay or 0)
        before, after = (one if isinstance(one, int) else one[pair] for one in given)
        return before, after

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable of a synapse."""
        return (*self.slopes, *self.others, *self.tags)

    @property
    def recorded(self) -> tuple[str, ...]:
        """The weight, and of every fourth rule one event-driven variable."""
        return ("w", list(self.slopes)[self.seed % len(self.slopes)]) if self.seed % 4 == 0 else ("w",)

    @property
    def reads(self) -> tuple[str, ...]:
        """The modulators that anything of it reads."""
        texts = [*self.slopes.values(), *self.codes.values(), *self.tags.values()]
        texts = [line.partition("#")[0] for text in texts for line in text.split("\n")]
        return tuple(n for n in "ds" if any(re.search(rf"\b{n}\b", text) for text in texts))

    @property
    def shares(self) -> bool:
        """Whether a variable of it is called as one of its cells, so that it must move there."""
        return CELL in self.slopes


def rule(seed: int) -> Rule:
    """Return the rule of a seed."""
    rng = np.random.default_rng([20261129, seed])
    names = [str(n) for n in rng.permutation(NAMES[int(rng.integers(len(NAMES)))])]
    count = int(rng.choice([1, 1, 1, 2, 2, 2, 3]))
    traces, others = names[:count], names[3 : 3 + int(rng.integers(1, 3))]
    modulated, shares, ordinary = (bool(rng.random() < share) for share in (0.5, 0.06, 0.35))
    if shares:
        traces, ordinary = [CELL, *traces[1:]], True
    speeds = SPEEDS[("modulated" if modulated else "cells") if rng.random() < 0.5 else "constant"]
    slopes = {name: _slope(rng, name, [] if shares else traces[:k], speeds) for k, name in enumerate(traces)}
    if shares:
        slopes[CELL] = f"-{CELL}/tau"
    plain = (*others, "w")
    tags = {}
    if modulated and rng.random() < 0.6:
        tags = {f"{names[5]}{'cb'[k]}": str(rng.choice(GATES)) for k in range(int(rng.choice([1, 1, 2])))}
    around = [f"{CELL}_pre", f"{CELL}_post"] + ([] if shares else [CELL])
    known = [*traces, *plain, str(rng.choice(around))]
    expressions = {
        f"{names[5]}{k}": _term(rng, [*known, *(f"{names[5]}{j}" for j in range(k))])
        for k in range(int(rng.choice([0, 0, 1, 2])))
        if not shares
    }
    known += [*expressions, *tags]
    codes = {event: _code(rng, traces, plain, known, modulated, tags) for event in ("pre", "post")}
    if rng.random() < 0.3 and not shares:
        codes["burst"] = _code(rng, traces, plain, known, modulated, tags)
    if ordinary:  # whose traces move
        two = len(traces) > 1
        moved = list(tags)[:1] or ["w"]
        codes["pre"] = _joined(rng, [_setting(rng, traces[0]), *([f"w -= {traces[-1]}"] if two else [])])
        last = f"{moved[0]} += {traces[0]}{rng.choice(['', f'*{CELL}_post'])}"
        codes["post"] = _joined(rng, [*([_setting(rng, traces[-1])] if two else []), last])
    initial = {n: float(rng.integers(1, 9)) / 8 for n in (*traces, *plain) if rng.random() < 0.2}
    if shares:
        initial.pop(CELL, None)
    source, target = str(rng.choice(list(PRE))), str(rng.choice(list(POST)))
    pairs = {(int(rng.choice(PRE[source])), int(rng.choice(POST[target]))) for _ in range(5)}
    # From a stream of its own, so that all else of a seed stays.
    late = np.random.default_rng([20261201, seed])
    delay = int(rng.integers(1, 4)) if rng.random() < 0.25 and not shares else None
    if delay is not None and late.random() < 0.5:
        delay = tuple(late.integers(0, 5, size=len(pairs)).tolist())
    post_delay = None
    if not shares and late.random() < 0.2:
        post_delay = int(late.integers(1, 4))
        if late.random() < 0.4:
            post_delay = tuple(late.integers(0, 5, size=len(pairs)).tolist())
    return Rule(
        seed=seed,
        slopes=slopes,
        others=plain,
        expressions=expressions,
        codes=codes,
        initial=initial,
        source=source,
        target=target,
        pairs=tuple(sorted(pairs)),
        delay=delay,
        post_delay=post_delay,
        regions=tuple(rng.integers(2, size=len(POST["post"])).tolist()),
        tags=tags,
        bounds=BOUNDS if rng.random() < 0.35 else None,
    )


def _slope(rng: np.random.Generator, name: str, before: list[str], speeds: tuple[str, ...]) -> str:
    tau = str(rng.choice(list(TAUS)))
    if before and rng.random() < 0.3 and not speeds:
        return f"({rng.choice(before)} - {name})/{tau}"
    goal = str(rng.choice(["", "", "1 - ", "0.5 - "]))
    speed = str(rng.choice(["", *speeds]))
    return f"({goal}{name})/{tau}{speed}" if goal else f"-{name}/{tau}{speed}"


def _term(rng: np.random.Generator, names: list[str]) -> str:
    factor = int(rng.integers(1, 8)) / 8
    read = str(rng.choice(names))
    forms = (
        "{f}*{n}",
        "({f} - {n}/4)",
        "exp(-{n}*{n})",
        "{f}*int({n} > 0.4)",
        "where({n} > 0.4, {f}, {n}/2)",
    )
    return str(rng.choice(forms)).format(f=factor, n=read)


def _setting(rng: np.random.Generator, name: str) -> str:
    return f"{name} {rng.choice(['=', '+='])} {rng.choice(['1', 'amount', 'amount*0.5'])}"


def _code(
    rng: np.random.Generator,
    traces: list[str],
    plain: tuple[str, ...],
    known: list[str],
    modulated: bool,
    tags: dict[str, str],
) -> str:
    lines = []
    for _ in range(int(rng.integers(1, 5))):
        kind, target = rng.random(), str(rng.choice([*traces, *plain]))
        if kind < 0.35:
            lines.append(_setting(rng, str(rng.choice(traces))))
        elif kind < 0.45:
            lines.append(f"{target} = {target}/2 + {_term(rng, known)}/2")
        elif kind < 0.55:
            lines.append(f"{target} *= 0.5")
        elif kind < 0.65:
            lines.append(f"{plain[0]} = {rng.choice([n for n in known if n != plain[0]])}")
        elif modulated and kind < 0.72:
            lines.append(f"w += {rng.choice(['d', 's'])}*0.25")
        elif tags and kind < 0.9:
            lines.append(f"{rng.choice(list(tags))} += {_term(rng, known)}")
        else:
            lines.append(f"w {rng.choice(['+=', '-='])} {_term(rng, known)}")
    return _joined(rng, lines)


def _joined(rng: np.random.Generator, lines: list[str]) -> str:
    """Return statements as one may write them: one on a line, or several, with remarks."""
    between = str(rng.choice(["\n", "; ", "\n    "]))
    remark = str(rng.choice(["", "  # x += 1", "  # nothing; w = 0"]))
    return between.join(lines) + remark
