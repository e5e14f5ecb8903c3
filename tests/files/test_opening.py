"""A dataset of somebody else: looked at before it is decoded, never run, refused in one sentence."""

import json
import os
import pickle
import socket

import numpy as np
import pytest
import xarray as xr

import neuromodsim as nms
from neuromodsim.result import account, run_store
from neuromodsim.storage import zarr3
from tests.files import fuzzing
from tests.files.small import ATTRIBUTES, tree
from tests.files.trap import Trap


@pytest.fixture
def store(tmp_path):
    return nms.save(tree(5), tmp_path / "run.zarr")


@pytest.fixture(scope="module")
def made():
    return nms.simulate("pairing", device="numpy", duration="20ms")


def change(place, **fields):
    """Change fields of a node's metadata, and give the store the right digest again."""
    told = json.loads((place / "zarr.json").read_text())
    (place / "zarr.json").write_text(json.dumps({**told, **fields}))


def reseal(store):
    told = json.loads((store / "zarr.json").read_text())
    told["attributes"][run_store.CONTENTS] = zarr3.examine(store).digest
    (store / "zarr.json").write_text(json.dumps(told))


def refused(place, said):
    with pytest.raises(nms.WrongInput, match=said) as caught:
        nms.open(place)
    assert "\n" not in str(caught.value) and str(place) in str(caught.value)


def test_a_store_of_version_2_is_not_unpickled(tmp_path, monkeypatch):
    """Fails when a codec of Zarr's version 2 gets hold of what is in a file."""
    pickles = pytest.importorskip("numcodecs.pickles")
    monkeypatch.setattr(pickles, "ALLOW_UNSAFE_PICKLE_DECODE", True, raising=False)  # as before it was asked
    place, mark = tmp_path / "run.zarr", tmp_path / "it ran"
    (place / "x").mkdir(parents=True)
    (place / ".zgroup").write_text('{"zarr_format": 2}')
    (place / ".zattrs").write_text(json.dumps({**ATTRIBUTES, "seed": 1}))
    about = {"zarr_format": 2, "shape": [1], "chunks": [1], "dtype": "<f8", "fill_value": 0, "order": "C"}
    about |= {"filters": None, "compressor": {"id": "pickle", "protocol": 5}}
    (place / "x" / ".zarray").write_text(json.dumps(about))
    (place / "x" / ".zattrs").write_text('{"_ARRAY_DIMENSIONS": ["x"]}')
    (place / "x" / "0").write_bytes(pickle.dumps(Trap(mark)))
    refused(place, "not a readable Zarr store")
    change_to_3 = {"zarr_format": 3, "node_type": "group", "attributes": {**ATTRIBUTES, "seed": 1}}
    (place / "zarr.json").write_text(json.dumps(change_to_3))
    assert "x" not in nms.open(place)  # what is of version 2 inside is not there for us
    assert not mark.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"codecs": [{"name": "numcodecs.pickle"}]}, "codec 'numcodecs.pickle', which is not known"),
        ({"codecs": [{"name": "bytes"}, {"name": "numcodecs.zlib"}]}, "'numcodecs.zlib', which is not known"),
        ({"codecs": [{"name": "bytes", "configuration": {"code": "x"}}]}, "configures its codec 'bytes'"),
        ({"codecs": [{"name": "bytes"}, {"name": "zstd"}, {"name": "zstd"}]}, "packed more than once"),
        ({"codecs": []}, "no codecs that are known"),
        ({"data_type": "|O"}, "of a type that is not known"),
        ({"data_type": {"name": "object"}}, "of a type that is not known"),
        ({"shape": [2**40, 2]}, "claims to hold too much"),
        ({"shape": [2**70, 2]}, "a shape that cannot be"),
        ({"shape": [3, -2]}, "a shape that cannot be"),
        ({"shape": [True, 2]}, "a shape that cannot be"),
        ({"shape": [3]}, "another number of dimensions"),
        ({"chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2**40, 1]}}}, "too large"),
        ({"chunk_grid": {"name": "other"}}, "a shape that cannot be"),
        ({"storage_transformers": [{"name": "x"}]}, "stored in a way that is not known"),
        ({"fill_value": {"x": 1}}, "odd fill value"),
        ({"dimension_names": [1, 2]}, "odd names of dimensions"),
        ({"zarr_format": 2}, "not of Zarr's version 3"),
        ({"node_type": "stream"}, "neither a group nor an array"),
        ({"attributes": []}, "attributes that are none"),
        ({"attributes": {"units": "V"}}, "was changed after it had been written"),
    ],
)
def test_an_array_that_no_run_has_is_refused_before_it_is_decoded(store, fields, said):
    change(store / "state" / "cells" / "v", **fields)
    refused(store, said)


def link(path):
    path.symlink_to("/etc/passwd")


def listen(path):
    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(path.parent)  # such names must be short
        one.bind(path.name)
        os.chdir(here)


@pytest.mark.parametrize("make", [os.mkfifo, link, listen], ids=["pipe", "link", "socket"])
@pytest.mark.parametrize("where", ["zarr.json", "state/zarr.json", "state/cells/v/c/0/0", "state/cells/more"])
def test_what_is_no_plain_file_is_refused_and_does_not_hang(store, make, where):
    (store / where).unlink(missing_ok=True)
    make(store / where)
    refused(store, r"symbolic link|no file and no folder|cannot be read|no plain file")


@pytest.mark.parametrize("make", [os.mkfifo, listen], ids=["pipe", "socket"])
def test_a_path_that_is_no_folder_is_refused(tmp_path, make):
    make(tmp_path / "run.zarr")
    refused(tmp_path / "run.zarr", "it is no folder")
    refused("/dev/null", "it is no folder")


@pytest.mark.parametrize(
    "path", ["x" * 300, "x" * 300 + "/y", "a\0b", "", "~nobody-of-that-name", "a/" * 3000]
)
def test_a_path_that_cannot_be_is_refused(path):
    with pytest.raises(nms.WrongInput):
        nms.open(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("where", [".", "state", "state/cells/v"])
def test_what_may_not_be_read_is_told(store, where):
    (store / where).chmod(0)
    try:
        refused(store, "Permission denied")
    finally:
        (store / where).chmod(0o755)


def test_a_link_to_a_store_is_opened(store, tmp_path):
    (tmp_path / "link").symlink_to(store)
    assert nms.open(tmp_path / "link").attrs["seed"] == 5


def test_numbers_that_were_damaged_are_told_when_they_are_read(store):
    """Fails when a bit that flipped on the disk is read as another number."""
    chunk = store / "state" / "cells" / "v" / "c" / "0" / "0"
    content = bytearray(chunk.read_bytes())
    content[len(content) // 2] ^= 1
    chunk.write_bytes(content)
    opened = nms.open(store)
    assert opened["spikes/cells"]["neuron"].values.tolist() == [5] * 4
    with pytest.raises(nms.WrongInput, match="damaged after it had been written"):
        opened["state/cells"]["v"].load()
    chunk.unlink()
    with pytest.raises(nms.WrongInput, match="is missing, so what it held cannot be read"):
        nms.open(store)["state/cells"]["v"].load()


def test_an_open_run_is_not_read_on_from_the_one_that_replaced_it(store):
    """Fails when numbers of a new run are given out under what the old one says of itself."""
    opened = nms.open(store)
    copied = pickle.loads(pickle.dumps(opened))
    assert opened["spikes/cells"]["neuron"].values.tolist() == [5] * 4
    nms.save(tree(6), store, overwrite=True)
    for one in (opened, copied):
        with pytest.raises(nms.WrongInput, match="was overwritten or moved since"):
            one["state/cells"]["v"].load()
    assert nms.open(store)["state/cells"]["v"].values.tolist() == [[6.0, 6.0]] * 3


def test_a_chunk_that_unpacks_to_too_much_is_not_unpacked(store):
    """Fails when the size in a chunk's head is not compared with what the chunk should hold."""
    from numcodecs import zstd

    array = store / "state" / "cells" / "v"
    told = json.loads((array / "zarr.json").read_text())
    change(array, codecs=[codec for codec in told["codecs"] if codec["name"] != "crc32c"])
    reseal(store)
    (array / "c" / "0" / "0").write_bytes(zstd.compress(bytes(10**8)))
    with pytest.raises(nms.WrongInput, match="does not unpack to the 48 bytes"):
        nms.open(store)["state/cells"]["v"].load()


@pytest.mark.parametrize("codec", [[], "gzip", "blosc", "zstd"])
def test_stores_of_other_writers_are_read_with_codecs_that_are_known(tmp_path, codec):
    from zarr.codecs import BloscCodec, GzipCodec, ZstdCodec

    codecs = {"gzip": GzipCodec(), "blosc": BloscCodec(), "zstd": ZstdCodec()}
    packed = {"compressors": [codecs[codec]] if codec else None}
    place = tmp_path / "run.zarr"
    tree(3).to_zarr(place, consolidated=False, encoding={"/state/cells": {"v": packed}})
    assert nms.open(place)["state/cells"]["v"].values.tolist() == [[3.0, 3.0]] * 3
    (place / "state/cells/v/c/0/0").write_bytes(b"0123456789")
    with pytest.raises(nms.WrongInput, match="does not unpack"):
        nms.open(place)["state/cells"]["v"].load()


def test_texts_are_kept_and_read(tmp_path):
    one = tree(1)
    texts = one["state/cells"].to_dataset().assign(name=("neuron", np.array(["a", "bé"], object)))
    one["state/cells"] = xr.DataTree(texts)
    place = nms.save(one, tmp_path / "run.zarr")
    assert nms.open(place)["state/cells"]["name"].values.tolist() == ["a", "bé"]


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"seed": -1}, "'seed' is no whole number"),
        ({"seed": True}, "'seed' is no whole number"),
        ({"seed": 2**70}, "'seed' is no whole number"),
        ({"condition": 3}, "'condition' is no text"),
        ({"parameters": "[1"}, "'parameters' is no JSON object"),
        ({"parameters": '{"a.b": 1}'}, "'parameters' has no value for 'a.b'"),
        ({"recording": 3}, "'recording' is no JSON object"),
        ({"versions": "[" * 100_000}, "'versions' is no JSON object"),
        ({"experiment": 1}, "was not written by neuromodsim"),
        ({"format": True}, "was not written by neuromodsim"),
    ],
)
def test_attributes_that_no_run_has_are_refused(tmp_path, attributes, said):
    one = tree(1)
    one.attrs |= attributes
    refused(nms.save(one, tmp_path / "run.zarr"), said)


@pytest.mark.parametrize("name", account.NEEDED)
def test_a_run_that_does_not_say_enough_is_not_repeated(tmp_path, name):
    from neuromodsim.cli import request

    one = tree(1)
    del one.attrs[name]
    with pytest.raises(nms.WrongInput, match=rf"lacks '{name}'|not written by"):
        request.repetition(nms.open(nms.save(one, tmp_path / "run.zarr")))


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"recording": "{}"}, "cannot be used"),
        (
            {"recording": '{"spikes": [1], "states": {}, "only": {}, "windows": {}, "events": {}}'},
            "cannot be used",
        ),
        ({"changed": '{"a.b": {"unit": 3}}'}, "cannot be used"),
        ({"duration": "for ever"}, "must be a number with a unit"),
    ],
)
def test_a_run_that_says_odd_things_is_not_repeated(made, tmp_path, attributes, said):
    from neuromodsim.cli import request

    made = made.copy()
    made.attrs |= attributes
    with pytest.raises(nms.WrongInput, match=said):
        request.repetition(nms.open(nms.save(made, tmp_path / "run.zarr")))


def test_replicas_are_kept_and_read_back(tmp_path):
    """Fails when a tree of replicas, whose root says nothing, is saved and then refused."""
    both = xr.DataTree(children={f"replica_{b}": tree(b) for b in range(2)})
    place = nms.save(both, tmp_path / "run.zarr")
    assert [nms.open(place)[f"replica_{b}"].attrs["seed"] for b in range(2)] == [0, 1]
    nms.save(both, place, overwrite=True)


@pytest.mark.parametrize("resealed", [False, True], ids=["damaged", "meant"])
@pytest.mark.filterwarnings("ignore")
def test_a_changed_store_opens_with_what_was_saved_or_is_refused(resealed):
    """Fails when a change at random is read as other data, sets off another error, or hangs."""
    count = 12 if resealed else 40
    found = fuzzing.fuzz(count, seed=11, resealed=resealed)
    assert sum(found.values()) == count and found["refused"] > count / 4
