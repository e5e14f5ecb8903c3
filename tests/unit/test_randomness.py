"""The counter-based generator: known answers, independence, and one set of numbers everywhere."""

import subprocess

import numpy as np
import pytest

from neuromodsim.backends import compiler
from neuromodsim.numerics import randomness

# Random123, kat_vectors: rounds, counter, key, answer.
KNOWN = [
    (13, (0x00000000, 0x00000000), (0x00000000, 0x00000000), (0x9D1C5EC6, 0x8BD50731)),
    (13, (0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0xFD36D048, 0x2D17272C)),
    (13, (0x243F6A88, 0x85A308D3), (0x13198A2E, 0x03707344), (0xBA3E4725, 0xF27D669E)),
    (20, (0x00000000, 0x00000000), (0x00000000, 0x00000000), (0x6B200159, 0x99BA4EFE)),
    (20, (0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0x1CB996FC, 0xBB002BE7)),
    (20, (0x243F6A88, 0x85A308D3), (0x13198A2E, 0x03707344), (0xC4923A9C, 0x483DF7A0)),
]
# Words wrap around, as they should.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered")
CELLS = np.arange(1000)
STEPS = np.arange(200)[:, None]
KEY = randomness.key(1, "cells")


@pytest.mark.parametrize(("rounds", "counter", "key", "answer"), KNOWN)
def test_known_answers(rounds, counter, key, answer):
    found = randomness.threefry(*counter, *key, rounds=rounds)
    assert tuple(int(word) for word in found) == answer


def test_twenty_rounds_are_used():
    x, y = randomness.threefry(5, 6, 7, 8)
    assert (x, y) == randomness.threefry(5, 6, 7, 8, rounds=20)
    assert (x, y) != randomness.threefry(5, 6, 7, 8, rounds=13)


def test_uniform_numbers_are_uniform():
    drawn = randomness.uniform(CELLS, STEPS, KEY, 1)
    error = 1 / np.sqrt(12 * drawn.size)
    assert drawn.mean() == pytest.approx(0.5, abs=4 * error)
    assert drawn.var() == pytest.approx(1 / 12, rel=0.01)
    counts = np.histogram(drawn, bins=100, range=(0, 1))[0]
    expected = drawn.size / 100
    assert ((counts - expected) ** 2 / expected).sum() < 160  # chi-squared, 99 degrees: p = 1e-4
    assert drawn.min() > 0 and drawn.max() < 1


def test_extreme_words_stay_inside_the_interval(monkeypatch):
    """Catches a rounding that gives 0 or 1, whose logarithm ends a run."""
    words = np.array([0, 2**32 - 1], np.uint32)
    monkeypatch.setattr(randomness, "threefry", lambda *a, **k: (words, words))
    assert randomness.uniform(0, 0, 0, 0).tolist() == [0.5 * 2**-32, 1 - 0.5 * 2**-32]
    assert np.isfinite(randomness.normal(0, 0, 0, 0)).all()


def test_normal_numbers_are_normal():
    drawn = randomness.normal(CELLS, STEPS, KEY, 1)
    size = np.sqrt(drawn.size)
    assert drawn.mean() == pytest.approx(0, abs=4 / size)
    assert drawn.var() == pytest.approx(1, abs=4 * np.sqrt(2) / size)
    assert (drawn**3).mean() == pytest.approx(0, abs=4 * np.sqrt(15) / size)
    assert (drawn**4).mean() == pytest.approx(3, abs=4 * np.sqrt(96) / size)


def streams():
    """Return pairs of streams that must not know of each other, by what sets them apart."""
    one = randomness.uniform(CELLS, STEPS, KEY, 1)
    return {
        "cells": (one[:, :-1], one[:, 1:]),
        "steps": (one[:-1], one[1:]),
        "sites": (one, randomness.uniform(CELLS, STEPS, KEY, 2)),
        "seeds": (one, randomness.uniform(CELLS, STEPS, randomness.key(2, "cells"), 1)),
        "groups": (one, randomness.uniform(CELLS, STEPS, randomness.key(1, "other"), 1)),
    }


@pytest.mark.parametrize("apart", ["cells", "steps", "sites", "seeds", "groups"])
def test_streams_are_independent(apart):
    one, other = streams()[apart]
    correlation = np.corrcoef(one.ravel(), other.ravel())[0, 1]
    assert abs(correlation) < 4.5 / np.sqrt(one.size)
    assert np.mean(one == other) < 1e-4


def test_keys_do_not_repeat_over_seeds():
    keys = {randomness.key(seed, name) for seed in range(500) for name in ("cells", "task")}
    assert len(keys) == 1000
    assert all(-(2**31) <= key < 2**31 for key in keys)


def test_each_call_gets_a_site_of_its_own():
    sites = randomness.Sites()
    first = sites.rewrite("v = rand() + 2*randn( )")
    assert first == (
        "v = counter_uniform(i, t_in_timesteps, random_key, 1)"
        " + 2*counter_normal_beside(i, t_in_timesteps, random_key, 2)"
    )
    assert sites.rewrite("rand()").endswith(" 3)")
    assert sites.rewrite("randn()") == "counter_normal(i, t_in_timesteps, random_key, 4)"
    assert randomness.Sites().rewrite("strand() + brand(1)") == "strand() + brand(1)"


PROGRAM = """
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
{code}
int main()
{{
    for (int64_t key : {{0LL, -5LL, 2147483647LL}})
        for (int64_t site = 1; site < 4; site++)
            for (int64_t step : {{0LL, 1LL, 3600000LL, 4294967297LL}})
                for (int64_t cell = 0; cell < 50; cell++)
                    std::printf("%.17g %.17g\\n", counter_uniform(cell, step, key, site),
                                counter_normal(cell, step, key, site));
}}
"""


@pytest.mark.cpp
def test_compiled_numbers_are_those_of_numpy(tmp_path):
    (tmp_path / "draw.cpp").write_text(PROGRAM.format(code=randomness.CPP))
    subprocess.run([compiler.compiler(), *compiler.FLAGS, "draw.cpp", "-o", "draw"], cwd=tmp_path, check=True)
    said = subprocess.run([tmp_path / "draw"], capture_output=True, text=True, check=True).stdout
    compiled = np.array([line.split() for line in said.splitlines()], float)
    keys, sites, steps, cells = np.meshgrid(
        [0, -5, 2147483647], [1, 2, 3], [0, 1, 3600000, 4294967297], np.arange(50), indexing="ij"
    )
    arguments = [a.ravel() for a in (cells, steps, keys, sites)]
    assert np.array_equal(compiled[:, 0], randomness.uniform(*arguments))
    np.testing.assert_allclose(compiled[:, 1], randomness.normal(*arguments), rtol=1e-13, atol=1e-15)
