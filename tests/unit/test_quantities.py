"""Numbers with units: whatever is written, it becomes a quantity or one clear sentence."""

import math
import subprocess
import sys
import warnings

import numpy as np
import pytest
from brian2 import Quantity, amp, metre, mmolar, mole, ms, mV, nS, second, volt
from brian2.equations import Equations
from brian2.units.fundamentalunits import DIMENSIONLESS, Unit, get_unit
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from neuromodsim.errors import WrongInput
from neuromodsim.units import quantities

UNITS = sorted(quantities.unit_names())
FINITE = st.floats(allow_nan=False, allow_infinity=False)
# Texts that look like a value, so that more than the first character is tried.
VALUE_LIKE = st.builds(
    "{}{}{}{}".format,
    st.one_of(FINITE, st.integers(-(10**6), 10**6)),
    st.sampled_from(["", " ", "*", "/", " ** ", "e"]),
    st.sampled_from([*UNITS, "1", "(ms", "ms)"]),
    st.text("*/()-+. ms1VkΩµ^", max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), VALUE_LIKE))
@example("1 (-1)**0.5")
@example("1 9**9**9**9**9")
@example("1 ms**ms")
@example("1 " + "(" * 190)
@example("1\x00")
@example("1 'a'*9")
@example("1 1and ms")
@example("1e999 ms")
@example("1e308 Gvolt")
@example("٣ ms")
def test_any_text_is_a_number_or_one_mistake(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = quantities.parse(text)
        except WrongInput as mistake:
            assert len(str(mistake)) < 500
        else:
            assert isinstance(value, float | Quantity)
            assert np.asarray(value).dtype == float and np.ndim(value) == 0


def finite(number, unit):
    with np.errstate(over="ignore"):
        value = number * unit
    assume(math.isfinite(float(np.asarray(value))))
    return value


@settings(max_examples=200, deadline=None)
@given(FINITE, st.sampled_from(UNITS))
@example(0.1 + 0.2, "ms")
@example(5e-324, "volt")
@example(-0.0, "second")
def test_text_round_trips_to_the_last_digit(number, unit):
    value = finite(number, quantities.unit_names()[unit])
    again = quantities.parse(quantities.text(value))
    assert float(np.asarray(again)) == float(np.asarray(value))
    assert quantities.unit_text(again) == quantities.unit_text(value)


@settings(max_examples=100, deadline=None)
@given(FINITE, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_units_of_units_round_trip_too(number, one, other):
    names = quantities.unit_names()
    value = finite(number, names[one] / names[other] ** 2)
    again = quantities.parse(quantities.text(value))
    assert float(np.asarray(again)) == float(np.asarray(value))
    assert quantities.unit_text(again) == quantities.unit_text(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500ms", 500 * ms),
        ("500 ms", 500 * ms),
        ("-65mV", -65 * mV),
        ("1.5 mV/ms", 1.5 * mV / ms),
        ("1.5e-3*volt", 1.5 * mV),
        ("0.3", 0.3),
        ("2 nS", 2 * nS),
        ("5 /second", 5 / second),
        ("3 nM", 3e-6 * mmolar),
        ("2 ms**-1", 2 / ms),
        (".5 second", 0.5 * second),
    ],
)
def test_values_are_read_as_people_write_them(text, value):
    found = quantities.parse(text)
    assert float(np.asarray(found)) == pytest.approx(float(np.asarray(value)), rel=1e-15)
    assert quantities.unit_text(found) == quantities.unit_text(value)


@pytest.mark.parametrize("text", ["", "ms", "fast", "5 lightyears", "1 ms; 2", "1 + 1", "__import__('os')"])
def test_other_texts_are_refused(text):
    with pytest.raises(WrongInput):
        quantities.parse(text)


def test_a_wrong_unit_is_named_with_the_right_one():
    with pytest.raises(WrongInput, match=r"'tau_c' needs a unit of time, for example 500ms; got 3 mV\."):
        quantities.expect_unit("tau_c", 3 * mV, second.dim)
    with pytest.raises(WrongInput, match="'p' must be a number without a unit; got 3"):
        quantities.expect_unit("p", 3 * mV, DIMENSIONLESS)


def test_a_bare_number_is_not_a_time():
    with pytest.raises(WrongInput, match="needs a unit of time"):
        quantities.expect_unit("tau_c", 0.5, second.dim)


@pytest.mark.parametrize("bad", [math.nan, math.inf, [1.0, math.nan]])
def test_numbers_must_be_finite(bad):
    with pytest.raises(WrongInput, match="must be finite"):
        quantities.expect_finite("w", bad)


def test_ranges_are_closed():
    quantities.expect_between("p", 0.0, 0.0, 1.0)
    quantities.expect_between("p", 1.0, 0.0, 1.0)
    with pytest.raises(WrongInput, match="at least 0"):
        quantities.expect_between("p", -1e-9, 0.0, 1.0)
    with pytest.raises(WrongInput, match="at most 1"):
        quantities.expect_between("p", [0.5, 1.5], 0.0, 1.0)


@pytest.mark.parametrize("bad", [0 * second, -1 * second, 1.5 * ms, math.nan * second, 1 * mV, 3])
def test_durations_are_whole_steps(bad):
    with pytest.raises(WrongInput, match=r"'duration' (must|needs)"):
        quantities.whole_steps("duration", bad, 1 * ms)


def test_steps_are_counted_despite_rounding():
    assert quantities.whole_steps("duration", 0.3 * second, 0.1 * second) == 3
    assert quantities.whole_steps("duration", 3600 * second, 0.1 * ms) == 36_000_000


@pytest.mark.parametrize("unit", [volt, second, nS, mmolar, mV / ms, 1 / second, volt**2])
def test_dataset_units_keep_the_value(unit):
    """The spelling and the size say the same: size in SI times number is the quantity."""
    spelling, size = quantities.dataset_unit((unit if isinstance(unit, Unit) else Quantity(unit)).dim)
    assert spelling and size > 0
    if size != 1.0:
        assert size * volt.__class__(1.0, dim=unit.dim) == quantities.unit_names().get(
            {"nmol/L": "nmolar"}.get(spelling, spelling), unit
        )


@pytest.mark.parametrize("unit", ["meter**2/second", "meter**-3", "amp/volt/second", "mmolar/second"])
def test_units_are_written_as_equations_take_them(unit):
    """Brian2 prints some units with brackets, which its equations refuse."""
    value = quantities.parse(f"2 {unit}")
    written = quantities.unit_text(value)
    assert Equations(f"D : {written} (shared, constant)")["D"].dim is value.dim
    assert quantities.parse(quantities.text(value)) == value


def test_a_unit_that_was_read_does_not_change_how_others_are_written():
    """Catches a product of units that Brian2 keeps, and equations then cannot be read: 'mvolt / msecond'."""
    parsed = quantities.parse("3 mV/ms")
    assert float(parsed) == 3.0
    assert quantities.unit_text(parsed) == "volt / second"


@pytest.mark.parametrize("product", [mV / ms, mV * second**2 / ms**3])
def test_a_unit_in_equations_has_no_prefix_whatever_products_were_made(monkeypatch, product):
    """Brian2 answers with a product of units if somebody has made it first."""
    monkeypatch.setattr(quantities, "get_unit", lambda dim: product if dim is product.dim else get_unit(dim))
    assert "mvolt" in repr(quantities.get_unit(product.dim))
    assert quantities.unit_text(product) == "volt / second"
    assert Equations(f"x : {quantities.unit_text(product)}")["x"].dim is product.dim


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 * ms, "1 ms"),
        (500 * ms, "500 ms"),
        (0.35 * ms, "350 µs"),
        (1.5 * second, "1.5 s"),
        (-1 * ms, "-1 ms"),
        (0 * ms, "0 s"),
        (90 * second, "90 s"),
        (601 * second, "601 s"),
        (600 * second, "10 min"),
        (3600 * second, "1 h"),
        (5400 * second, "1.5 h"),
        (-70 * mV, "-70 mV"),
        (20e-6 * mmolar, "20 nM"),
        (7.63e-10 * metre**2 / second, "763 µm²/s"),
        (94.63e-6 * mmolar / second, "94.63 nM/s"),
        (6e-3 * mmolar / second, "6 µM/s"),
        (0 * mmolar, "0 nM"),
        (4e17 / metre**3, "0.4/µm³"),
        (3000 / 6.02214076e23 * mole, "3000 molecules"),
        (2 * mole, "2 mol"),
        (0.2 / second, "0.2/s"),
        (2.0 / (1e-6 * mmolar * second), "2/(nM s)"),
        (1e-6 * amp / volt**2, "1 pA/mV²"),
        (40 * mV / ms, "40 mV/ms"),
        (float("nan") * second, "nan s"),
        ([1, 2] * ms, "[1 2] ms"),
        (2.5, "2.5"),
        (1e-6, "10⁻⁶"),
        (-5e-5, "-5 × 10⁻⁵"),
        (0, "0"),
    ],
)
def test_values_are_said_as_a_person_says_them(value, said):
    """Fails when a value is printed as NumPy prints it, or a duration in kiloseconds."""
    assert quantities.pretty(value) == said


def test_what_is_said_changes_nothing_in_equations():
    """Fails when saying a value multiplies units, which Brian2 then writes in equations: another program."""
    code = (
        "import brian2; from brian2.units.fundamentalunits import user_unit_register as kept; "
        "before = len(kept.units); from neuromodsim.units import spoken; "
        "assert len(kept.units) == before and spoken.UNITS"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
