"""Random settings given to ``nms.simulate``: each is in the run as given, or refused in one sentence."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from brian2 import ms, mV, second

import neuromodsim as nms
from tests.fuzz import drawing, oracle
from tests.fuzz.subject import experiment

WAYS = ("prepare", "experiment", "condition", "caller")  # the later one goes before
BACK = -1 * ms
TIMES: tuple[tuple[Any, int | None], ...] = (  # and how many steps of 1 ms they are
    (2 * ms, 2),
    (0.003 * second, 3),
    ("4ms", 4),
    (0 * ms, 0),
    (1.5 * ms, None),
    (BACK, None),
    (3 * mV, None),
    (2.0, None),
    (float("nan") * ms, None),
    (float("inf") * ms, None),
    ([1, 2] * ms, None),
    ("1 000us", None),
    (None.__class__, None),
)
OPTIONS: dict[str, tuple[Any, ...]] = {  # that nothing can be made of
    "seed": (-1, 1.5, "1", True, None, 2**64, [1], float("nan")),
    "condition": ("wrong", 3, ["plain"], b"plain", True),
    "device": (None, "gpu", 3, ["numpy"]),
    "third_factor": (None, "eager", 3),
    "timeout": (-1, 0, float("nan"), "5", True, [1], 1e300),
    "replicas": (0, -1, 1.5, "2", True, [2], float("nan")),
    "progress": ("x", 1, [True]),
    "parameters": ([], "cells.k=1", 3, {3: 1.0}, {"cells.k": None}, [("cells.k", 1.0)]),
    "record": ("x", 3, [], {"wrong": {}}, {3: {}}, {"states": None}, {"only": {"cells.v": (9.5,)}}),
    "duration": ("x", None.__class__, [1], 5, 1.5 * ms, 0 * ms, -1 * ms, 3 * mV, {}),
    "experiment": (None, 3, "fuzz-ed", [], {}),
}


class Silent(AssertionError):
    """A setting was taken and is not in the run, or was refused otherwise than in one sentence."""


def run(count: int, device: str, seed: int = 0, tell: Callable[[str], None] | None = None) -> Counter[str]:
    """Try so many settings; return how many were taken and refused.

    Raises
    ------
    Silent
        At the first one that is neither, unless ``tell`` takes the sentence.
    """
    found: Counter[str] = Counter()
    for trial in range(count):
        chance = random.Random(f"api {seed} {trial}")
        kind = chance.choice(("value", "value", "value", "value", "value", "names", "time", "option"))
        try:
            found[FUZZERS[kind](chance, device)] += 1
        except Silent as error:
            if tell is None:
                raise Silent(f"trial {trial} of seed {seed}: {error}") from error
            tell(f"trial {trial} of seed {seed}: {error}")
            found["silent"] += 1
    return found


def simulate(subject: Any, on: str, what: str, **arguments: Any) -> Any:
    """Return a run on a device, or None where it is refused in one sentence."""
    try:
        return nms.simulate(subject, **{"device": on, "progress": False} | arguments)
    except nms.WrongInput as refusal:
        said = str(refusal)
        if "\n" in said or not said.endswith((".", "?")) or len(said) > 700:
            raise Silent(f"{what} is refused, but not in one sentence: {said!r}") from refusal
        return None
    except Exception as error:
        raise Silent(f"{what} ends in {type(error).__name__}: {error}") from error


def _value(chance: random.Random, device: str) -> str:
    """Give one or two paths values from one or two sources."""
    sources: dict[str, dict[str, Any]] = {way: {} for way in WAYS}
    meant: dict[str, Any] = {}
    sure = True
    for path in chance.sample(sorted(drawing.KINDS), chance.choice((1, 1, 2))):
        for way in sorted(chance.sample(WAYS, chance.choice((1, 1, 1, 2))), key=WAYS.index):
            kind = drawing.KINDS[path]
            given = drawing.si(drawing.value(chance, kind), way, kind)
            sources[way][path if way == "prepare" else drawing.path(chance, path)] = given.spelled
            meant[path] = given.means
            sure = sure and given.sure
    with np.errstate(all="ignore"):  # Brian2 tries units in which extreme values overflow
        what = repr(sources)
    subject = experiment(
        parameters=sources["experiment"], condition=sources["condition"], prepared=sources["prepare"] or None
    )
    tree = simulate(subject, device, what, parameters=sources["caller"], condition="other")
    if tree is None:
        if sure:
            raise Silent(f"{what} is right, and was refused")
        return "refused"
    return _taken(tree, meant, what)


def _taken(tree: Any, meant: dict[str, Any], what: str) -> str:
    wrong = oracle.differences(tree, meant)
    if wrong:
        raise Silent(f"{what}: {'; '.join(wrong)}")
    return "taken"


def _names(chance: random.Random, device: str) -> str:
    """Give one path by two names in one mapping."""
    path = chance.choice(sorted(p for p in drawing.KINDS if not drawing.KINDS[p].table))
    kind = drawing.KINDS[path]
    owner, _, name = path.partition(".")
    one, other = (drawing.scalar(chance, kind) for _ in range(2))
    both = {path: one.spelled, f"{drawing.OTHER_NAMES[owner]}.{name}": other.spelled}
    way = chance.choice(("parameters", "condition"))
    tree = simulate(
        experiment(condition=both if way == "condition" else None),
        device,
        repr(both),
        parameters=both if way == "parameters" else {},
        condition="other",
    )
    if tree is None:
        return "refused"
    if one.means is None or other.means is None or not np.array_equal(one.means, other.means):
        raise Silent(f"{both}: two values of one parameter were taken")
    return _taken(tree, {path: one.means}, repr(both))


def _time(chance: random.Random, device: str) -> str:
    """Give a delay, an interval, a window or a duration."""
    spelled, steps = chance.choice(TIMES)
    field = chance.choice(("delay", "interval", "start", "stop", "duration"))
    if field in ("start", "stop") and steps is None and spelled is BACK:
        steps = 7  # it counts from the end of a run of eight
    what = f"{field} {spelled!r}"
    try:
        arguments: dict[str, Any] = {"delay": {}, "duration": {"duration": spelled}}.get(field, {})
        if field == "interval":
            arguments = {"record": {"states": _states({"cells.v": spelled})}}
        if field in ("start", "stop"):
            arguments = {"record": {"windows": {"cells.v": nms.Window(**{field: spelled})}}}
        subject = experiment(delay=spelled) if field == "delay" else experiment()
    except nms.WrongInput:
        return _unless_right(steps, what)
    except Exception as error:
        raise Silent(f"{what} ends in {type(error).__name__}: {error}") from error
    tree = simulate(subject, device, what, **arguments)
    if tree is None:
        zero = steps == 0 and field in ("interval", "duration", "stop")
        return "refused" if zero else _unless_right(steps, what)
    if steps is None or (steps == 0 and field in ("interval", "duration")):
        raise Silent(f"{what} was taken")
    if field == "delay":
        found = int(np.rint(tree["state/others"].got.values[-1].max() * 1000)) - 1
        told = float(tree["synapses/s"].delay) * 1000
        return _same(what, (found, told), (steps, steps))
    if field == "duration":
        return _same(what, tree.attrs["duration"], f"{steps * 1e-3!r} s")
    times = np.rint(_times(tree) * 1000).astype(int).tolist()
    wanted = {
        "interval": [*range(0, 8, steps or 1), 8],
        "start": [*range(steps, 8), 8],
        "stop": list(range(0, steps)),
    }[field]
    return _same(what, times, wanted)


def _states(changed: dict[str, Any]) -> dict[str, Any]:
    from tests.fuzz.subject import RECORDING

    return {**RECORDING.states, **changed}


def _times(tree: Any) -> Any:
    return tree["state/cells"][tree["state/cells"]["v"].dims[0]].values


def _unless_right(steps: int | None, what: str) -> str:
    if steps:
        raise Silent(f"{what} is right, and was refused")
    return "refused"


def _same(what: str, found: Any, wanted: Any) -> str:
    if found != wanted:
        raise Silent(f"{what} is {found} in the run, not {wanted}")
    return "taken"


def _option(chance: random.Random, device: str) -> str:
    """Give an argument that nothing can be made of."""
    name = chance.choice(sorted(OPTIONS))
    given = chance.choice(OPTIONS[name])
    subject = given if name == "experiment" else experiment()
    arguments = {} if name == "experiment" else {name: given}
    if name == "seed" and given is None:
        return "refused"
    if simulate(subject, device, f"{name}={given!r}", **arguments) is not None:
        raise Silent(f"{name}={given!r} was taken")
    return "refused"


FUZZERS = {"value": _value, "names": _names, "time": _time, "option": _option}
