"""Simpler forms of expressions, each worked out once.

To simplify takes SymPy longer than all else about a rule, and the same rates are asked for again by every
check, every program and every projection of one rule.
"""

from functools import lru_cache

import sympy


@lru_cache(maxsize=4096)
def simplified(expression: sympy.Expr) -> sympy.Expr:
    """Return an expression as `sympy.simplify` does."""
    return sympy.simplify(expression)
