"""Random numbers that depend on who asks and when, not on who asked before.

Every ``rand()`` and ``randn()`` of a cell becomes a call of a counter-based generator, Philox2x32-10
(Salmon et al. 2011, doi 10.1145/2063384.2063405): a function of the cell, the time step, a key made
of the seed, and the place of the call. It needs no state, so compilers vectorise it, and every device
draws the same numbers. Synapses keep Brian2's own generator, seeded at run time.
"""

import re
import zlib
from typing import Any

import numpy as np
from brian2 import Function
from numpy.typing import NDArray

ROUNDS = 10
MULTIPLIER = 0xD256D193
WEYL = 0x9E3779B9
SITE = 0x85EBCA6B  # keeps the calls within one cell apart
SCALE = 2.0**-32

CPP = """
static inline void _philox_block(const int64_t cell, const int64_t step, const int64_t key,
                                 const int64_t site, uint32_t& x, uint32_t& y)
{
    x = (uint32_t)cell; y = (uint32_t)step;
    uint32_t k = (uint32_t)key + (uint32_t)site * 0x85EBCA6Bu;
    for (int round = 0; round < 10; round++) {
        const uint64_t product = (uint64_t)x * 0xD256D193u;
        x = (uint32_t)(product >> 32) ^ k ^ y;
        y = (uint32_t)product;
        k += 0x9E3779B9u;
    }
}
// Signed conversion, since processors before AVX-512 have no other in a vector.
static inline double _philox_open(const uint32_t x)
{
    return (double)(int32_t)(x ^ 0x80000000u) * 2.3283064365386963e-10 + (0.5 + 1.1641532182693481e-10);
}
static inline double philox_uniform(const int64_t cell, const int64_t step, const int64_t key,
                                    const int64_t site)
{
    uint32_t x, y;
    _philox_block(cell, step, key, site, x, y);
    return _philox_open(x);
}
static inline double philox_normal(const int64_t cell, const int64_t step, const int64_t key,
                                   const int64_t site)
{
    uint32_t x, y;
    _philox_block(cell, step, key, site, x, y);
    return sqrt(-2.0 * log(_philox_open(x))) * cos(6.283185307179586 * _philox_open(y));
}
"""

CYTHON = """
from libc.math cimport sqrt as _c_sqrt, log as _c_log, cos as _c_cos
from libc.stdint cimport uint32_t as _u32, uint64_t as _u64, int32_t as _i32

cdef _u64 _philox_bits(long cell, long step, long key, long site) noexcept:
    cdef _u32 x = <_u32>cell
    cdef _u32 y = <_u32>step
    cdef _u32 k = <_u32>key + <_u32>site * <_u32>0x85EBCA6B
    cdef _u64 product
    cdef int turn
    for turn in range(10):
        product = <_u64>x * <_u64>0xD256D193
        x = <_u32>(product >> 32) ^ k ^ y
        y = <_u32>product
        k += <_u32>0x9E3779B9
    return (<_u64>x << 32) | y

cdef double _philox_open(_u32 x) noexcept:
    return <double>(<_i32>(x ^ <_u32>0x80000000)) * 2.3283064365386963e-10 + (0.5 + 1.1641532182693481e-10)

cdef double philox_uniform(long cell, long step, long key, long site) noexcept:
    return _philox_open(<_u32>(_philox_bits(cell, step, key, site) >> 32))

cdef double philox_normal(long cell, long step, long key, long site) noexcept:
    cdef _u64 bits = _philox_bits(cell, step, key, site)
    return _c_sqrt(-2.0 * _c_log(_philox_open(<_u32>(bits >> 32)))) * _c_cos(
        6.283185307179586 * _philox_open(<_u32>bits))
"""


def philox(cell: Any, step: Any, key: Any, site: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the two 32-bit words of a block, each of the broadcast shape of the arguments."""
    mask = np.uint64(0xFFFFFFFF)
    words = [np.asarray(a, dtype=np.int64).astype(np.uint64) & mask for a in (cell, step, key, site)]
    x, y, k, site_ = np.broadcast_arrays(*words)
    k = (k + site_ * np.uint64(SITE)) & mask
    for _ in range(ROUNDS):
        product = x * np.uint64(MULTIPLIER)
        x, y = (product >> np.uint64(32)) ^ k ^ y, product & mask
        k = (k + np.uint64(WEYL)) & mask
    return x, y


def uniform(cell: Any, step: Any, key: Any, site: Any) -> NDArray[Any]:
    """Return numbers in (0, 1), the same as the compiled ones."""
    return (philox(cell, step, key, site)[0].astype(float) + 0.5) * SCALE


def normal(cell: Any, step: Any, key: Any, site: Any) -> NDArray[Any]:
    """Return standard normal numbers, as the compiled ones to the last few digits."""
    x, y = ((word.astype(float) + 0.5) * SCALE for word in philox(cell, step, key, site))
    return np.asarray(np.sqrt(-2.0 * np.log(x)) * np.cos(2 * np.pi * y))


def _brian_function(pyfunc: Any, name: str) -> Function:
    function = Function(
        pyfunc,
        arg_units=[1, 1, 1, 1],
        return_unit=1,
        arg_types=["integer"] * 4,
        return_type="float",
    )
    function.implementations.add_numpy_implementation(pyfunc)
    function.implementations.add_implementation("cpp", CPP, name=name)
    function.implementations.add_implementation("cython", CYTHON, name=name)
    return function


def brian_functions() -> dict[str, Function]:
    """Return the generators under the names that equations call them by."""
    return {
        "philox_uniform": _brian_function(uniform, "philox_uniform"),
        "philox_normal": _brian_function(normal, "philox_normal"),
    }


CALL = re.compile(r"\brand(n?)\(\s*\)")


class Sites:
    """Numbers the random calls of one group, so that no two share their numbers."""

    def __init__(self) -> None:
        self.used = 0

    def rewrite(self, code: str) -> str:
        """Return code whose random calls name the cell, the step, the key and their own number."""

        def call(match: re.Match[str]) -> str:
            self.used += 1
            name = "philox_normal" if match[1] else "philox_uniform"
            return f"{name}(i, t_in_timesteps, random_key, {self.used})"

        return CALL.sub(call, code)


def key(seed: int, name: str) -> int:
    """Return the 32-bit key of a named stream for a seed, as a signed whole number."""
    sequence = np.random.SeedSequence([seed, zlib.crc32(name.encode())])
    return int(sequence.generate_state(1, np.uint32).view(np.int32)[0])


def generator(seed: int, name: str) -> np.random.Generator:
    """Return a NumPy generator for drawing wiring and initial values, one stream per name."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])
