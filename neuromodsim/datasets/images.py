"""Handwriting: scikit-learn's small digits, and MNIST."""

import functools
import gzip
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.datasets import fetching
from neuromodsim.datasets.labelled import Labelled

FILE = "mnist.npz"
MIRROR = "https://ossci-datasets.s3.amazonaws.com/mnist/"
# Name in our file, name at the source, its SHA-256, shape of what is in it.
PARTS = (
    (
        "x_train",
        "train-images-idx3-ubyte.gz",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        (60000, 28, 28),
    ),
    (
        "y_train",
        "train-labels-idx1-ubyte.gz",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        (60000,),
    ),
    (
        "x_test",
        "t10k-images-idx3-ubyte.gz",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        (10000, 28, 28),
    ),
    (
        "y_test",
        "t10k-labels-idx1-ubyte.gz",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        (10000,),
    ),
)
MNIST = "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16"  # of all pixels and labels


def digits() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the handwritten digits that scikit-learn ships (Alpaydin and Kaynak 1998).

    Returns
    -------
    images
        Brightness between 0 and 1, shape ``(1797, 64)``: 8 x 8 pixels, row by row.
    labels
        0 to 9, shape ``(1797,)``.
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    return (data.data / 16).astype(np.float32), data.target.astype(np.int32)


@functools.cache
def mnist() -> Labelled:
    """Return all 70,000 digits of MNIST (LeCun, Cortes, Burges), the last 10,000 for tests.

    Returns
    -------
    Labelled
        Bytes of 28 x 28 pixels, in the order of the published files.

    Raises
    ------
    WrongInput
        If the file at hand has the wrong checksum.
    RunFailed
        If there is none and it cannot be downloaded.
    """
    path = fetching.place(FILE, _download)
    try:
        arrays = _read(path)
    except fetching.BROKEN as error:
        raise fetching.unreadable(path, error) from error
    fetching.check(path, fetching.digest(a.data.cast("B") for a in arrays), MNIST)
    x_train, y_train, x_test, y_test = arrays
    return Labelled(
        name="MNIST",
        images=np.concatenate([x_train, x_test]).reshape(len(y_train) + len(y_test), -1),
        labels=np.concatenate([y_train, y_test]).astype(np.int32),
        testing=np.arange(len(y_train) + len(y_test)) >= len(y_train),
        shape=(28, 28),
    )


def _read(path: Path) -> list[NDArray[Any]]:
    """Return the arrays of a file, which says how large they are before they are unpacked."""
    with fetching.opened(path) as opened:
        with zipfile.ZipFile(opened) as archive:
            fetching.expect_size(sum(info.file_size for info in archive.infolist()))
        with np.load(opened, allow_pickle=False) as file:
            return [np.ascontiguousarray(file[name]) for name, *_ in PARTS]


def _download(to: Path) -> None:
    """Fetch the four published files and keep them as one."""
    arrays: dict[str, Any] = {}
    with fetching.made_beside(to) as fresh:
        for name, file, known, shape in PARTS:
            part = fresh.with_name(file)
            fetching.retrieve(MIRROR + file, part, known)
            content = gzip.decompress(part.read_bytes())  # whose checksum is known
            header = 4 + 4 * len(shape)  # magic number, then the sizes
            arrays[name] = np.frombuffer(content, np.uint8, offset=header).reshape(shape)
        with fresh.open("wb") as whole:
            np.savez(whole, **arrays)
