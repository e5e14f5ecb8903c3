"""Pieces in one file: their helpers stay apart, and each is called by its own name."""

import subprocess

import pytest

from neuromodsim.backends import compiler, gathering

PIECE = """#include "shared.h"
#include <cstdio>
#ifdef NO_SUCH_PROCESSOR
#include <no_such_header.h>
#endif
namespace {{
double helper(double x) {{ return {number} * x; }}
static int calls = 0;
#define SHARED helper
}}
void _run_{name}()
{{
    std::printf("{name} %g %d\\n", SHARED(shared), ++calls);
}}
"""
NAMES = {"a_codeobject": 2, "after_run_a_codeobject": 3, "b_synapses_create_array_codeobject": 5}
NAMES |= {"b_pre_codeobject": 7}


@pytest.fixture
def project(tmp_path):
    """Return a project of four pieces, each with helpers of the same names."""
    (tmp_path / "code_objects").mkdir()
    for name, number in NAMES.items():
        text = PIECE.format(name=name, number=number)
        (tmp_path / f"code_objects/{name}.cpp").write_text(text)
    (tmp_path / "shared.h").write_text("#pragma once\nextern double shared;\n")
    (tmp_path / "objects.cpp").write_text('#include "shared.h"\ndouble shared = 10;\n')
    (tmp_path / "network.cpp").write_text("int twice() { return 2; }\n")
    (tmp_path / "synapses_classes.cpp").write_text("\n")
    calls = "".join(f"    _run_{name}();\n" for name in (*NAMES, *NAMES))
    declared = "".join(f"void _run_{name}();\n" for name in NAMES)
    (tmp_path / "main.cpp").write_text(
        f"{declared}int twice();\nint main()\n{{\n{calls}    return twice();\n}}\n"
    )
    return tmp_path


def pieces(project, file):
    return [
        name for name in NAMES if f'"code_objects/{name}.cpp"' in (project / "gathered" / file).read_text()
    ]


@pytest.mark.cpp
def test_each_piece_has_its_own_helpers_and_is_found_by_its_name(project):
    once, often = gathering.gather(project)
    for source in (*once, *often):
        compiler.call([compiler.compiler(), "-std=c++17", "-I.", "-c", str(source)], project)
    compiler.call([compiler.compiler(), *(p.stem + ".o" for p in (*once, *often)), "-o", "main"], project)
    done = subprocess.run([project / "main"], capture_output=True, text=True)
    assert done.returncode == 2
    said = [f"{name} {10 * number} {k}" for k in (1, 2) for name, number in NAMES.items()]
    assert done.stdout.splitlines() == said


def test_what_runs_once_is_not_optimised_and_all_else_is(project):
    once, often = gathering.gather(project)
    assert [p.name for p in once] == ["once.cpp"]
    assert [p.name for p in often] == ["host.cpp", "pieces_0.cpp"]
    assert pieces(project, "once.cpp") == ["after_run_a_codeobject", "b_synapses_create_array_codeobject"]
    assert pieces(project, "pieces_0.cpp") == ["a_codeobject", "b_pre_codeobject"]
    whole = {
        p.name: [
            n for n in ("main", "objects", "network", "synapses_classes") if f'"{n}.cpp"' in p.read_text()
        ]
        for p in (project / "gathered").iterdir()
        if p.name != "objects.cpp"
    }
    assert whole == {"once.cpp": ["main", "objects"], "host.cpp": ["network"], "pieces_0.cpp": []}


def test_large_projects_make_several_files_with_each_piece_in_one(project, monkeypatch):
    monkeypatch.setattr(gathering, "SIZE", 500)
    _, often = gathering.gather(project)
    found = [name for file in often for name in pieces(project, file.name)]
    assert len(often) > 2 and sorted(found) == ["a_codeobject", "b_pre_codeobject"]


def test_files_do_not_depend_on_the_number_of_cores(project, monkeypatch):
    """Fails when a program is another one on a computer with more cores."""
    texts = []
    for cores in ("1", "64"):
        monkeypatch.setenv("NEUROMODSIM_JOBS", cores)
        once, often = gathering.gather(project)
        texts.append({p.name: (project / p).read_text() for p in (*once, *often)})
    assert texts[0] == texts[1]
