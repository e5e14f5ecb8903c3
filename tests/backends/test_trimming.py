"""What is left out of Brian2's file of all arrays, and that the rest of it stays."""

import pytest

from neuromodsim.backends import cpp, trimming
from neuromodsim.protocols import PAIRING
from neuromodsim.simulation.program_key import _some_pairs


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    """Return the file of all arrays of a project as Brian2 writes it."""
    folder = tmp_path_factory.mktemp("project")
    cpp.generate(PAIRING, PAIRING.recording, "event-driven", _some_pairs(PAIRING), folder)
    return (folder / "objects.cpp").read_text()


def test_every_array_is_saved_where_it_was(objects):
    """Fails when another version of Brian2 writes other lines, of which none would be left out."""
    saved = trimming.trimmed(objects).count("save_array(") - 1  # without the function itself
    left = trimming.trimmed(objects).count("ofstream outfile_") - 1  # without what is said of the run
    matrices = objects.count("(n, 0)), ")
    assert saved > 30 and left == matrices
    assert saved + left == objects.count("ofstream outfile_") - 1
    assert len(trimming.trimmed(objects)) < 0.5 * len(objects)


def test_values_come_from_one_place_alone(objects):
    """Fails when lines that set variables from the command line are compiled, or others are left out."""
    trimmed = trimming.trimmed(objects)
    setter = trimmed.partition("void set_variable_by_name")[2].partition("\n}\n")[0]
    assert setter.count("\n") == 2 and "inputs.bin alone" in setter
    functions = [line for line in objects.splitlines() if line.startswith("void _") and line.endswith("()")]
    assert len(functions) > 3 and all(f"\n{line}\n" in trimmed for line in functions)


def test_arrays_of_both_kinds_are_saved_as_they_were():
    """Fails when bytes of one that may be empty are counted otherwise, or a file gets another name."""
    lines = """
    ofstream outfile_{0};
    outfile_{0}.open(results_dir + "{0}_12", ios::binary | ios::out);
    if(outfile_{0}.is_open())
    {{
        {1}
    }} else
    {{
        std::cout << "Error writing output file for {0}." << endl;
    }}"""
    write = (
        "outfile_{0}.write(reinterpret_cast<char*>({1}), {2}*sizeof({0}[0]));\n        outfile_{0}.close();"
    )
    growing = "if (! b.empty() )\n{\n" + write.format("b", "&b[0]", "b.size()") + "\n}"
    found = trimming.trimmed(lines.format("a", write.format("a", "a", 7)) + lines.format("b", growing))
    assert [line.strip() for line in found.splitlines() if line.strip()] == [
        'save_array("a_12", "a", a, 7*sizeof(a[0]));',
        'save_array("b_12", "b", b.data(), b.size()*sizeof(b[0]));',
    ]
