"""What the digests of a summary notice, and what they leave out."""

import ast
from dataclasses import replace
from functools import partial

import pytest
from brian2 import ms

from neuromodsim.backends import cpp, identity
from neuromodsim.catalogue import catalogue
from neuromodsim.description.paths import Values
from neuromodsim.reports import figure as figures
from neuromodsim.sweeps import origin, source_digest


def _shape(text):
    return source_digest.shape(ast.parse(text))


def test_a_digest_of_code_leaves_out_what_does_nothing():
    """Fails when a comment, a docstring, an annotation or a line break makes a summary stale."""
    plain = "def f(x):\n    return x + 1\n"
    told = 'def f(x: int) -> int:\n    """Return more."""\n    # one more\n    return (\n     x + 1)\n'
    assert _shape(plain) == _shape(told) != _shape(plain.replace("1", "2"))
    assert _shape(plain) != _shape(plain.replace("+", "-"))
    assert _shape("a = [1, 2]") != _shape("a = [[1, 2]]") != _shape("a = [[1], 2]")


def test_templates_are_where_a_commit_is_asked_whether_they_changed():
    """Fails when a folder moves, and a changed template no longer shows in a summary's commit."""
    assert any((catalogue.figure_folder().parent / figures.TEMPLATES).iterdir())


OUTER = (
    "from inner import half, other as changed\nimport inner\nEDGE = 3\nUNREAD = 4\n\n\n"
    "def summarise(runs):\n    return [half(r) * EDGE for r in runs]\n\n\n"
    "def draw(summary):\n    return UNREAD\n"
)


HALF = "def half(x):\n    return math.floor(x / 2)\n"
# A figure with a function of its own, and the same figure with that function in what figures share.
SUMS = "def summarise(runs):\n    return math.fsum(map(_half, runs))\n"
ALONE = f"import math\n\n\n{HALF.replace('half', '_half')}\n\n{SUMS}"
MOVED = f"import math\nfrom shared import half as _half\n\n\n{SUMS}"


@pytest.fixture
def papers(tmp_path, monkeypatch):
    """Return how to write two modules, one of which reads the other, and digest a function of the first."""
    import importlib
    import linecache
    import sys

    source = {
        "outer": OUTER,
        "inner": "BY = 2\n\n\ndef half(x):\n    return x / BY\n\n\ndef other(x):\n    return x\n",
        "shared": f"import math\n\n\n{HALF}\n\ndef unread(x):\n    return x\n",
    }
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(source_digest, "OURS", ("outer", "inner", "shared"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def digest(**changed):
        for name, (old, new) in {n: changed.get(n, ("", "")) for n in source}.items():
            (tmp_path / f"{name}.py").write_text(source[name].replace(old, new) if old else source[name])
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        linecache.clearcache()
        source_digest._top.cache_clear()
        return source_digest.of_function(partial(importlib.import_module("outer").summarise))

    yield digest
    for name in source:
        sys.modules.pop(name, None)


def test_a_digest_of_a_function_follows_what_it_reads(papers):
    """Fails when a constant two modules away goes unnoticed, or the drawing of a figure is noticed."""
    before = papers()
    noticed = ({"outer": ("EDGE = 3", "EDGE = 5")}, {"inner": ("BY = 2", "BY = 3")}, {"inner": ("/", "*")})
    for changed in noticed:
        assert papers(**changed) != before
    unread = ({"outer": ("UNREAD = 4", "UNREAD = 5")}, {"inner": ("return x\n", "return 2*x\n")})
    for changed in unread:
        assert papers(**changed) == before


def test_a_function_that_moves_to_another_module_is_the_same(papers):
    """Fails when a folder that is renamed makes every summary stale."""
    before = papers()
    imports = "from inner import half, other as changed\nimport inner\n"
    assert papers(outer=(imports, "BY = 2\n\n\ndef half(x):\n    return x / BY\n\n\n")) == before
    assert papers(outer=(imports, "BY = 3\n\n\ndef half(x):\n    return x / BY\n\n\n")) != before


def test_a_function_that_moves_to_what_figures_share_is_the_same(papers):
    """Fails when moving a figure's own function to where others find it makes its summary stale."""
    before = papers(outer=(OUTER, ALONE))
    assert papers(outer=(OUTER, MOVED)) == before
    plain = MOVED.replace("half as _half", "half").replace("_half", "half")
    assert papers(outer=(OUTER, plain)) == papers(outer=(OUTER, ALONE.replace("_half", "half"))) != before


def test_a_digest_follows_what_figures_share(papers):
    """Fails when a change of a shared function leaves a summary as it was."""
    before = papers(outer=(OUTER, MOVED))
    for changed in (("floor", "ceil"), ("x / 2", "x / 3")):
        assert papers(outer=(OUTER, MOVED), shared=changed) != before
    assert papers(outer=(OUTER, MOVED), shared=("return x\n", "return 2 * x\n")) == before


WHOLE = MOVED.replace("from shared import half as _half", "import shared as own").replace("_half", "own.half")


def test_a_digest_follows_modules_that_are_imported_whole(papers):
    """Fails when a function that is read as an attribute of a module changes, and nothing notices."""
    for spelled in (WHOLE, WHOLE.replace("shared as own", "shared").replace("own.", "shared.")):
        before = papers(outer=(OUTER, spelled))
        assert papers(outer=(OUTER, spelled), shared=("floor", "ceil")) != before
        assert papers(outer=(OUTER, spelled), shared=("return x\n", "return 2 * x\n")) == before
        assert papers(outer=(OUTER, spelled.replace("import math", "import math as math"))) == before


def _read(module, name):
    """Return the modules of ours that a function reads anything of, whatever the digest follows."""
    reached = {}
    source_digest._reach(module, name, name, reached)
    return {where for where, _, _ in reached}


@pytest.mark.parametrize("name", catalogue.figures())
def test_all_of_ours_that_makes_a_summary_is_in_its_digest(name, monkeypatch):
    """Fails when a figure summarises runs with code of ours whose changes nobody would notice."""
    module = catalogue.figure(name)
    followed = _read(module, "summarise")
    monkeypatch.setattr(source_digest, "OURS", ("neuromodsim", "figures"))
    assert _read(module, "summarise") == followed


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("ejdrup2026/dopamine_volume", "crossings.first_below"),
        ("palij1994/noradrenaline_slice", "crossings.half_life"),
        ("reed2020/serotonin_undershoot", "windows.window_means"),
        ("mei2025/fig3", "learning.criterion"),
        ("mei2025/set_shifting", "learning.criterion"),
        ("mei2025/fig3", "information.entropy"),
        ("zhang2023/continual", "continual.forgetting"),
    ],
)
def test_a_changed_analysis_makes_summaries_stale(name, moved, monkeypatch):
    """Fails when a function of the analysis that a figure summarises runs with is not in the digest."""
    import importlib

    module, _, function = moved.partition(".")
    module = importlib.import_module(f"neuromodsim.analysis.{module}")
    summarise = catalogue.figure(name).summarise
    before, top = source_digest.of_function(summarise), source_digest._top(module)
    other = ast.parse(f"def {function}(*given):\n    return 0").body
    monkeypatch.setitem(top, function, other)
    assert source_digest.of_function(summarise) != before


def _changed(monkeypatch, experiment):
    monkeypatch.setattr(catalogue, "experiment", lambda name: experiment)
    return origin.program("x"), origin.inputs("x", experiment.condition(None)[0], 1)


def test_every_kind_of_change_is_seen_in_a_program_or_in_its_inputs(monkeypatch):
    """Fails when an equation, a constant, a delay, what prepare does or the recording goes unnoticed."""
    known = catalogue.experiment("distal_reward")
    program, inputs = _changed(monkeypatch, known)
    first, *others = known.circuit.projections
    longer = replace(known.circuit, projections=(replace(first, delay=2 * ms), *others))
    later = replace(known.circuit, projections=(replace(first, delay=3 * ms), *others))
    faster = known.circuit.populations[0].model
    faster = replace(faster, equations=faster.equations.replace("0.04", "0.05"))
    faster = replace(
        known.circuit,
        populations=(replace(known.circuit.populations[0], model=faster), *known.circuit.populations[1:]),
    )

    def otherwise(setting):
        prepared = known.prepare(setting)
        return replace(
            prepared, values={**prepared.values, "excitatory.w": 2 * prepared.values["excitatory.w"]}
        )

    assert _changed(monkeypatch, replace(known, circuit=faster))[0] != program
    with_delay = _changed(monkeypatch, replace(known, circuit=longer))
    assert with_delay[1] != _changed(monkeypatch, replace(known, circuit=later))[1]
    constant = replace(known, parameters={"dopamine_stdp.tau_c": 500 * ms})
    for changed in (constant, replace(known, prepare=otherwise)):
        other = _changed(monkeypatch, changed)
        assert other[0] == program and other[1] != inputs
    assert _changed(monkeypatch, replace(known, finish=None))[0] != program
    told = replace(known, summary="Told otherwise.")
    assert _changed(monkeypatch, told) == (program, inputs)


def test_the_event_and_the_table_of_a_yoke_are_among_its_inputs(monkeypatch):
    """Fails when another event, or one into another table, goes unnoticed."""
    known = catalogue.experiment("distal_reward")
    monkeypatch.setattr(origin, "gather", lambda *given: Values({}, {}, {}, {}, {}))

    def digest(**changed):
        yoked = known.conditions["yoked"]
        yoked = replace(yoked, yoke=replace(yoked.yoke, **changed))
        other = replace(known, conditions={**known.conditions, "yoked": yoked})
        monkeypatch.setattr(catalogue, "experiment", lambda name: other)
        return origin.inputs("x", "yoked", 1)

    assert len({digest(), digest(event="task.reward"), digest(table="task.other")}) == 3


def test_the_code_that_writes_programs_is_in_their_digest(monkeypatch):
    """Fails when a change of the engine that reaches the source leaves a digest as it was."""
    before, written = origin.program("pairing"), cpp.rendered
    monkeypatch.setattr(identity, "surroundings", lambda: "other files")
    assert origin.program("pairing") == before
    monkeypatch.setattr(identity, "surroundings", lambda: "yet others")
    monkeypatch.setattr(cpp, "rendered", lambda *given: f"{written(*given)}// other\n")
    assert origin.program("pairing") != before


def test_a_summary_from_before_is_stale_and_says_so():
    """Fails when a summary without digests passes for one of today."""
    module = catalogue.figure("izhikevich2007/fig1")
    kept = {"runs": origin.asked(module)}
    assert origin.stale(module, kept) == ["made before programs were noted"]


def test_inputs_that_cannot_be_made_here_are_named(monkeypatch):
    """Fails when missing images stop the list, or count as unchanged."""
    from neuromodsim.errors import RunFailed

    module = catalogue.figure("plasticity/triplet")
    kept = {"runs": origin.asked(module), "origin": origin.of(module)}
    assert origin.stale(module, kept) == []

    def missing(*run):
        raise RunFailed("'images' are not on this machine.")

    monkeypatch.setattr(origin, "inputs", missing)
    (reason,) = origin.stale(module, kept)
    assert "cannot be compared: 'images' are not on this machine." in reason and "(5 conditions)" in reason


def test_a_summary_of_other_runs_is_stale():
    """Fails when a figure that asks for more seeds keeps its old summary."""
    module = catalogue.figure("plasticity/stdp_windows")
    kept = {"runs": {"control": [1]}, "origin": {"programs": {}, "inputs": {}, "summarise": ""}}
    assert origin.stale(module, kept) == ["the figure asks for other runs today"]


def test_the_commit_is_that_of_the_checkout(tmp_path, monkeypatch):
    """Fails when a folder without a repository stops a figure, or a commit is made up."""
    import subprocess

    monkeypatch.setattr(catalogue, "figure_folder", lambda: tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert figures.commit() is None
    told = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], [*told, "commit", "-q", "--allow-empty", "-m", "One"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert figures.commit() == head.strip()
    (tmp_path / "model.py").write_text("x = 1")
    assert figures.commit() == head.strip() + " with changes"
