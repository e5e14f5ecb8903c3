"""The value of an arithmetic expression that a file holds: numbers, names and a few functions, no code."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

LONGEST = 20_000  # characters
BINARY: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    # Refuses a negative number to a broken power, which operator.pow would make complex.
    ast.Pow: math.pow,
}
UNARY: Mapping[type[ast.unaryop], Callable[[float], float]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    **{name: getattr(math, name) for name in ("exp", "expm1", "log", "log10", "sqrt")},
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "abs": abs,
}


def evaluate(text: str, names: Mapping[str, float]) -> float:
    """Return what an expression comes to.

    Parameters
    ----------
    text
        Numbers, names, ``+ - * / **``, parentheses, and functions of `FUNCTIONS`.
    names
        The value of each name.

    Raises
    ------
    ValueError
        If it holds anything else, a name is not known, or it has no value.

    Examples
    --------
    >>> evaluate("exp(-dt/tau)/2", {"dt": 0.0, "tau": 1.0})
    0.5
    """
    if len(text) > LONGEST:
        raise ValueError(f"an expression of {len(text)} characters is too long")
    try:
        return _value(ast.parse(text.strip(), mode="eval").body, names)
    except (SyntaxError, ArithmeticError, RecursionError, MemoryError) as error:
        raise ValueError(f"'{text}' has no value ({error})") from error


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in names:
            return float(names[name])
        case ast.BinOp(left=left, op=how, right=right) if type(how) in BINARY:
            return BINARY[type(how)](_value(left, names), _value(right, names))
        case ast.UnaryOp(op=how, operand=one) if type(how) in UNARY:
            return UNARY[type(how)](_value(one, names))
        case ast.Call(func=ast.Name(id=name), args=[one], keywords=[]) if name in FUNCTIONS:
            return float(FUNCTIONS[name](_value(one, names)))
    raise ValueError(f"'{ast.unparse(node)}' is no number, known name or arithmetic")
