"""Pages that are kept: the same as those made anew, never out of date, in a folder of the user alone."""

import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from neuromodsim.backends import cache
from neuromodsim.catalogue import index
from neuromodsim.cli import pages
from neuromodsim.reports import show

LOOK = """
import sys
from neuromodsim.cli import main
code = main.main(["show", "D1"])
print(code, sorted({"brian2", "numpy", "matplotlib", "sympy"} & set(sys.modules)))
"""

OWN = """
from dataclasses import replace
from neuromodsim.equations import DOPAMINE_STDP
RULE = replace(DOPAMINE_STDP, summary="{}")
"""


def kept(folder):
    """Return the files of kept pages in a cache folder."""
    place = folder / pages.KEPT
    return sorted(p for p in place.iterdir() if p.name != cache.MARK) if place.is_dir() else []


@pytest.fixture
def once(monkeypatch):
    """Return a function after whose call making a page fails: what is shown must have been kept."""

    def made(name, as_data):
        raise AssertionError(f"the page of {name} is made again")

    return lambda: monkeypatch.setattr(pages, "_made", made)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Pretend that the package is a small checkout: one module, an equation behind a link, a figure."""
    place = tmp_path / "checkout" / "neuromodsim"
    for name in ("neuromodsim/module.py", "equations/cell.py", "figures/style.py", "figures/paper/one.py"):
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    (place / "equations").symlink_to("../equations")
    monkeypatch.setattr(index, "PACKAGE", place)
    return place


@pytest.mark.parametrize("name", ["D1", "dopamine_stdp", "pairing", "class_incremental data=digits"])
def test_a_kept_page_is_the_one_made_anew(said, empty_cache, once, name):
    """Fails when a page differs where it was kept, in either form."""
    about = show.describe(name)
    console = Console(file=io.StringIO(), width=120, highlight=False)
    for part in show.render(about):
        console.print(part)
    wanted = [console.file.getvalue(), f"{pages.as_json(about)}\n"]
    made = [said("show", name, *form) for form in ((), ("--json",))]
    assert made == [(0, text, "") for text in wanted]
    once()
    assert [said("show", name, *form) for form in ((), ("--json",))] == made


def test_a_kept_page_needs_neither_brian2_nor_numpy(command, empty_cache):
    """Fails when a page that is kept takes as long as one that is not."""
    environment = {**command[1], "NEUROMODSIM_CACHE": str(empty_cache)}
    words = [sys.executable, "-c", LOOK]
    first, second = (
        subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    *page, told = first.splitlines()
    assert told.startswith("0 ['brian2'") and second.splitlines() == [*page, "0 []"]


def rewrite(path):
    """Change a file and nothing that can be told without reading it."""
    was = path.stat()
    path.write_text("x = 2\n")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda top: rewrite(top / "neuromodsim/module.py"),
        lambda top: rewrite(top / "equations/cell.py"),
        lambda top: rewrite(top / "figures/paper/one.py"),
        lambda top: (top / "neuromodsim/new.py").touch(),
        lambda top: (top / "equations/cell.py").unlink(),
        lambda top: (top / "equations/cell.py").rename(top / "equations/other.py"),
    ],
)
def test_a_changed_source_file_makes_a_new_page(package, change):
    """Fails when a page outlives the code that it was made from, be it behind a link or of the same size."""
    before = pages._digest("D1", "json")
    assert before == pages._digest("D1", "json") is not None
    change(package.parent)
    assert pages._digest("D1", "json") not in (before, None)


def test_what_was_asked_and_the_packages_make_a_new_page(package, monkeypatch):
    """Fails when a page is shown for another name, another width or another version of Brian2."""
    asked = [("D1", "json"), ("D2", "json"), ("D1", [80]), ("D1", [120])]
    found = [pages._digest(*one) for one in asked]
    monkeypatch.setattr(pages, "version", lambda name: "0")
    assert len({*found, pages._digest("D1", "json")}) == 5


def test_a_page_depends_on_the_terminal(monkeypatch):
    """Fails when a page for one width, or with colours, is shown where there are others."""
    found = []
    for columns, color in (("80", "0"), ("100", "0"), ("80", "1")):
        terminal = {"COLUMNS": columns, "LINES": "30", "TERM": "xterm"} | (
            {"NO_COLOR": "1"} if color == "1" else {}
        )
        wide = Console(force_terminal=True, _environ=terminal)
        monkeypatch.setattr(pages, "console", lambda wide=wide: wide)
        found.append(pages._terminal())
    assert all(found.count(one) == 1 for one in found)


def test_nothing_is_kept_where_a_source_cannot_be_read(package, said, empty_cache):
    """Fails when a file of an editor that leads nowhere keeps a page from being shown."""
    (package / ".#module.py").symlink_to("nobody@nowhere.1")
    assert said("show", "D1")[0] == 0 and kept(empty_cache) == []


def test_a_page_is_not_kept_if_a_file_changes_meanwhile(package, empty_cache, monkeypatch):
    """Fails when what new code says is kept under the digest of the old."""

    def made(name, as_data):
        rewrite(package / "module.py")
        return "new"

    monkeypatch.setattr(pages, "_made", made)
    assert pages.page("D1") == "new" and kept(empty_cache) == []


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"some page\n", None])
def test_a_damaged_page_heals(said, empty_cache, damage):
    """Fails when a page that was cut off or changed on the disk is shown, or stays."""
    first = said("show", "D1", "--json")
    (path,) = kept(empty_cache)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"dopamine", b"dopamane") if damage is None else damage)
    assert said("show", "D1", "--json") == first and path.read_bytes() == whole


def test_pages_that_others_may_have_written_are_not_shown(said, empty_cache):
    """Fails when somebody else can choose what is printed, or gets in the way of it."""
    first = said("show", "D1", "--json")
    (path,) = kept(empty_cache)
    path.write_text(f"{pages._sum('theirs')}\ntheirs")
    for folder in (empty_cache, path.parent):
        folder.chmod(0o777)
        assert said("show", "D1", "--json") == first
        folder.chmod(0o700)
        path.write_text(f"{pages._sum('theirs')}\ntheirs")
    elsewhere = empty_cache / "elsewhere"
    path.parent.rename(elsewhere)
    path.parent.symlink_to(elsewhere)
    assert said("show", "D1", "--json") == first


def test_a_page_is_shown_where_nothing_can_be_kept(said, tmp_path, monkeypatch):
    """Fails when an unusable cache folder stops a command that does not need it."""
    (tmp_path / "file").touch()
    for chosen in (tmp_path / "file" / "cache", "~nobody_of_that_name/cache"):
        monkeypatch.setenv("NEUROMODSIM_CACHE", str(chosen))
        code, text, err = said("show", "D1")
        assert (code, err) == (0, "") and "D1" in text


def test_a_folder_of_ones_own_stays_as_it_is(said, empty_cache, monkeypatch):
    """Fails when NEUROMODSIM_CACHE names a project, and its own pages are joined by others or removed."""
    monkeypatch.setattr(pages, "MOST", 1)
    own = empty_cache / pages.KEPT
    own.mkdir(mode=0o700, parents=True)
    for name in ("index.html", "about.html"):
        (own / name).write_text("mine")
    assert said("show", "D1")[0] == 0
    assert sorted(p.name for p in own.iterdir()) == ["about.html", "index.html"]


def test_only_so_many_pages_are_kept_and_all_are_cleared(said, empty_cache, monkeypatch):
    """Fails when the folder grows without end, a huge page is kept, or ``cache --clear`` leaves pages."""
    monkeypatch.setattr(pages, "MOST", 2)
    monkeypatch.setattr(pages, "_made", lambda name, as_data: name * (10**6 if name == "D1" else 1))
    for name in ("D2", "dopamine", "serotonin"):
        said("show", name)
    texts = [path.read_text().partition("\n")[2] for path in kept(empty_cache)]
    assert sorted(texts) == ["dopamine", "serotonin"]
    said("show", "D1")
    assert len(kept(empty_cache)) == 2
    assert said("cache", "--clear")[0] == 0 and not empty_cache.exists()


def test_the_page_of_a_file_is_always_made(said, tmp_path, empty_cache):
    """Fails when a model of one's own is shown as it was before it was edited."""
    file = tmp_path / "mine.py"
    for summary in ("A first.", "A second."):
        file.write_text(OWN.format(summary))
        assert summary in said("show", f"{file}:RULE")[1]
    assert kept(empty_cache) == []
