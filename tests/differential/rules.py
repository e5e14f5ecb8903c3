"""Random small rules, as strings and numbers alone.

A rule is drawn from a seed. What is drawn is what has been got wrong before: traces that several things
read, code of events, subexpressions, names that contain each other, statements on one line, delays, initial
values, parts, spikes of both cells in one step, bounds, modulators and regions.
"""

import re
from dataclasses import dataclass

import numpy as np

STEPS = 60
CELLS = 2  # of each side
LEVELS, RISES = (0.25, 1.5), 23  # what the level of each region is from this step on
AMOUNT = 0.75
TAU_TAG, TAU_W = 30e-3, 10e-3
TAUS = {"tau": 20e-3, "tau_x": 7e-3, "taux": 35e-3}


@dataclass(frozen=True)
class Rule:
    """One rule between two populations, in steps of 1 ms.

    ``slopes`` maps each event-driven variable to its right-hand side, ``others`` holds plain variables and
    ``expressions`` subexpressions; ``codes`` is run at spikes (``pre``, ``post``) and at ``burst``.
    """

    seed: int
    slopes: dict[str, str]
    others: tuple[str, ...]
    expressions: dict[str, str]
    codes: dict[str, str]
    initial: dict[str, float]
    pre: tuple[tuple[int, ...], ...]
    post: tuple[tuple[int, ...], ...]
    burst: tuple[int, ...]
    delay: int | None
    regions: tuple[int, ...]  # of each target cell; none: nothing reads a modulator
    first: int = 0  # first cell of the part that is the source
    tag: str = ""  # an eligibility, which a modulator turns into w
    bounds: tuple[float, float] | None = None  # of w

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable of a synapse."""
        return (*self.slopes, *self.others, *([self.tag] if self.tag else []))

    @property
    def recorded(self) -> tuple[str, ...]:
        """The weight, and one event-driven variable."""
        return ("w", list(self.slopes)[self.seed % len(self.slopes)])

    @property
    def reads(self) -> bool:
        """Whether anything of it reads the modulator."""
        texts = (*self.slopes.values(), *self.codes.values())
        return bool(self.tag) or any(re.search(r"\bd\b", text.partition("#")[0]) for text in texts)


def rule(seed: int) -> Rule:
    """Return the rule of a seed."""
    rng = np.random.default_rng([20261129, seed])
    names = [str(n) for n in rng.permutation(NAMES[int(rng.integers(len(NAMES)))])]
    traces, others = names[: 1 + int(rng.integers(3))], names[3:5]
    modulated = bool(rng.random() < 0.4)
    slopes = {name: _slope(rng, name, traces[:k], modulated) for k, name in enumerate(traces)}
    plain = (*others, "w")
    tag = f"{names[5]}c" if modulated and rng.random() < 0.5 else ""
    expressions = {
        f"{names[5]}{k}": _term(rng, [*traces, *plain, *(f"{names[5]}{j}" for j in range(k))])
        for k in range(int(rng.integers(3)))
    }
    known = [*traces, *plain, *expressions, *([tag] if tag else [])]
    codes = {event: _code(rng, traces, plain, known, modulated, tag) for event in ("pre", "post")}
    if rng.random() < 0.4:
        codes["burst"] = _code(rng, traces, plain, known, modulated, tag)
    if rng.random() < 0.4:  # the ordinary rule, whose traces move
        two = len(traces) > 1
        codes["pre"] = _joined(rng, [_setting(rng, traces[0]), *([f"w -= {traces[-1]}"] if two else [])])
        codes["post"] = _joined(rng, [*([_setting(rng, traces[-1])] if two else []), f"w += {traces[0]}"])
    initial = {n: float(rng.integers(1, 9)) / 8 for n in (*traces, *plain) if rng.random() < 0.2}
    counts = rng.integers(5, size=4).tolist()
    trains = [tuple(sorted(rng.choice(STEPS - 5, n, replace=False).tolist())) for n in counts]
    if trains[0]:  # both cells in one step
        trains[2] = tuple(sorted({*trains[2], trains[0][0]}))
    return Rule(
        seed=seed,
        slopes=slopes,
        others=plain,
        expressions=expressions,
        codes=codes,
        initial=initial,
        pre=tuple(trains[:2]),
        post=tuple(trains[2:]),
        burst=tuple(sorted({*trains[0][-1:], *rng.choice(STEPS, 2).tolist()})),
        delay=int(rng.integers(1, 4)) if rng.random() < 0.25 else None,
        regions=(0, int(rng.integers(2))) if modulated else (),
        first=int(rng.random() < 0.3),
        tag=tag,
        bounds=(-0.5, 1.25) if rng.random() < 0.3 else None,
    )


NAMES = (
    ("x", "y", "z", "u", "v", "q"),
    ("x", "wx", "x_w", "xx", "y_x", "x_"),
    ("tr", "tr_ace", "tr_ace_a", "a", "a_tr", "t_r"),
)


def _slope(rng: np.random.Generator, name: str, before: list[str], modulated: bool) -> str:
    tau = str(rng.choice(list(TAUS)))
    if before and rng.random() < 0.2 and not modulated:
        return f"({rng.choice(before)} - {name})/{tau}"
    goal = str(rng.choice(["", "", "1 - ", "0.5 - "]))
    speed = str(rng.choice(["", "*(1 + 3*d)", "/(1 + 4*d)"])) if modulated else ""
    return f"({goal}{name})/{tau}{speed}" if goal else f"-{name}/{tau}{speed}"


def _term(rng: np.random.Generator, names: list[str]) -> str:
    factor = int(rng.integers(1, 8)) / 8
    read = str(rng.choice(names))
    forms = ("{f}*{n}", "({f} - {n}/4)", "exp(-{n}*{n})", "{f}*int({n} > 0.4)")
    return str(rng.choice(forms)).format(f=factor, n=read)


def _setting(rng: np.random.Generator, name: str) -> str:
    return f"{name} {rng.choice(['=', '+='])} {rng.choice(['1', 'amount', 'amount*0.5'])}"


def _code(
    rng: np.random.Generator,
    traces: list[str],
    plain: tuple[str, ...],
    known: list[str],
    modulated: bool,
    tag: str,
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
            lines.append("w += d*0.25")
        elif tag and kind < 0.9:
            lines.append(f"{tag} += {_term(rng, known)}")
        else:
            lines.append(f"w {rng.choice(['+=', '-='])} {_term(rng, known)}")
    return _joined(rng, lines)


def _joined(rng: np.random.Generator, lines: list[str]) -> str:
    """Return statements as one may write them: one on a line, or several, with remarks."""
    between = str(rng.choice(["\n", "; ", "\n    "]))
    remark = str(rng.choice(["", "  # x += 1", "  # nothing; w = 0"]))
    return between.join(lines) + remark
