"""Only what carries our own mark is ever replaced or taken away, and links are not followed."""

import os
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import neuromodsim as nms
from neuromodsim.cli import request
from neuromodsim.reports import figure
from neuromodsim.result import run_store
from neuromodsim.storage import files
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps.store import Store
from tests.files.small import tree, whole


def state(folder):
    """Return all that lies below a folder, hidden and linked too, with what is in it."""
    found = {}
    for here, folders, names in os.walk(folder):
        for path in (Path(here) / name for name in (*folders, *names)):
            link = os.readlink(path) if path.is_symlink() else None
            found[path] = link or (path.is_file() and path.read_bytes())
    return found


def a_folder(place):
    place.mkdir()
    (place / "thesis.tex").write_text("dear")


def an_empty_folder(place):
    place.mkdir()


def a_file(place):
    place.write_text("dear")


def a_foreign_store(place):
    tree(1).to_dataset().drop_attrs().assign(x=("t", [1.0])).to_zarr(place, consolidated=False)


def a_sweep(place):
    place.mkdir()
    files.write_text(place / run_store.SWEEP, '{"format": 1, "plan": {}}')
    (place / "runs").mkdir()
    nms.save(tree(1), place / "runs" / "0123.zarr")


def a_folder_in_disguise(place):
    """Unpack a run into a folder of somebody's, by mistake."""
    nms.save(tree(1), place)
    (place / "state" / "thesis").mkdir()
    (place / "state" / "thesis" / "chapter1.tex").write_text("dear")


def a_run_with_a_hidden_file(place):
    nms.save(tree(1), place)
    (place / "state/cells/v/c/0/.notes").write_text("dear")


def a_run_with_a_chunk_too_many(place):
    nms.save(tree(1), place)
    (place / "state/cells/v/c/7").mkdir()
    (place / "state/cells/v/c/7/0").write_text("dear")


def a_run_with_a_link(place):
    nms.save(tree(1), place)
    (place / "state" / "data").symlink_to(place.parent)


def a_damaged_run(place):
    nms.save(tree(1), place)
    (place / "state/zarr.json").write_text("{")


def a_link_to_a_run(place):
    nms.save(tree(1), place.with_name("other.zarr"))
    place.symlink_to("other.zarr")


def a_link_to_nowhere(place):
    place.symlink_to("nowhere")


def a_pipe(place):
    os.mkfifo(place)


KINDS = [a_folder, an_empty_folder, a_file, a_foreign_store, a_sweep, a_folder_in_disguise]
KINDS += [a_run_with_a_hidden_file, a_run_with_a_chunk_too_many, a_run_with_a_link, a_damaged_run]
KINDS += [a_link_to_a_run, a_link_to_nowhere, a_pipe]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("make", KINDS)
def test_what_is_not_a_run_of_ours_alone_is_never_overwritten(tmp_path, make, overwrite):
    """Fails when --overwrite deletes a folder, a sweep, or a file that somebody put into a run."""
    place = tmp_path / "Documents"
    make(place)
    before = state(tmp_path)
    for refuse in (
        lambda: nms.save(tree(2), place, overwrite=overwrite),
        lambda: request.place_for(str(place), overwrite=overwrite),
    ):
        with pytest.raises(nms.WrongInput) as caught:
            refuse()
        assert "\n" not in str(caught.value) and str(place) in str(caught.value)
        assert state(tmp_path) == before


def test_the_file_that_keeps_a_run_from_being_overwritten_is_named(tmp_path):
    place = tmp_path / "run.zarr"
    a_folder_in_disguise(place)
    with pytest.raises(nms.WrongInput, match=r"state/thesis' is not part of the run in .*take it out"):
        nms.save(tree(2), place, overwrite=True)


def test_what_is_put_into_a_run_while_another_is_written_survives(tmp_path, monkeypatch):
    """Fails when only what was there before the run is looked at."""
    place = nms.save(tree(1), tmp_path / "run.zarr")
    sync = files.sync_tree

    def meanwhile(fresh):
        (place / "thesis.tex").write_text("dear")
        sync(fresh)

    monkeypatch.setattr(files, "sync_tree", meanwhile)
    with pytest.raises(nms.WrongInput, match=r"run.zarr/thesis.tex' is not part of the run"):
        nms.save(tree(2), place, overwrite=True)
    assert (place / "thesis.tex").read_text() == "dear"
    (place / "thesis.tex").unlink()
    assert whole(place) == 1 and os.listdir(tmp_path) == ["run.zarr"]


def test_a_run_is_written_through_a_link_above_it(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to("there")
    nms.save(tree(1), tmp_path / "here" / "run.zarr")
    nms.save(tree(2), tmp_path / "here" / "run.zarr", overwrite=True)
    assert whole(tmp_path / "there" / "run.zarr") == 2


def drawn():
    picture, axes = plt.subplots()
    axes.plot([1, 2])
    plt.close(picture)
    return picture


@pytest.mark.parametrize("kind", request.PICTURES)
def test_a_picture_is_overwritten_if_it_was_drawn_here(tmp_path, kind):
    place = tmp_path / f"run{kind}"
    figure.save_picture(drawn(), place)
    assert request.place_for(str(place), overwrite=True, kinds=request.PICTURES) == place
    for other in (b"\x89PNG a photograph", b""):
        place.write_bytes(other)
        with pytest.raises(nms.WrongInput, match="is no picture that neuromodsim drew"):
            request.place_for(str(place), overwrite=True, kinds=request.PICTURES)
        assert place.read_bytes() == other


def test_a_picture_is_not_drawn_through_a_link(tmp_path):
    place = tmp_path / "run.png"
    (tmp_path / "photograph.png").write_bytes(b"dear")
    place.symlink_to("photograph.png")
    with pytest.raises(nms.WrongInput, match="is a symbolic link"):
        request.place_for(str(place), overwrite=True, kinds=request.PICTURES)
    with pytest.raises(nms.WrongInput, match="is a symbolic link"):
        figure.save_picture(drawn(), place)
    assert (tmp_path / "photograph.png").read_bytes() == b"dear"


OPTIONS = {"seed": 0, "condition": None, "third_factor": "event-driven", "timeout": None}
OPTIONS |= {"device": "numpy", "duration": "20ms", "record": None, "parameters": None}


@pytest.fixture(scope="module")
def plan():
    return plans.make("pairing", {"seed": [1, 2]}, **OPTIONS)


@pytest.fixture
def sweep(tmp_path, plan):
    store = Store(tmp_path / "sweep.zarr")
    with store.claimed(plan):
        pass
    return store


@pytest.mark.parametrize("part", ["runs", "failed"])
def test_a_sweep_does_not_clear_the_folder_that_a_link_leads_to(tmp_path, sweep, plan, part):
    """Fails when a resumed sweep takes .ssh and .config of the folder that its own is linked to."""
    home = tmp_path / "home"
    for name in (".ssh", ".0123.zarr.abcdefgh"):
        (home / name).mkdir(parents=True)
        (home / name / "key").write_text("secret")
    (sweep.place / part).rmdir()
    (sweep.place / part).symlink_to(home)
    before = state(tmp_path)
    with pytest.raises(nms.WrongInput, match=rf"{part}' must be a folder of a sweep; got a symbolic link"):
        sweep.claimed(plan).__enter__()
    assert state(tmp_path) == before


def test_a_sweep_clears_only_what_half_written_runs_left(sweep, plan):
    runs = sweep.place / "runs"
    (runs / ".0123456789abcdef.zarr.k2j_9x0a").mkdir()
    for name in (".git", ".cache.zarr.notes", ".DS_Store"):
        (runs / name).mkdir()
    (runs / ".0123.zarr.abcdefgh").symlink_to("/")
    with sweep.claimed(plan):
        pass
    left = {".git", ".cache.zarr.notes", ".DS_Store", ".0123.zarr.abcdefgh"}
    assert {p.name for p in runs.iterdir()} == left


@pytest.mark.parametrize("name", [".ssh", "letter.txt", "runs"])
def test_a_folder_in_use_becomes_no_sweep(tmp_path, plan, name):
    """Fails when a folder of hidden files counts as empty."""
    store = Store(tmp_path / "mine")
    store.place.mkdir()
    (store.place / name).mkdir()
    with pytest.raises(nms.OutputExists, match="is not a sweep"):
        store.claimed(plan).__enter__()
    assert os.listdir(store.place) == [name]


def test_a_sweep_of_another_program_is_left_alone(tmp_path, plan):
    """Fails when any folder with a sweep.json in it is written to."""
    store = Store(tmp_path / "mine")
    store.place.mkdir()
    (store.place / "sweep.json").write_text('{"method": "bayes"}')
    with pytest.raises(nms.WrongInput, match="not a sweep that neuromodsim can read"):
        store.claimed(plan).__enter__()
    assert os.listdir(store.place) == ["sweep.json"]


def test_a_sweep_is_not_written_through_a_link(tmp_path, sweep, plan):
    (tmp_path / "link").symlink_to(sweep.place)
    with pytest.raises(nms.WrongInput, match="is a symbolic link"):
        Store(tmp_path / "link").claimed(plan).__enter__()
    with pytest.raises(nms.WrongInput, match="is a symbolic link"):
        request.sweep_place(str(tmp_path / "link"))


def test_a_run_that_is_a_link_counts_as_none(tmp_path, sweep):
    nms.save(tree(1), tmp_path / "other.zarr")
    sweep.run({"seed": 1}).symlink_to(tmp_path / "other.zarr")
    assert not sweep.done({"seed": 1})


@pytest.mark.parametrize(
    "told",
    [
        {"plan": {"experiment": "pairing", "fixed": {}, "over": dict.fromkeys("abc", [0] * 4000)}},
        {"plan": {"experiment": "pairing", "fixed": {}, "over": {"seed": 3}}},
        {"plan": {"experiment": 3, "fixed": {}, "over": {}}},
        {"plan": []},
        {"command": None},
        {"format": 2},
    ],
    ids=["huge", "no list", "no name", "no plan", "no command", "another format"],
)
def test_a_sweep_that_says_odd_things_is_refused(sweep, told):
    import json

    place = sweep.place / "sweep.json"
    place.write_text(json.dumps(json.loads(place.read_text()) | told))
    with pytest.raises(nms.WrongInput, match="not a sweep that neuromodsim can read"):
        nms.open(sweep.place)


@pytest.mark.parametrize("part", ["sweep.json", "runs"])
def test_a_sweep_of_pipes_and_links_does_not_hang(sweep, part):
    place = sweep.place / part
    place.rmdir() if place.is_dir() else place.unlink()
    os.mkfifo(place)
    with pytest.raises(nms.WrongInput, match="pipe or socket"):
        nms.open(sweep.place)
