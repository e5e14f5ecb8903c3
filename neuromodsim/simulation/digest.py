"""Digests of the numbers that a run is given, so that runs of other numbers are not taken for its own."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from neuromodsim.description.paths import Values


def array_digest(array: Any) -> str:
    """Return a digest of an array: its type, its shape and its bytes, on any machine."""
    held = np.asarray(array)
    held = np.ascontiguousarray(held.astype(held.dtype.newbyteorder("<"), copy=False))
    digest = hashlib.sha256(json.dumps([held.dtype.str, list(np.shape(array))]).encode())
    digest.update(held.tobytes())
    return digest.hexdigest()


def number_digests(values: "Values") -> dict[str, str]:
    """Return a digest of each value of a run, by path, in the order of paths.

    Parameters
    ----------
    values
        All that a run is given, in SI units.

    Returns
    -------
    dict
        One digest for each parameter, initial value and table by its path, and for the wiring of each
        projection as ``projection.pairs``.
    """
    found = {path: array_digest(array) for path, array in _arrays(values)}
    return dict(sorted(found.items()))


def numbers_digest(values: "Values") -> str:
    """Return one digest of all values of a run: equal for equal numbers, and for no others.

    Parameters
    ----------
    values
        All that a run is given, in SI units. What only tells of a run, such as its notes, does not count.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> from neuromodsim.description.paths import Values
    >>> one = Values({}, {"a.v": np.array(1.0)}, {}, {}, {})
    >>> other = Values({}, {"a.v": np.array(1.5)}, {}, {}, {})
    >>> numbers_digest(one) == numbers_digest(one), numbers_digest(one) == numbers_digest(other)
    (True, False)
    """
    return of_digests(number_digests(values))


def of_digests(digests: Mapping[str, str]) -> str:
    """Return one digest of those of `number_digests`."""
    return hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()


def _arrays(values: "Values") -> Iterator[tuple[str, Any]]:
    yield from values.numbers.items()
    yield from values.tables.items()
    for path, course in values.courses.items():
        yield path, course.numbers
    for name, (sources, targets) in values.pairs.items():
        yield f"{name}.pairs", np.stack([np.asarray(sources), np.asarray(targets)])
