"""Random numbers that depend on who asks and when, not on who asked before.

Every ``rand()`` and ``randn()`` of a cell becomes a call of a counter-based generator, Threefry-2x32
(Salmon et al. 2011, doi 10.1145/2063384.2063405): a function of the cell, the time step, a key made
of the seed, and the place of the call. It needs no state, so compilers vectorise it, and every device
draws the same numbers. It has its authors' default of 20 rounds, as in JAX; Philox, their other
generator, took twice as long without AVX-512.
Synapses do so too, by their number, unless their model keeps Brian2's own generator.
"""

import re
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from brian2 import Function
from numpy.typing import NDArray

from neuromodsim.description.functions import FUNCTIONS

ROUNDS = 20
# By round and as published; their word for parity is that of Skein for 32 bits.
ROTATIONS = (13, 15, 26, 6, 17, 29, 16, 24)
PARITY = 0x1BD11BDA
# Numbers are the centres of 2³² equal intervals, so never 0, whose logarithm is infinite, and never 1.
SCALE = 2.0**-32
NAMES = ("counter_uniform", "counter_normal")
BESIDE = "counter_normal_beside"  # normal numbers, where one piece of code draws uniform ones as well


def _rounds() -> str:
    """Return the rounds one by one: compilers vectorise straight code, not a loop over a schedule."""
    lines = []
    for turn in range(ROUNDS):
        bits = ROTATIONS[turn % 8]
        lines.append(f"x += y; y = ((y << {bits}) | (y >> {32 - bits})) ^ x;")
        if turn % 4 == 3:
            n = turn // 4 + 1
            lines.append(f"x += k{n % 3}; y += k{(n + 1) % 3} + {n}u;")
    return "\n    ".join(lines)


CPP = (
    f"""
static inline void _threefry(const int64_t cell, const int64_t step, const int64_t key,
                             const int64_t site, uint32_t& x, uint32_t& y)
{{
    const uint32_t k0 = (uint32_t)key, k1 = (uint32_t)site, k2 = 0x1BD11BDAu ^ k0 ^ k1;
    x = (uint32_t)cell + k0;
    y = (uint32_t)step + k1;
    {_rounds()}
}}
"""
    + """
// Signed conversion, since processors before AVX-512 have no other in a vector.
static inline double _between_0_and_1(const uint32_t x)
{
    return (double)(int32_t)(x ^ 0x80000000u) * 2.3283064365386963e-10 + (0.5 + 1.1641532182693481e-10);
}
static inline double counter_uniform(const int64_t cell, const int64_t step, const int64_t key,
                                     const int64_t site)
{
    uint32_t x, y;
    _threefry(cell, step, key, site, x, y);
    return _between_0_and_1(x);
}
static inline double counter_normal(const int64_t cell, const int64_t step, const int64_t key,
                                    const int64_t site)
{
    uint32_t x, y;
    _threefry(cell, step, key, site, x, y);
    return sqrt(-2.0 * log(_between_0_and_1(x))) * cos(6.283185307179586 * _between_0_and_1(y));
}
"""
)

# A function of its own for each of the two, where one file calls both: hence the guard.
CUDA = (
    "#ifndef NEUROMODSIM_THREEFRY\n#define NEUROMODSIM_THREEFRY 1\n"
    + CPP.replace("static inline", "__host__ __device__ static inline")
    + "#endif\n"
)

CYTHON = """
from libc.math cimport sqrt as _c_sqrt, log as _c_log, cos as _c_cos
from libc.stdint cimport uint32_t as _u32, uint64_t as _u64, int32_t as _i32

cdef _u64 _threefry(long cell, long step, long key, long site) noexcept:
    cdef _u32 k[3]
    cdef int[8] turn = [13, 15, 26, 6, 17, 29, 16, 24]
    cdef int round, n
    k[0] = <_u32>key
    k[1] = <_u32>site
    k[2] = <_u32>0x1BD11BDA ^ k[0] ^ k[1]
    cdef _u32 x = <_u32>cell + k[0]
    cdef _u32 y = <_u32>step + k[1]
    for round in range(20):
        x += y
        y = ((y << turn[round % 8]) | (y >> (32 - turn[round % 8]))) ^ x
        if round % 4 == 3:
            n = round // 4 + 1
            x += k[n % 3]
            y += k[(n + 1) % 3] + <_u32>n
    return (<_u64>x << 32) | y

cdef double _between_0_and_1(_u32 x) noexcept:
    return <double>(<_i32>(x ^ <_u32>0x80000000)) * 2.3283064365386963e-10 + (0.5 + 1.1641532182693481e-10)

cdef double counter_uniform(long cell, long step, long key, long site) noexcept:
    return _between_0_and_1(<_u32>(_threefry(cell, step, key, site) >> 32))

cdef double counter_normal(long cell, long step, long key, long site) noexcept:
    cdef _u64 bits = _threefry(cell, step, key, site)
    return _c_sqrt(-2.0 * _c_log(_between_0_and_1(<_u32>(bits >> 32)))) * _c_cos(
        6.283185307179586 * _between_0_and_1(<_u32>bits))
"""


def threefry(
    cell: Any, step: Any, key: Any, site: Any, rounds: int = ROUNDS
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the two 32-bit words of a block, each of the broadcast shape of the arguments."""
    # Through int64, since NumPy refuses a negative number, such as a key, as uint32, where C++ wraps it.
    words = [np.asarray(a, np.int64).astype(np.uint32) for a in (cell, step, key, site)]
    x, y, k0, k1 = (word.copy() for word in np.broadcast_arrays(*words))
    k = (k0, k1, np.uint32(PARITY) ^ k0 ^ k1)
    x, y = x + k[0], y + k[1]
    for turn in range(rounds):
        bits = np.uint32(ROTATIONS[turn % 8])
        x = x + y
        y = ((y << bits) | (y >> (np.uint32(32) - bits))) ^ x
        if turn % 4 == 3:
            n = turn // 4 + 1
            x, y = x + k[n % 3], y + k[(n + 1) % 3] + np.uint32(n)
    return x, y


def uniform(cell: Any, step: Any, key: Any, site: Any) -> NDArray[Any]:
    """Return numbers in (0, 1), the same as the compiled ones."""
    with np.errstate(over="ignore"):  # words wrap around, as they should
        return (threefry(cell, step, key, site)[0].astype(float) + 0.5) * SCALE


def normal(cell: Any, step: Any, key: Any, site: Any) -> NDArray[Any]:
    """Return standard normal numbers, as the compiled ones to the last few digits."""
    with np.errstate(over="ignore"):
        words = threefry(cell, step, key, site)
    x, y = ((word.astype(float) + 0.5) * SCALE for word in words)
    return np.asarray(np.sqrt(-2.0 * np.log(x)) * np.cos(2 * np.pi * y))


def beside(code: str) -> str:
    """Return the code of the generators under names of their own, so that it can stand beside itself."""
    return re.sub(r"\b(_(?!_)\w+|counter_\w+|NEUROMODSIM_THREEFRY)\b", r"\1_beside", code)


def _brian_function(pyfunc: Any, name: str, named: Callable[[str], str] = str) -> Function:
    function = Function(
        pyfunc,
        arg_units=[1, 1, 1, 1],
        return_unit=1,
        arg_types=["integer"] * 4,
        return_type="float",
    )
    # As it is: Brian2's own way looks at units anew in each step.
    function.implementations.add_implementation("numpy", pyfunc)
    function.implementations.add_implementation("cpp", named(CPP), name=name)
    function.implementations.add_implementation("cuda", named(CUDA), name=name)
    function.implementations.add_implementation("cython", named(CYTHON), name=name)
    return function


def brian_functions() -> dict[str, Function]:
    """Return our functions under the names that equations call them by, the generators among them."""
    generators = {name: _brian_function(f, name) for name, f in zip(NAMES, (uniform, normal), strict=True)}
    return FUNCTIONS | generators | {BESIDE: _brian_function(normal, BESIDE, beside)}


CALL = re.compile(r"\brand(n?)\(\s*\)")


def clash(*texts: str) -> bool:
    """Whether texts that come to stand in one piece of code would define the generator twice.

    Normal numbers have a generator of their own in a text that draws uniform ones as well.

    Examples
    --------
    >>> clash("x = rand()", "y = randn()"), clash("x = rand() + randn()", "y = rand()")
    (True, False)
    """
    kinds = [{match[1] for match in CALL.finditer(text)} for text in texts]
    both = {"", "n"}
    uniform = any("" in drawn for drawn in kinds)
    return uniform and any("n" in drawn for drawn in kinds if drawn != both)


class Sites:
    """Numbers the random calls of one group, so that no two share their numbers.

    ``cell`` is what code calls the place of a cell, within its own replica where there are several, and
    ``key`` the key of its component. ``mixed`` tells that any text may come to stand beside any other.
    """

    def __init__(self, cell: str = "i", key: str = "random_key", *, mixed: bool = False) -> None:
        self.used = 0
        self.cell, self.key, self.mixed = cell, key, mixed

    def rewrite(self, code: str) -> str:
        """Return code whose random calls name the cell, the step, the key and their own number."""
        both = self.mixed or {match[1] for match in CALL.finditer(code)} == {"", "n"}

        def call(match: re.Match[str]) -> str:
            # Counted in the order of the text: whoever rewrites the texts of a model in another order changes
            # its numbers.
            self.used += 1
            name = (BESIDE if both else NAMES[1]) if match[1] else NAMES[0]
            return f"{name}({self.cell}, t_in_timesteps, {self.key}, {self.used})"

        return CALL.sub(call, code)


def key(seed: int, name: str) -> int:
    """Return the 32-bit key of a named stream for a seed, as a signed whole number."""
    # Mixed, so that neighbouring seeds have unrelated keys. Not hash(), which differs from process to
    # process.
    sequence = np.random.SeedSequence([seed, zlib.crc32(name.encode())])
    return int(sequence.generate_state(1, np.uint32).view(np.int32)[0])


def generator(seed: int, name: str) -> np.random.Generator:
    """Return a NumPy generator for drawing wiring and initial values, one stream per name."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])
