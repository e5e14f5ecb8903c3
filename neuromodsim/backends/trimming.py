"""Brian2's file of all arrays, as short as a run of ours needs it: most of it is the same for each array.

For every array of a project, Brian2 writes a dozen lines that save it and a dozen that set it from the
command line. A run of ours is given its values otherwise (`run_files`), and one function can save all. Only
what is compiled is trimmed; a project and its key stay as Brian2 has written them.
"""

import re

SETTER = re.compile(
    r"(void set_variable_by_name\(std::string name, std::string s_value\) \{\n).*?^\}",
    re.MULTILINE | re.DOTALL,
)
REFUSED = r"""\1    std::cerr << "neuromodsim: values are read from inputs.bin alone" << std::endl;
    std::exit(3);
}"""
WRITER = "void _write_arrays()\n"
SAVE = """static void save_array(const char* file, const char* array, const void* data, size_t bytes)
{
    std::ofstream place(brian::results_dir + file, std::ios::binary | std::ios::out);
    if (!place.is_open()) std::cout << "Error writing output file for " << array << "." << std::endl;
    else if (bytes) place.write(static_cast<const char*>(data), bytes);
}

"""
# Of one array, of fixed length or of one that may be empty. Those of two dimensions stay as they are.
SAVED = re.compile(
    r"ofstream outfile_(?P<array>\w+);\s*"
    r'outfile_(?P=array)\.open\(results_dir \+ "(?P<file>\w+)", ios::binary \| ios::out\);\s*'
    r"if\(outfile_(?P=array)\.is_open\(\)\)\s*\{\s*"
    r"(?P<growing>if \(! (?P=array)\.empty\(\) \)\s*\{\s*)?"
    r"outfile_(?P=array)\.write\(reinterpret_cast<char\*>\((?:&(?P=array)\[0\]|(?P=array))\), "
    r"(?P<bytes>[^;]*sizeof\((?P=array)\[0\]\))\);\s*"
    r"outfile_(?P=array)\.close\(\);\s*\}\s*(?(growing)\}\s*)else\s*\{\s*"
    r'std::cout << "Error writing output file for (?P=array)\." << endl;\s*\}'
)


def trimmed(objects: str) -> str:
    """Return the text of Brian2's ``objects.cpp`` that does for us what it does, in fewer lines."""
    return SETTER.sub(REFUSED, SAVED.sub(_save, objects)).replace(WRITER, SAVE + WRITER, 1)


def _save(found: re.Match[str]) -> str:
    data = f"{found['array']}.data()" if found["growing"] else found["array"]
    return f'save_array("{found["file"]}", "{found["array"]}", {data}, {found["bytes"]});'
