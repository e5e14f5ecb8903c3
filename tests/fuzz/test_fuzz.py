"""A few random settings of each kind on every commit; many by ``python -m tests.fuzz``."""

import pytest

from tests.fuzz import api, command


def test_what_code_gives_is_in_the_run_or_refused():
    found = api.run(80, "numpy", seed=1)
    assert found["taken"] > 15 and found["refused"] > 30


def test_what_is_typed_is_in_the_run_or_refused():
    found = command.run(60, "numpy", seed=1)
    assert found["taken"] > 10 and found["refused"] > 15


@pytest.mark.cpp
def test_a_compiled_program_takes_the_same():
    assert api.run(60, "cpp", seed=2)["taken"] > 10
