"""Digests of a run's numbers: equal for equal numbers, and for no others."""

import numpy as np
import pytest

from neuromodsim.description.paths import Values
from neuromodsim.simulation.digest import array_digest, number_digests, numbers_digest


def values(**changed):
    parts = {
        "parameters": {},
        "numbers": {"a.v": np.arange(3.0), "a.k": np.array(2.0)},
        "tables": {"a.image": np.zeros((2, 3), np.int32)},
        "pairs": {"s": (np.array([0, 1], np.int32), np.array([1, 2], np.int32))},
        "notes": {},
    }
    return Values(**(parts | changed))


def test_numbers_in_another_order_and_memory_have_one_digest():
    """Fails when the order of a dictionary, or of an array in memory, counts."""
    turned = np.asfortranarray(np.zeros((2, 3), np.int32))
    same = values(numbers={"a.k": np.array(2.0), "a.v": np.arange(6.0)[:3]}, tables={"a.image": turned})
    assert numbers_digest(same) == numbers_digest(values())
    assert array_digest(np.arange(3, dtype=">f8")) == array_digest(np.arange(3, dtype="<f8"))


@pytest.mark.parametrize(
    "changed",
    [
        {"numbers": {"a.v": np.array([0, 1, 2 + 1e-15]), "a.k": np.array(2.0)}},
        {"numbers": {"a.v": np.arange(3.0), "a.k": np.array([2.0])}},
        {"tables": {"a.image": np.zeros((3, 2), np.int32)}},
        {"tables": {"a.image": np.zeros((2, 3), np.int8)}},
        {"pairs": {"s": (np.array([0, 1], np.int32), np.array([2, 1], np.int32))}},
        {"pairs": {"s": (np.array([1, 2], np.int32), np.array([0, 1], np.int32))}},
        {"pairs": {}},
    ],
)
def test_any_other_number_shape_or_type_has_another_digest(changed):
    """Fails when a change of a number, a shape, a type or the wiring goes unseen."""
    assert numbers_digest(values(**changed)) != numbers_digest(values())


def test_what_only_tells_of_a_run_does_not_count():
    """Fails when a note, or who chose a value, makes other numbers of the same."""
    assert numbers_digest(values(notes={"said": 1}, changed=("a.v",))) == numbers_digest(values())


def test_one_digest_for_each_path_says_what_differs():
    """Fails when a change of one value shows in another."""
    one, other = number_digests(values()), number_digests(values(tables={"a.image": np.ones((2, 3))}))
    assert {path for path in one if one[path] != other[path]} == {"a.image"}
    assert list(one) == sorted(one)
