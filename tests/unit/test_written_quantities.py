"""The grammar of quantities: against pint, an independent reader, and against what people mistype."""

import math
import random
import re
import warnings
from fractions import Fraction

import numpy as np
import pint
import pytest
from brian2 import Quantity, ms, mV, nS, ohm, second, umetre

from neuromodsim.errors import WrongInput
from neuromodsim.units import quantities

# Units that pint and Brian2 write alike.
UNITS = re.findall(
    r"\w+",
    """
    s ms us usecond min h second msecond Hz kHz hertz V mV uvolt volt mvolt A pA nA amp S nS siemens
    F pF farad M mM uM nM molar m mm um nmetre metre kilogram mol nmol kelvin joule watt coulomb ohm Mohm
    """,
)
NUMBERS = ("{:.3g}", "{:d}", "{:.2e}", "{:.0f}.", "{:+.4f}", "{:E}", ".{:d}")
BASE = ("[length]", "[mass]", "[time]", "[current]", "[temperature]", "[substance]", "[luminosity]")
STRAY = "0123456789 .+-*/()^_eExµ,;'\t\u00a0−·smV"
PINT = pint.UnitRegistry()
for name in UNITS:  # Brian2's names of powers
    PINT.define(f"{name}2 = {name}**2")
    PINT.define(f"{name}3 = {name}**3")


def a_number(chance):
    style = chance.choice(NUMBERS)
    if "d" in style:
        return style.format(chance.randrange(10**6))
    return style.format(chance.uniform(-1000, 1000))


def a_product(chance, depth=0):
    text = a_factor(chance, depth)
    for _ in range(chance.choice((0, 0, 1, 2))):
        space = chance.choice(("", " "))
        text += f"{space}{chance.choice('*/')}{space}{a_factor(chance, depth)}"
    return text


def a_factor(chance, depth):
    bracket = depth < 2 and chance.random() < 0.1
    base = f"({a_product(chance, depth + 1)})" if bracket else chance.choice(UNITS)
    powers = ("2", "-1", "3", "-2", "0.5", "(1/2)", "(-1)", "(-2)")
    return base + (f"**{chance.choice(powers)}" if chance.random() < 0.3 else "")


def a_quantity(chance):
    number = a_number(chance)
    if chance.random() < 0.1:
        return number
    between = chance.choice(("", " ", "*", " * ", "/", " / "))
    product = a_product(chance)
    return f"{number}{'*' if product[0] == '(' else between}{product}"


def by_pint(text):
    """Return the number in SI units and the powers of the seven base units, as pint reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = PINT.Quantity(text).to_base_units()
    powers = [float(found.dimensionality.get(name, 0)) for name in BASE]
    return float(found.magnitude), powers


def by_us(text):
    found = quantities.parse(text)
    return float(np.asarray(found)), [float(p) for p in quantities.get_dimensions(found)._dims]


def mistyped(text, chance):
    """Return a text with one character put in, taken out or doubled."""
    place = chance.randrange(len(text) + 1)
    if chance.random() < 0.7:
        return text[:place] + chance.choice(STRAY) + text[place:]
    return text[:place] + text[place + 1 :]


def without_zeros(text):
    """Return a text without zeros before its number, which pint reads as a number of their own."""
    return re.sub(r"^\s*([+-]?)0+(?=[0-9])", r"\1", text)


def same(one, other):
    return math.isclose(one[0], other[0], rel_tol=1e-9, abs_tol=1e-300) and np.allclose(one[1], other[1])


def test_ten_thousand_texts_are_what_pint_reads_or_refused():
    """Right ones mean the same; mistyped ones mean the same or are refused."""
    chance, read, refused = random.Random(20), 0, 0
    for _ in range(5000):
        text = a_quantity(chance)
        try:
            expected = by_pint(text)
        except OverflowError:
            continue
        assert same(by_us(text), expected), text
        read += 1
        slip = mistyped(text, chance)
        try:
            ours = by_us(slip)
        except WrongInput as mistake:
            assert "\n" not in str(mistake)
            refused += 1
            continue
        assert same(ours, by_pint(without_zeros(slip))), slip
        read += 1
    assert read > 5500 and refused > 2000


SLIPS = """
1 000 | 1.000.000 | 10-5 | 1.5.2 | 5-ms | 5 -ms | 5*-ms | 1,5 ms | 1'000 | 5 2 ms | 5*2 | 5 1/second
5*1e3 ms | 1_000 | 0x10 | 0x10 ms | 1e | 1e5.5 | --5 | +-5 | 5+ms | 5 ms+1 ms | 5 ms ms | 5 ms**
5 ms**s | 5 ms**2**2
5 **2 | 5**2 | 5 ms**61 | 5 ms**02 | 5 ms**(1/0) | 5 () | 5 (ms | 5 ms) | 5 * * ms | 5 // ms | 5 ms/
5 ms* | 5 / | 5 * | ٥ ms | ５ms | 5 ｍｓ | −5 mV | 5 m V | 5 mV·s | 5 % ms | 5 Ms**(2 | infinity | 1e400
-1e400 mV | 1e-400 | 1e-320 ms
5e-324 pA | 5 ms; 6 | 5 ms # comment | True | None | 1j | 5j ms | 5*(ms**12)**12
5(ms) | 5 (ms)**2 | ms | 5 lightyears | e5 | . | + | -
"""
ODD = ["", " ", "5 ms\n6", "5 \x00ms", f"3*{'(' * 30}ms{')' * 30}"]


@pytest.mark.parametrize("text", [*ODD, *re.split(r" \| |\n", SLIPS.strip())])
def test_slips_are_refused_in_one_sentence(text):
    with pytest.raises(WrongInput) as mistake:
        quantities.parse(text, "x")
    assert str(mistake.value).startswith("'x' ") and "\n" not in str(mistake.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 µm", 5 * umetre),
        ("5 μs", 5e-6 * second),
        ("5\u00a0mV", 5 * mV),
        ("5\u202fmV", 5 * mV),
        ("2 kΩ", 2000 * ohm),
        ("2 Ω", 2 * ohm),
        ("3 ms^2", 3 * ms**2),
        ("3 mV*(ms/nS)**-1", 3 * mV * nS / ms),
        ("2 second**(1/2)", 2 * second**0.5),
        ("1e+3ms", 1 * second),
        ("5.ms", 5 * ms),
    ],
)
def test_other_spellings_of_units_are_read(text, value):
    found = quantities.parse(text)
    assert float(found) == pytest.approx(float(value), rel=1e-15) and found.dim == value.dim


def test_a_negative_zero_stays_one():
    assert math.copysign(1, quantities.parse("-0.0")) == -1
    assert math.copysign(1, float(quantities.parse("-0 mV"))) == -1


@pytest.mark.parametrize("power", [Fraction(1, 3), Fraction(-2, 3), Fraction(1, 7), Fraction(5, 2)])
def test_units_of_fractional_powers_round_trip(power):
    """Catches a power that is written with six digits."""
    value = Quantity(0.1, dim=(second ** float(power)).dim)
    again = quantities.parse(quantities.text(value))
    assert again.dim == value.dim and float(again) == float(value)


@pytest.mark.parametrize("odd", [None, 5, 5.0, b"5 ms", ["5 ms"], object()])
def test_what_is_no_text_is_refused(odd):
    with pytest.raises(WrongInput, match="'x' must be a number with a unit"):
        quantities.parse(odd, "x")
