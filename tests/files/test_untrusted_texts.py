"""Texts of files that others may have written: read up to a size, and never run."""

import os

import pytest

import neuromodsim as nms
from neuromodsim.result import run_store
from neuromodsim.simulation import expressions
from neuromodsim.storage import bounded


def test_json_is_read_up_to_a_size_and_from_plain_files_only(tmp_path):
    place = tmp_path / "x.json"
    os.mkfifo(place)
    with pytest.raises(nms.WrongInput, match="no plain file"):
        bounded.read_json(place)
    place.unlink()
    for text, said in [
        ("[" * 10**6, "no JSON that can be read"),
        ("[1]", "no JSON object but a list"),
        ("\xff", "no JSON"),
        (" " * 101, "larger than 100 bytes"),
    ]:
        place.write_text(text, encoding="latin-1")
        with pytest.raises(nms.WrongInput, match=said):
            bounded.read_json(place, most=10**6 if len(text) == 10**6 else 100)


def test_an_expression_comes_to_what_python_says():
    names = {"tau_c": 0.02, "a": 3.0, "b": -0.5}
    for text in (
        "1/tau_c",
        "-a*b + 2**-1",
        "exp(-a/tau_c)/2",
        "(a - b)*1e-3/(1 + sqrt(a))",
        "+a**b",
        "abs(b)",
    ):
        import math

        known = {"__builtins__": {}, "exp": math.exp, "sqrt": math.sqrt, "abs": abs}
        assert expressions.evaluate(text, names) == pytest.approx(eval(text, known, names), rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "().__class__",
            "__import__('os')",
            "[1][0]",
            "a if a else b",
            "lambda: 1",
            "x",
            "'1'",
            "a.b",
            "True",
        ),
        *(
            "exp",
            "exp(a, b)",
            "exp(*[a])",
            "exp(x=1)",
            "a < b",
            "a and b",
            "f'{a}'",
            "(a := 1)",
            "1j",
            "",
            "1/0",
        ),
        *("9**9**9**9", "exp(1e9)", "(" * 500 + "1" + ")" * 500, "-" * 30_000 + "1", "1\n2", "a; b"),
    ],
)
def test_no_code_is_an_expression(text):
    with pytest.raises(ValueError):
        expressions.evaluate(text, {"a": 1.0, "b": 2.0})


def test_no_text_of_a_file_is_evaluated_or_unpickled():
    """Fails when the package calls eval, exec or pickle, but where a model's own text is checked before."""
    import ast
    from pathlib import Path

    found = set()
    for path in Path(run_store.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            imported = isinstance(node, ast.Import | ast.ImportFrom) and "pickle" in ast.unparse(node)
            if called in ("eval", "exec") or imported:
                found.add(path.name)
    assert found <= {"values.py"}
