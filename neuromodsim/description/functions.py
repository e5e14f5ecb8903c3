"""What equations and code can call beyond Brian2's functions: ``where(condition, a, b)``."""

from typing import Any

import numpy as np
from brian2 import Function

# The operand that is not taken has no effect, even where it is infinite or undefined.
CPP = """
template <typename A, typename B>
static inline auto chosen_where(bool condition, A a, B b) -> decltype(condition ? A() : B())
{
    return condition ? a : b;
}
"""
CUDA = CPP.replace("static inline", "__host__ __device__ static inline")
# Python objects: Cython has no function of two types that differ from call to call.
CYTHON = """
cdef object chosen_where(object condition, object a, object b):
    return a if condition else b
"""


def _chosen(condition: Any, a: Any, b: Any) -> Any:
    return np.where(condition, a, b)


def _where() -> Function:
    function = Function(
        _chosen,
        arg_names=["condition", "a", "b"],
        arg_units=[1, None, "a"],
        return_unit=lambda condition, a, b: a,
        return_type="highest",
    )
    add = function.implementations.add_implementation
    add("numpy", _chosen)  # as it is: Brian2's own way looks at units anew in each step
    add("cpp", CPP, name="chosen_where")
    add("cuda", CUDA, name="chosen_where")
    add("cython", CYTHON, name="chosen_where")
    return function


WHERE = _where()
FUNCTIONS = {"where": WHERE}
