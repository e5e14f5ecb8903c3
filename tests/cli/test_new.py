"""What `new` writes runs as written, and its test passes, anywhere."""

import json
import re
import subprocess
import sys

import pytest

import neuromodsim as nms


def written(said, kind: str, name: str) -> dict[str, object]:
    """Return what a command says of the files that it wrote."""
    code, out, err = said("new", kind, name, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    ("kind", "what"), [("experiment", "./my_task.py:MY_TASK"), ("model", "./my_task.py:TRY")]
)
def test_what_is_written_can_be_shown_and_run(said, tmp_path, kind, what):
    """Fails when a template is no description, or the command that is printed does not work."""
    assert written(said, kind, "my_task") == {"files": ["my_task.py", "test_my_task.py"], "run": what}
    about = json.loads(said("show", what, "--json")[1])
    assert "my_task" in about["name"] and "$" not in json.dumps(about)
    words = ("--device", "numpy", "--duration", "30ms", "--quiet", "-o", "run.zarr", "--figure", "run.png")
    code, _, err = said("run", what, *words)
    assert (code, err) == (0, "") and (tmp_path / "run.png").stat().st_size > 5000
    assert nms.open(tmp_path / "run.zarr").attrs["experiment"] == about["name"]


def test_the_tests_that_are_written_pass_and_notice(said, command, tmp_path):
    """Fails when the test of a template fails as written, or passes whatever the model does."""
    for kind in ("experiment", "model"):
        written(said, kind, f"my_{kind}")
        written(said, kind, f"wrong_{kind}")
        file = tmp_path / f"wrong_{kind}.py"
        file.write_text(file.read_text().replace("-c/tau_c ", "+c/tau_c ").replace("gain*R*I", "gain*R*I/2"))
    words = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "."]
    done = subprocess.run(words, cwd=tmp_path, env=command[1], capture_output=True, text=True, check=False)
    found = set(re.findall(r"^(PASSED|FAILED|ERROR) test_(\w+)\.py", done.stdout, re.MULTILINE))
    assert {name for how, name in found if how != "PASSED"} == {"wrong_experiment", "wrong_model"}
    assert {("PASSED", "my_experiment"), ("PASSED", "my_model")} <= found
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("2x", "'2x' cannot name an experiment or model: a name is letters, digits and _"),
        ("a-b", "cannot name an experiment or model"),
        ("class", "cannot name an experiment or model"),
        ("../x", "cannot name an experiment or model"),
        ("numpy", "'numpy' is a module of Python already, which the file would hide; rename it."),
        ("UP", "'UP' must have a small letter"),
        ("test_x", "'test_x' begins like a test"),
    ],
)
def test_a_bad_name_is_one_sentence(said, tmp_path, name, sentence):
    """Fails when a file is written under a name that Python or an experiment cannot have."""
    code, out, err = said("new", "experiment", name)
    assert (code, out, err.count("\n")) == (2, "", 1) and sentence in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["mine.py", "test_mine.py"])
def test_nothing_is_overwritten(said, tmp_path, there):
    """Fails when a file of someone's is replaced, or only one of the two is written."""
    (tmp_path / there).write_text("precious")
    code, _, err = said("new", "model", "mine")
    assert code == 2 and f"'{there}' is already there; choose another name." in err
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "precious"
