"""Initial values: numbers of their own, and expressions that are worked out as equations are."""

from dataclasses import replace

import numpy as np
import pytest

import neuromodsim as nms
from tests.unit.gated import cells, gather


def test_each_random_variable_has_numbers_of_its_own():
    """Catches one stream for all variables of a component."""
    both = {"equations": "a : 1\nb : 1\nx : 1", "initial": {"a": "2*rand() - 1", "b": "2*rand() - 1"}}
    found = gather(cells(500, tables={}, **both), seed=7).numbers
    assert abs(np.corrcoef(found["cells.a"], found["cells.b"])[0, 1]) < 0.15
    only = both | {"initial": {"b": "2*rand() - 1"}}
    alone = gather(cells(500, tables={}, **only), seed=7).numbers
    assert np.array_equal(alone["cells.b"], found["cells.b"])  # whatever else is random


def synapses(**initial):
    subject = cells()
    (projection,) = subject.circuit.projections
    model = replace(projection.model, equations="w : 1\nq : 1")
    circuit = replace(subject.circuit, projections=(replace(projection, model=model, initial=initial),))
    return gather(replace(subject, circuit=circuit)).numbers


def test_synapses_have_random_numbers_of_their_own_too():
    found = synapses(w="randn()", q="randn()")
    assert len({*found["s.w"].tolist(), *found["s.q"].tolist()}) == 12


def test_initial_values_of_synapses_read_their_two_cells():
    """As in the code of a model: i is the source, j the target; targets run fastest."""
    found = synapses(w="i + 10*j", q="1*(i != j) + 0*N")
    assert found["s.w"].tolist() == [0, 10, 1, 11, 2, 12]
    assert found["s.q"].tolist() == [0, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i // 2", [0, 0, 1, 1]),
        ("int(i > 0)", [0, 1, 1, 1]),
        ("(i < 2) + (i < 3)", [2, 2, 1, 0]),
        ("sin(i)", np.sin(np.arange(4))),
        ("1*(0 < i and i < 3 or not i)", [1, 1, 1, 0]),
        ("0 < i < 3", [0, 1, 1, 0]),
        ("clip(i - 1, 0, k)", [0, 0, 1, 2]),
        ("2**i % 3", [1, 2, 1, 2]),
        ("floor(i/2) + ceil(i/2) + abs(-i) + sign(i - 2) + sqrt(i*i)", [-1, 2, 6, 10]),
        ("int(mvolt/volt*2500)", [2]),
        ("10**20*10**20", [1e40]),
    ],
)
def test_initial_expressions_are_arithmetic(text, expected):
    found = gather(cells(4, tables={}, equations="a : 1\nx : 1", initial={"a": text}))
    np.testing.assert_allclose(np.asarray(found.numbers["cells.a"]), np.squeeze(expected), rtol=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        *("exit()", "__import__('os')", "i.real", "i[0]", "[1]", "lambda: 1", "1 if i else 2", "x := 1"),
        *("'a'", "1 +", "", "1/0", "log(0)", "9**9**9**9", "k + volt", "exp(volt)", "rand(3)", "clip(i, 0)"),
        *("(" * 300 + "1" + ")" * 300, "1\x00", "i is 2", "i in 2", "1j", "int(volt)", "f'{i}'", "j", "x"),
        "clip(i, volt, 2)",
    ],
)
def test_other_initial_expressions_are_refused_in_one_sentence(text):
    with pytest.raises(nms.WrongInput, match=r"cells\.a") as mistake:
        gather(cells(4, tables={}, equations="a : 1\nx : 1", initial={"a": text}))
    assert "\n" not in str(mistake.value)
