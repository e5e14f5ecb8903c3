"""What `show` prints of each thing: of a neuromodulator and a receptor, and nothing raw of anything."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from neuromodsim.catalogue import catalogue, contents
from neuromodsim.cli import pages
from neuromodsim.reports import show
from neuromodsim.reports.pages.wiring import words

# What a program prints and no person writes.
RAW = re.compile(r"object at 0x|Pairs\(|AllToAll|FixedOutDegree|array\(|dtype|<function|Quantity")
# A value as a person says it: "500 ms", "5 × 10⁻⁵", "0.2/s", "3 values, 1 mV to 2 mV".
NUMBER = r"-?(10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+(\.\d+)?( × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
SAID = re.compile(rf"{NUMBER}( ?[/(A-Za-zµΩ][A-Za-zµΩ/()²³ ]*)?")
AS_WRITTEN = {"the time step", "400*ms + shift"}  # delays in words, and one that is computed
ENTRIES = [*show.models(), *show.drugs(), *(e for found in contents.listing().values() for e in found)]
NAMES = [entry["name"] for entry in ENTRIES]
OTHERS = [*catalogue.systems(), *(key for s in catalogue.systems().values() for key in s.receptors)]


def page(about: dict[str, Any]) -> str:
    """Return the page of something as text, without breaks in its cells."""
    console = Console(file=io.StringIO(), width=400, highlight=False)
    for part in show.render(about):
        console.print(part)
    return console.file.getvalue()


def values(about: Any) -> Iterator[str]:
    """Yield every value of a page as it is said."""
    if isinstance(about, dict):
        for key, value in about.items():
            if key in ("shown", "low", "high", "duration", "dt", "delay", "K_i") and isinstance(value, str):
                yield value
            yield from values({} if key == "timeline" else value)
    elif isinstance(about, list):
        for value in about:
            yield from values(value)


def test_everything_listed_has_a_page_that_shows_nothing_raw(said, monkeypatch):
    """Fails when something new cannot be shown, or a page prints an object or a number as programs do."""
    monkeypatch.setattr(pages, "_digest", lambda *asked: None)  # each is made, and none is kept
    describe = show.describe
    for name in [*NAMES, *OTHERS]:
        about = describe(name)
        monkeypatch.setattr(show, "describe", lambda asked, about=about: about)  # not worked out again
        code, text, err = said("show", name, "--json")
        assert (code, err) == (0, "") and (name in OTHERS or json.loads(text)["name"] == name)
        raw = [line for line in page(about).splitlines() if RAW.search(line)]
        raw += [said for said in values(about) if said not in AS_WRITTEN and not SAID.fullmatch(said)]
        raw += [
            text for text in about.get("recordings", {}).get("variables", {}).values() if not SAID.match(text)
        ]
        assert not raw and not RAW.search(json.dumps(about)), f"{name}: {raw[:3]}"


def test_every_wiring_has_words():
    """Fails when a wiring is added that no page can tell of."""
    from typing import get_args

    from neuromodsim.description import connectivity

    assert set(get_args(connectivity.Drawn)) < set(words.registry)
    assert words(connectivity.Pairs((0,), (3,))) == "cell 0 to cell 3"
    assert words(connectivity.Pairs((0, 1), (3, 4))) == "2 listed pairs"
    assert words(connectivity.FixedProbability(0.1)) == "10 % of all pairs, at random"
    assert words(connectivity.Copied(connectivity.OneToOne(), 3)) == "one to one, in each of 3 replicas"


def test_a_neuromodulator_is_shown_with_its_presets_side_by_side(said):
    """Fails when a part of a neuromodulator is missing from its page, or has other numbers there."""
    text = page(show.describe("Dopamine"))
    (row,) = [line.split("  ") for line in text.splitlines() if line.strip().startswith("V_max")]
    cells = [cell.strip() for cell in row if cell.strip()]
    rates = ("6 µM/s", "2 µM/s", "1.5 µM/s", "4 µM/s", "200 nM/s")
    assert cells[2:] == [f"{rate} (reported)" for rate in rates]
    for part in ("d1_lindroos", "nomifensine", "quantal_release", "medium_spiny_d1", "dlight1_1", "go_nogo"):
        assert part in text, part
    assert "citalopram" not in text and "noradrenaline_slice" not in text
    about = json.loads(said("show", "DA", "--json")[1])
    presets = about["compartments"][0]["presets"]
    assert presets["da_soma"]["parameters"]["alpha"]["value"] == 0.3
    assert {"drugs", "release", "effects", "nuclei", "sensors", "experiments", "receptors"} <= set(about)


@pytest.mark.parametrize("name", ["5-HT", "NA", "ACh", "acetylcholine", "M1", "5-HT1A", "α2A", "D2"])
def test_both_forms_of_such_pages_work(said, name):
    """Fails when a command crashes on a name of the literature, or its JSON cannot be read."""
    code, text, err = said("show", name)
    assert (code, err) == (0, "") and len(text.splitlines()) > 10
    about = json.loads(said("show", name, "--json")[1])
    assert about["kind"] in ("neuromodulator", "receptor")


def test_a_receptor_is_shown_with_its_drugs_and_effects():
    """Fails when drugs or effects of a receptor are lost where it goes by another name."""
    about = show.describe("5-HT1A")
    assert {drug["name"] for drug in about["drugs"]} == {"eight_oh_dpat", "way_100635"}
    assert {effect["name"] for effect in show.describe("M1")["effects"]} == {"m1_adaptation"}
    effects = {effect["name"] for effect in show.describe("nicotinic")["effects"]}
    assert effects == {"nicotinic_drive", "nicotinic_spikes"}


def test_a_mistyped_receptor_or_neuromodulator_gets_the_nearest(said):
    """Fails when these names are left out of 'did you mean'."""
    assert "did you mean serotonin" in said("show", "seretonin")[2]
