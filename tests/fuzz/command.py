"""Random words after ``neuromodsim run``: each is in the run as typed, or refused in one sentence."""

import contextlib
import io
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from unittest import mock

import numpy as np

from neuromodsim.catalogue import finding, lookup
from neuromodsim.cli import main
from neuromodsim.simulation import run_one
from tests.fuzz import drawing, oracle
from tests.fuzz.api import Silent
from tests.fuzz.subject import experiment

DURATIONS = {"8ms": 8, "0.01s": 10, "9 ms": 9, "1.5ms": None, "0ms": None, "-1ms": None, "5": None}
DURATIONS |= {
    "3mV": None,
    "1 000ms": None,
    "nan s": None,
    "inf s": None,
    "1e400s": None,
    "ten": None,
    "10-5ms": None,
}
SEEDS = {"0": 0, "7": 7, "9223372036854775807": 2**63 - 1, "-1": None, "1.5": None, "1_0": None, "x": None}
SEEDS |= {"９": None, "18446744073709551616": None, "": None, "1e3": None, "0x1": None}
INTERVALS = {"2ms": 2, "0.004s": 4, "1.5ms": None, "0ms": None, "-1ms": None, "1mV": None, "2": None}
INTERVALS |= {"x": None}


def run(count: int, device: str, seed: int = 0, tell: Callable[[str], None] | None = None) -> Counter[str]:
    """Try so many commands; return how many were taken and refused.

    Raises
    ------
    Silent
        At the first one that is neither, unless ``tell`` takes the sentence.
    """
    found: Counter[str] = Counter()
    for trial in range(count):
        chance = random.Random(f"cli {seed} {trial}")
        try:
            found[_one(chance, device)] += 1
        except Silent as error:
            if tell is None:
                raise Silent(f"command {trial} of seed {seed}: {error}") from error
            tell(f"command {trial} of seed {seed}: {error}")
            found["silent"] += 1
    return found


def _one(chance: random.Random, device: str) -> str:
    """Type one command and look at what it makes."""
    subject = experiment()
    words = ["run", "fuzzed", "--device", device, "--quiet"]
    meant: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    for path in chance.sample(sorted(drawing.KINDS), chance.choice((0, 1, 1, 2))):
        given = drawing.text(chance, drawing.KINDS[path])
        words += ["--set", f"{drawing.path(chance, path)}={given.spelled}"]
        meant[path] = given.means
        if chance.random() < 0.1:  # the same again, by either name
            again = drawing.text(chance, drawing.KINDS[path])
            words += ["--set", f"{drawing.path(chance, path)}={again.spelled}"]
            same = given.means is not None and given.means == again.means
            meant[path] = given.means if same else None
    for option, choices in (("duration", DURATIONS), ("seed", SEEDS), ("interval", INTERVALS)):
        if chance.random() < 0.2:
            typed, means = chance.choice(sorted(choices.items(), key=str))
            words += ["--record", f"cells.v={typed}"] if option == "interval" else [f"--{option}", typed]
            wanted[option] = means
    if chance.random() < 0.1:
        name = chance.choice(("plain", "other", "wrong", ""))
        words += ["--condition", name]
        wanted["condition"] = name if name in ("plain", "other") else None
    code, said, trees = _typed(words, subject)
    what = " ".join(words)
    if code == 2:
        if len(said.strip().splitlines()) != 1 or len(said) > 900:
            raise Silent(f"{what!r} is refused, but not in one sentence: {said!r}")
        return "refused"
    if code != 0 or len(trees) != 1:
        raise Silent(f"{what!r} ends with {code}: {said!r}")
    wrong = oracle.differences(trees[0], meant)
    wrong += [f"{option} was taken" for option, means in wanted.items() if means is None]
    wrong = wrong or _options(trees[0], wanted)
    if wrong:
        raise Silent(f"{what!r}: {'; '.join(wrong)}")
    return "taken"


def _typed(words: list[str], subject: Any) -> tuple[int, str, list[Any]]:
    """Return the exit code of a command, what it says, and the runs it made."""
    trees: list[Any] = []
    real, known = run_one.run_one, finding.find

    def kept(*arguments: Any, **options: Any) -> Any:
        trees.append(real(*arguments, **options))
        return trees[-1]

    said = io.StringIO()
    with (
        mock.patch.object(run_one, "run_one", kept),
        mock.patch.object(finding, "find", lambda name: subject if name == "fuzzed" else known(name)),
        mock.patch.object(lookup, "expect_known", lambda *given, **options: None),
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        code = main.main(words)
    return code, said.getvalue(), trees


def _options(tree: Any, wanted: dict[str, Any]) -> list[str]:
    """Return which options a run does not have as typed."""
    steps = wanted.get("duration", 8)
    found = {
        "duration": round(float(re.split(" ", tree.attrs["duration"])[0]) * 1000),
        "seed": int(tree.attrs["seed"]),
        "condition": tree.attrs["condition"],
    }
    wrong = [f"{name} is {found[name]}" for name, means in wanted.items() if found.get(name, means) != means]
    if "interval" in wanted:
        node = tree["state/cells"]
        times = np.rint(node[node["v"].dims[0]].values * 1000).astype(int).tolist()
        if times != sorted({*range(0, steps, wanted["interval"]), steps}):
            wrong.append(f"cells.v is sampled at {times} ms")
    return wrong
