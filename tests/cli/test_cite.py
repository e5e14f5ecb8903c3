"""What `cite` prints is BibTeX that a program can read, with every part of a reference in its own field."""

import json
import re

import pytest

import neuromodsim as nms
from neuromodsim.catalogue import catalogue, software
from neuromodsim.equations import sources

ENTRY = re.compile(r"@(\w+)\{([\w]+),\n((?:  \w+ = \{.*\},?\n)+)\}")
FIELD = re.compile(r"  (\w+) = \{(.*)\},?")
NEEDED = {"article": {"journal"}, "inproceedings": {"booktitle"}, "misc": {"howpublished"}}
EVERY = [s for s in vars(sources).values() if isinstance(s, nms.Source)]


def read(text: str) -> dict[str, dict[str, str]]:
    """Return the entries of a bibliography by key: a strict reader of what BibTeX takes."""
    found = {}
    for entry in text.strip().split("\n\n"):
        match = ENTRY.fullmatch(entry)
        assert match, f"no entry:\n{entry}"
        kind, key, body = match.groups()
        fields = dict(FIELD.fullmatch(line).groups() for line in body.splitlines())
        assert len(fields) == len(body.splitlines()), f"{key} has a field twice"
        assert {"author", "title", "year"} | NEEDED[kind] <= set(fields), key
        for name, value in fields.items():
            _expect_value(f"{name} of {key}", name, value)
        assert key not in found
        found[key] = {"kind": kind, **fields}
    return found


def _expect_value(where: str, name: str, value: str) -> None:
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0, where
    assert depth == 0 and value.strip() == value and value, where
    if name != "doi":
        assert not re.search(r"(?<!\\)[&%$#_~^]", value), f"{where} has a character that LaTeX reads: {value}"
    if name == "author":
        for author in value.split(" and "):
            assert author == "others" or re.fullmatch(r"[^,]+, [^,]+|\{[^{}]+\}", author), where
    if name in ("journal", "booktitle"):
        assert not re.search(r"\d", value), f"{where} holds a volume: {value}"
    if name in ("volume", "number"):
        assert re.fullmatch(r"[\w-]+", value), where
    if name == "pages":
        assert re.fullmatch(r"\w+(--\w+)?", value), where
    if name == "doi":
        assert re.fullmatch(r"10\.\d{4,}/\S+", value), where


def test_every_source_is_an_entry_that_a_program_can_read():
    """Fails when a source's parts stand in one field, or it cannot be read as BibTeX."""
    found = read("\n\n".join(source.bibtex() for source in EVERY))
    assert len(found) == len(EVERY) > 50
    assert found["izhikevich2007"] == {
        "kind": "article",
        "author": "Izhikevich, E. M.",
        "year": "2007",
        "title": "{Solving the distal reward problem through linkage of STDP and dopamine signaling}",
        "journal": "Cerebral Cortex",
        "volume": "17",
        "number": "10",
        "pages": "2443--2452",
        "doi": "10.1093/cercor/bhl152",
    }
    articles = {key: fields for key, fields in found.items() if fields["kind"] == "article"}
    assert [key for key, fields in articles.items() if "volume" not in fields] == []
    assert [key for key, fields in articles.items() if "pages" not in fields] == ["zhang2025"]


def test_characters_of_latex_are_escaped():
    """Fails when an ampersand in a title breaks a bibliography."""
    source = nms.Source(key="k", authors="A, B.", year=2000, title="R&D, 5 %", journal="J", doi="10.1000/a_b")
    assert read(source.bibtex())["k"]["title"] == r"{R\&D, 5 \%}"
    assert read(source.bibtex())["k"]["doi"] == "10.1000/a_b"


def test_a_kind_of_publication_that_bibtex_lacks_is_refused():
    """Fails when an entry has a kind that no program reads."""
    with pytest.raises(nms.WrongInput, match="no kind of publication 'artcle'; did you mean article"):
        nms.Source(key="k", authors="A, B.", year=2000, title="T", journal="J", doi="", kind="artcle")


@pytest.mark.parametrize("name", ["distal_reward", "dopamine_stdp", "haloperidol", "izhikevich2007/fig1"])
def test_whatever_is_cited_cites_the_programs_too(said, name):
    """Fails when neuromodsim or Brian2 is forgotten, or a source is lost."""
    found = read(said("cite", name)[1])
    assert {"neuromodsim", "stimberg2019"} < set(found)
    assert nms.__version__ in found["neuromodsim"]["howpublished"]
    assert set(found) == {source.key for source in catalogue.sources(name)}
    listed = json.loads(said("cite", name, "--json")[1])
    assert {entry["key"] for entry in listed} == set(found)
    assert {"volume", "number", "pages", "kind"} < set(listed[0])


def test_neuromodsim_is_cited_as_its_own_file_says():
    """Fails when CITATION.cff and `cite` name other authors or another version."""
    from pathlib import Path

    lines = (Path(__file__).parents[2] / "CITATION.cff").read_text().splitlines()
    assert f"version: {nms.__version__}" in lines
    assert f"  - name: {software.NEUROMODSIM.authors.strip('{}')}" in lines


@pytest.mark.parametrize("what", ["MINE", "TRY"])
def test_what_a_file_describes_can_be_cited(said, what):
    """Fails when a model or an experiment of a user's own has no bibliography entries."""
    said("new", "model", "mine")
    code, out, _ = said("cite", f"./mine.py:{what}", "--json")
    assert code == 0
    assert [source["key"] for source in json.loads(out)] == ["mine", "stimberg2019", "neuromodsim"]
