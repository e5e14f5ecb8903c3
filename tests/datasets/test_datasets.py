"""Data: where they are found, what is refused, and what becomes of sound and events."""

import functools
import gzip
import http.server
import io
import os
import threading
import wave
import zipfile

import numpy as np
import pytest

import neuromodsim as nms
from neuromodsim import datasets
from neuromodsim.datasets import events, fetching, images, speech

real = pytest.mark.skipif(not os.environ.get(fetching.FOLDER), reason="NEUROMODSIM_DATA names no folder")


def labelled(**changes):
    """Return a sound set of six images of 2 x 2 pixels in two classes, with changes."""
    parts = {
        "name": "made",
        "images": np.zeros((6, 4), np.uint8),
        "labels": np.array([0, 1, 0, 1, 0, 1], np.int32),
        "testing": np.array([False] * 4 + [True] * 2),
        "shape": (2, 2),
        "classes": 2,
        "groups": tuple("aabbcc"),
    }
    return datasets.Labelled(**(parts | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"shape": (2, 3)}, "2 × 3 = 6"),
        ({"labels": np.array([0, 1, 0, 7, 0, 1])}, "Image 3 of made has the label 7; the classes are 0 to 1"),
        ({"labels": np.array([0, -1, 0, 1, 0, 1])}, "label -1"),
        ({"labels": np.array([0, 0, 0, 0, 0, 1])}, "no training image of class 1"),
        ({"testing": np.zeros(6, bool)}, "no test images"),
        ({"labels": np.array([0, 1])}, "6 images, 2 labels"),
        ({"images": np.full((6, 4), np.nan)}, "numbers from 0 up"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(changes, message):
    """Catches a set that would run and mean nothing."""
    with pytest.raises(nms.WrongInput, match=message):
        labelled(**changes)


def test_groups_can_be_held_out_and_sets_shortened():
    data = labelled()
    assert data.held_out("a").test.tolist() == [0, 1]
    with pytest.raises(nms.WrongInput, match="no group of made 'd'"):
        data.held_out("d")
    short = data.first(2, 1)
    assert short.train.tolist() == [0, 1] and short.test.tolist() == [2]
    assert short.groups == ("a", "a", "c")
    assert labelled(images=np.full((6, 4), 255, np.uint8)).brightness().max() == 1


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Name an empty folder for data, and another for the cache."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv(fetching.FOLDER, str(tmp_path / "data"))
    monkeypatch.setattr(fetching, "cache", lambda: tmp_path / "cache")
    images.mnist.cache_clear()
    speech.spoken_digits.cache_clear()
    yield tmp_path / "data"
    images.mnist.cache_clear()
    speech.spoken_digits.cache_clear()


@pytest.fixture
def server(tmp_path):
    """Serve a folder on this machine; return the folder and its address."""
    (tmp_path / "served").mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=tmp_path / "served")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path / "served", f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def small_mnist(monkeypatch):
    """Make the code expect a tiny MNIST, and return its arrays and the files at the source."""
    rng = np.random.default_rng(1)
    arrays = {
        "x_train": rng.integers(0, 256, (20, 28, 28), np.uint8),
        "y_train": np.arange(20, dtype=np.uint8) % 10,
        "x_test": rng.integers(0, 256, (5, 28, 28), np.uint8),
        "y_test": np.arange(5, dtype=np.uint8),
    }
    parts, files = [], {}
    for name, file, _, _ in images.PARTS:
        sizes = np.array(arrays[name].shape, ">i4").tobytes()
        head = bytes([0, 0, 8, arrays[name].ndim])
        files[file] = gzip.compress(head + sizes + arrays[name].tobytes(), mtime=0)
        parts.append((name, file, fetching.digest([files[file]]), arrays[name].shape))
    monkeypatch.setattr(images, "PARTS", tuple(parts))
    monkeypatch.setattr(images, "MNIST", fetching.digest(a.tobytes() for a in arrays.values()))
    return arrays, files


def test_mnist_is_downloaded_once_and_kept(folder, server, monkeypatch):
    """Catches a header read as pixels, an order of files mixed up, and a download in each run."""
    served, address = server
    arrays, files = small_mnist(monkeypatch)
    for name, content in files.items():
        (served / name).write_bytes(content)
    monkeypatch.setattr(images, "MIRROR", address)
    data = datasets.mnist()
    np.testing.assert_array_equal(data.images[data.train].reshape(-1, 28, 28), arrays["x_train"])
    np.testing.assert_array_equal(data.labels[data.test], arrays["y_test"])
    monkeypatch.setattr(images, "MIRROR", "http://127.0.0.1:9/")  # nobody answers there
    images.mnist.cache_clear()
    np.testing.assert_array_equal(datasets.mnist().images, data.images)


def test_a_download_that_is_another_file_is_refused(folder, server, monkeypatch):
    served, address = server
    _, files = small_mnist(monkeypatch)
    for name in files:
        (served / name).write_bytes(b"something else")
    monkeypatch.setattr(images, "MIRROR", address)
    with pytest.raises(nms.RunFailed, match="its checksum differs"):
        datasets.mnist()
    assert not list(fetching.cache().glob("*"))


def test_without_a_network_the_message_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(images, "MIRROR", "http://127.0.0.1:9/")
    with pytest.raises(nms.RunFailed, match=r"could not be downloaded.*name the folder in NEUROMODSIM_DATA"):
        datasets.mnist()


def test_a_file_of_the_folder_comes_first_and_is_checked(folder, monkeypatch):
    """Catches a changed file that would be used as if it were MNIST."""
    arrays, _ = small_mnist(monkeypatch)
    np.savez(folder / "mnist.npz", **arrays)
    assert len(datasets.mnist().labels) == 25
    arrays["x_test"][0, 0, 0] ^= 1
    np.savez(folder / "mnist.npz", **arrays)
    images.mnist.cache_clear()
    with pytest.raises(nms.WrongInput, match=r"mnist.npz' has the wrong checksum"):
        datasets.mnist()
    (folder / "mnist.npz").write_bytes(b"no arrays")
    with pytest.raises(nms.WrongInput, match="cannot be read"):
        datasets.mnist()
    monkeypatch.setenv(fetching.FOLDER, str(folder / "nowhere"))
    with pytest.raises(nms.WrongInput, match="not a folder"):
        datasets.mnist()


def sound(seconds=0.5, frequency=1000.0, rate=8000):
    time = np.arange(int(seconds * rate)) / rate
    return np.round(8000 * np.sin(2 * np.pi * frequency * time)), rate


def wav(samples, rate):
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return content.getvalue()


def test_spoken_digits_come_from_an_archive_of_any_layout(folder, server, monkeypatch):
    """Catches labels, speakers or the official split read from the wrong part of a name."""
    served, address = server
    files = {f"{d}_{s}_{k}.wav": wav(*sound()) for d in range(10) for s in ("ann", "bob") for k in (4, 5)}
    with zipfile.ZipFile(served / "master.zip", "w") as archive:
        archive.writestr("some-folder/README.md", "words")
        for name in sorted(files, reverse=True):
            archive.writestr(f"some-folder/recordings/{name}", files[name])
    total = fetching.digest(part for n in sorted(files) for part in (n.encode(), files[n]))
    monkeypatch.setattr(speech, "FSDD", total)
    monkeypatch.setattr(speech, "SOURCE", address + "master.zip")
    data = datasets.spoken_digits()
    assert data.images.shape == (40, 900)
    assert [data.labels[k] for k in (0, 39)] == [0, 9]
    assert data.testing[:4].tolist() == [True, False, True, False]
    assert data.held_out("bob").testing[:4].tolist() == [False, False, True, True]
    speech.spoken_digits.cache_clear()
    monkeypatch.setattr(speech, "FSDD", "0" * 64)
    with pytest.raises(nms.RunFailed, match="wrong checksum and was deleted"):
        datasets.spoken_digits()


def test_a_tone_lies_in_its_band_and_a_click_in_its_frame():
    """Catches bands or frames in the wrong order, and a picture that is transposed."""
    centre = 700 * (10 ** (np.linspace(0, np.log10(1 + 4000 / 700), 32)[11]) - 1)  # peak of band 10
    samples, rate = sound(frequency=centre)
    samples[:] += np.random.default_rng(1).normal(0, 1, samples.size)
    click = np.zeros(3100)
    click[1550] = 1.0
    step = 100  # 3100 samples are 31 steps; sample 1550 is in the windows that start at 1400 and 1500
    picture = datasets.mel_picture(click, rate)
    assert set(np.flatnonzero(picture[20] > 0.1)) == {14, 15}
    assert picture.shape == (30, 30)
    np.testing.assert_allclose(datasets.mel_picture(samples, rate).sum(axis=1), 1, rtol=1e-5)
    energy = np.abs(np.fft.rfft(samples[: 2 * step] * np.hamming(2 * step), 4096)) ** 2
    assert np.argmax(energy @ speech.mel_bands(30, 4096, rate)) == 10


def test_mel_filters_are_triangles_between_equal_distances_in_mel():
    bands = speech.mel_bands(30, 4096, 8000).toarray()
    assert bands.shape == (2049, 30)
    assert bands.max() == 1 and bands.min() == 0
    inside = bands[np.argmax(bands[:, 0]) : np.argmax(bands[:, 29])]
    np.testing.assert_allclose(inside.sum(axis=1), 1)  # neighbours share every bin


def test_events_are_unpacked_bit_by_bit():
    """Catches polarity read as part of the time, or bytes in the wrong order."""
    content = bytes([18, 11, 0x00, 0x07, 0xAB, 0, 33, 0x85, 0x01, 0x02])
    found = events.read_events(content)
    assert found.tolist() == [(0x07AB, 18, 11, 0), (0x050102, 0, 33, 1)]


def test_counts_keep_every_event_and_its_place():
    some = np.array([(0, 3, 5, 1), (40, 3, 5, 1), (99, 7, 0, 0)], events.EVENT)
    made = events.Recordings("made", (some,), np.zeros(1, np.int32), np.zeros(1, bool))
    counts = made.counts(frames=2)
    assert counts.shape == (1, 2, 2, 34, 34)
    assert counts[0, 0, 1, 5, 3] == 2 and counts[0, 1, 0, 0, 7] == 1 and counts.sum() == 3


@real
def test_real_sets_are_what_they_should_be():
    """Catches an order of images or a split that is not the published one."""
    digits = datasets.mnist()
    assert digits.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert digits.labels[digits.test][:5].tolist() == [7, 2, 1, 0, 4]
    assert (len(digits.train), len(digits.test)) == (60000, 10000)
    spoken = datasets.spoken_digits()
    assert (len(spoken.train), len(spoken.test)) == (2700, 300)
    assert np.all(np.bincount(spoken.labels[spoken.test]) == 30)
    assert len(spoken.held_out("theo").test) == 500
    seen = datasets.event_digits()
    assert np.count_nonzero(seen.testing) == 100
    assert all(np.all(np.diff(e["time"]) >= 0) for e in seen.events)
    # The camera looked at MNIST itself, in its order.
    np.testing.assert_array_equal(seen.labels[:1000], digits.labels[:1000])
    assert seen.pictures().images.max() == 1
