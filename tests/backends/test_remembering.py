"""What Brian2 remembers code by is found quicker, and is what Brian2 itself would find."""

import pytest
from brian2 import Clock, Equations, ms, mV
from brian2.codegen import translation
from brian2.codegen.generators import base
from brian2.utils import caching

from neuromodsim.backends import cpp
from neuromodsim.builder import remembering
from tests.backends.described import EVERYTHING
from tests.backends.test_keys import described


@pytest.fixture
def remembered(monkeypatch):
    """Let Brian2 remember statements, as it does of itself."""
    for module in (translation, base):
        monkeypatch.setattr(module, "make_statements", caching.cached(remembering.STATEMENTS))


@pytest.fixture
def asked(monkeypatch, remembered):
    """Return a list of all that Brian2 looks for a key of."""
    seen = []
    monkeypatch.setattr("neuromodsim.builder.network.remember_quickly", lambda: None)
    monkeypatch.setattr(
        caching, "_hashable", lambda value: (seen.append(value), remembering.hashable(value))[1]
    )
    return seen


def plain(value, patch):
    """Return the key that Brian2 finds when nobody helps it."""
    with patch.context() as alone:
        alone.setattr(caching, "_hashable", remembering.ANYTHING)
        return remembering.ANYTHING(value)


def test_keys_of_a_whole_network_are_those_of_brian2(asked, monkeypatch, tmp_path):
    """Fails when an attribute is left out, is out of order, or one that does not matter is kept."""
    cpp.write(described(EVERYTHING), tmp_path)
    assert len(asked) > 500
    kinds = {type(value).__name__ for value in asked}
    assert {"str", "dict", "Equations"} <= kinds
    for value in asked:
        assert remembering.hashable(value) == plain(value, monkeypatch)


class Odd(caching.CacheKey):
    _state_tuple = ("its", "own")


@pytest.mark.parametrize(
    "value",
    [
        1.5 * mV,
        ms,
        ms.dim,
        [1, (2.0, None)],
        {"a": {1, 2}},
        Odd(),
        Equations("v : volt"),
        {1: [2]},
        float,
        True,
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_other_value_has_the_key_of_brian2(value, monkeypatch):
    """Fails when a value of a kind that is not known here is taken for one that is."""
    found = remembering.hashable(value)
    assert found == plain(value, monkeypatch) and type(found) is type(plain(value, monkeypatch))


def test_what_has_no_key_has_none():
    with pytest.raises(TypeError, match="Do not know how to handle"):
        remembering.hashable([bytearray(b"x")])


def test_networks_are_put_together_with_it(tmp_path, monkeypatch, remembered):
    """Fails when Brian2 is left to its own function, or remembers what it makes sooner than it finds it."""
    monkeypatch.setattr(caching, "_hashable", remembering.ANYTHING)
    monkeypatch.setattr(Equations, "identifier_checks", {remembering.PLAIN_NAME})
    cpp.write(described(EVERYTHING), tmp_path)
    assert caching._hashable is remembering.hashable
    assert translation.make_statements is base.make_statements is remembering.STATEMENTS
    assert Equations.identifier_checks == {remembering.NAME}


def test_a_bad_name_is_refused_each_time():
    """Fails when a name that was looked at once is taken for a good one."""
    for _ in range(2):
        with pytest.raises(SyntaxError, match="3foo"):
            remembering.NAME("3foo")
    remembering.NAME("foo3")


def test_clocks_are_told_as_by_brian2(tmp_path):
    """Fails when a clock is told by the time step or the name of another."""
    cpp.write(described(EVERYTHING), tmp_path)
    told = [repr(Clock(dt=dt, name=name)) for dt, name in ((0.3 * ms, "a"), (0.3 * ms, "b"), (2 * ms, "a"))]
    assert told == [
        "Clock(dt=300. * usecond, name='a')",
        "Clock(dt=300. * usecond, name='b')",
        "Clock(dt=2. * msecond, name='a')",
    ]
