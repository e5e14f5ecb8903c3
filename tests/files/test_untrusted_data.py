"""Data sets of others: not unpickled, bounded, and unpacked nowhere else."""

import os
import zipfile

import numpy as np
import pytest

import neuromodsim as nms
from neuromodsim.datasets import archive, fetching, images
from tests.files.trap import Trap


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Name an empty folder for data."""
    monkeypatch.setenv(fetching.FOLDER, str(tmp_path))
    images.mnist.cache_clear()
    yield tmp_path
    images.mnist.cache_clear()


def test_arrays_of_a_data_set_are_not_unpickled(data):
    mark = data / "it ran"
    arrays = {name: np.array([Trap(mark)], object) for name, *_ in images.PARTS}
    np.savez(data / "mnist.npz", **arrays)
    with pytest.raises(nms.WrongInput, match="cannot be read"):
        images.mnist()
    assert not mark.exists()


def test_archives_are_bounded_and_their_names_lead_nowhere(data, monkeypatch):
    """Fails when an archive is unpacked that would fill the memory, or one of its names is followed."""
    place = data / "set.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../outside.wav", bytes(10_000))
    found = archive._read(place, archive.re.compile(r".*\.wav"))
    assert list(found) == ["outside.wav"] and sorted(p.name for p in data.iterdir()) == ["set.zip"]
    monkeypatch.setattr(fetching, "LARGEST", 9_999)
    with pytest.raises(nms.WrongInput, match="unpacks to 10000 bytes"):
        archive.recordings("set.zip", "", r".*\.wav", "")
    np.savez_compressed(data / "mnist.npz", **{name: np.zeros(10_000) for name, *_ in images.PARTS})
    with pytest.raises(nms.WrongInput, match="more than it can need"):
        images.mnist()
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(nms.WrongInput, match="no plain file"):
        archive.recordings("set.zip", "", r".*\.wav", "")
