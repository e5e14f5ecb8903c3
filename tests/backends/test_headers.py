"""Parsed headers are used, kept once per computer, and made anew where they or their sources changed."""

import os

import pytest

from neuromodsim.backends import cache, compiler, headers


@pytest.fixture
def parsed(empty_cache, tmp_path):
    """Return a way to lay headers into a project that a pretend compiler has parsed, and how often it did."""
    system = tmp_path / "vector"
    system.write_text("// a header of the system")
    done = []

    def parse(arguments, place):
        done.append(arguments)
        (place / headers.PARSED).write_bytes(b"parsed" * 100)
        (place / "listed").write_text(f"it: standard.h \\\n {lay.system}\n")

    def lay():
        project = tmp_path / f"project{len(list(tmp_path.glob('project*')))}"
        project.mkdir()
        headers.lay(project, "all.h", parse, ["this compiler"])
        assert (project / "all.h.gch").read_bytes() == b"parsed" * 100
        return project

    lay.done, lay.system = done, system
    return lay


def kept(empty_cache):
    (place,) = (p for p in empty_cache.iterdir() if p.is_dir())
    return place


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def replace_by_link(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def test_headers_are_parsed_once_and_are_no_build(parsed, empty_cache):
    first, second = parsed(), parsed()
    assert len(parsed.done) == 1 and cache.entries() == [] and cache.kept() > 600
    assert (first / "all.h").read_text() == (second / "all.h").read_text() == headers.TEXT
    headers.take_away(first, "all.h")
    assert not list(first.iterdir()) and (second / "all.h.gch").exists()
    assert cache.clear() > 600 and not empty_cache.exists()


DAMAGE = {
    "one other bit": lambda place: flip(place / headers.PARSED),
    "cut short": lambda place: (place / headers.PARSED).write_bytes(b"parsed"),
    "gone": lambda place: (place / headers.PARSED).unlink(),
    "a link": lambda place: replace_by_link(place / headers.PARSED),
    "no sums": lambda place: (place / headers.SUMS).unlink(),
    "sums that are no text": lambda place: (place / headers.SUMS).write_bytes(b"\xff"),
    "sums of nothing": lambda place: (place / headers.SUMS).write_text('{"made of": {}}'),
    "others may write in it": lambda place: place.chmod(0o777),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damaged_headers_are_parsed_again(parsed, empty_cache, what):
    parsed()
    DAMAGE[what](kept(empty_cache))
    parsed()
    assert len(parsed.done) == 2
    parsed()
    assert len(parsed.done) == 2


@pytest.mark.parametrize("change", ["text", "time", "gone"])
def test_another_header_of_the_system_is_parsed_again(parsed, change):
    """Fails when programs go on with the library of before an update."""
    parsed()
    about = parsed.system.stat()
    if change == "text":
        parsed.system.write_text("// another header of the system")
    elif change == "time":
        os.utime(parsed.system, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
    else:
        parsed.system.rename(parsed.system.with_name("array"))
        parsed.system = parsed.system.with_name("array")
    parsed()
    assert len(parsed.done) == 2


def test_another_compiler_flag_or_text_has_headers_of_its_own(parsed, empty_cache, tmp_path, monkeypatch):
    parsed()

    def parse(arguments, place):
        (place / headers.PARSED).write_text("another")
        (place / "listed").write_text(f"it: {parsed.system}")

    headers.lay(tmp_path, "other.h", parse, ["another compiler"])
    monkeypatch.setattr(headers, "TEXT", "#include <list>\n")
    headers.lay(tmp_path, "more.h", parse, ["this compiler"])
    assert len([p for p in empty_cache.iterdir() if p.is_dir()]) == 3


def test_a_compiler_that_keeps_them_elsewhere_reads_their_text(empty_cache, tmp_path):
    headers.lay(tmp_path, "all.h", None, [])
    assert [p.name for p in tmp_path.iterdir()] == ["all.h"]


@pytest.mark.cpp
def test_the_compiler_reads_what_was_parsed_and_not_the_text(tmp_path, monkeypatch):
    """Fails when the compiler passes over parsed headers without a word, as it may with other flags."""
    lay = headers.lay

    def lay_and_spoil(folder, name, *how):
        lay(folder, name, *how)
        (folder / name).write_text("#error the text was read\n")

    monkeypatch.setattr(headers, "lay", lay_and_spoil)
    (tmp_path / "code_objects").mkdir()
    (tmp_path / "objects.cpp").touch()
    (tmp_path / "main.cpp").write_text("int other(); int main() { return other(); }\n")
    (tmp_path / "other.cpp").write_text("int other() { return int(std::vector<int>(3).size()) - 3; }\n")
    compiler.compile_project(tmp_path)
    assert os.system(str(tmp_path / "main")) == 0
    assert not list(tmp_path.glob("*.o")) and not list(tmp_path.glob("standard*"))
