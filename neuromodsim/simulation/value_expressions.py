"""Values written as expressions: ``"v_reset + (V_T - v_reset)*rand()"``.

They are read as Python's grammar reads them, and worked out node by node: numbers, names, arithmetic,
comparisons and a few functions, and nothing else. A comparison is 1 or 0, as in Brian2's equations, so that
``1*(i < 5)`` and ``(i < 5) + (i < 9)`` count.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from brian2.units import DimensionMismatchError, have_same_dimensions, unitsafefunctions

from neuromodsim.errors import WrongInput, near
from neuromodsim.units.kinds import one_line

LONGEST = 2000  # letters
ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
    ast.Pow: lambda a, b: a**b,
}
COMPARISONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}
CONSTANTS = {"pi": np.float64(np.pi), "e": np.float64(np.e)}


def _clip(value: Any, low: Any, high: Any) -> Any:
    if not (have_same_dimensions(value, low) and have_same_dimensions(value, high)):
        raise DimensionMismatchError("The limits of clip must be in the unit of what they limit")
    return np.clip(value, low, high)


def _whole(value: Any) -> Any:
    if not have_same_dimensions(value, 1):
        raise DimensionMismatchError("int takes a number without a unit")
    return np.trunc(np.asarray(value, dtype=float))


OF_NUMBERS = "sin cos tan sinh cosh tanh arcsin arccos arctan exp log log10 expm1 log1p"
OF_QUANTITIES = "sqrt floor ceil sign abs"
FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {  # by name: how many arguments, and what it does
    **{name: (1, getattr(unitsafefunctions, name)) for name in OF_NUMBERS.split()},
    **{name: (1, getattr(np, name)) for name in OF_QUANTITIES.split()},
    "int": (1, _whole),
    "clip": (3, _clip),
}


def evaluate(text: str, subject: str, names: Mapping[str, Any], size: int, rng: np.random.Generator) -> Any:
    """Return what an expression comes to, one value or an array of shape ``(row,)``.

    Parameters
    ----------
    text
        The expression.
    subject
        What it is, such as "the initial value of 'cells.v'", for the message.
    names
        What its names stand for; units, and functions, ``pi`` and ``e`` are known beside them.
    size
        How many rows ``rand()``, ``randn()`` and ``poisson(mean)`` draw a number for.
    rng
        Where these numbers come from, call after call from left to right.

    Raises
    ------
    WrongInput
        If it cannot be read, reads what is not there, mixes units or divides by nothing.
    """
    shown = one_line(text)
    if len(text) > LONGEST:
        raise WrongInput(f"'{shown}', {subject}, has more than {LONGEST} letters.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        with np.errstate(all="ignore"):  # what is not finite is refused as a value
            return _Reading(shown, subject, names, size, rng).value(tree.body)
    except WrongInput:
        raise
    except Exception as error:  # whatever a stray text sets off, it is one mistake of its writer
        said = " ".join(str(getattr(error, "msg", error)).split()).rstrip(".")
        raise WrongInput(f"'{shown}', {subject}, cannot be evaluated: {said}.") from error


class _Reading:
    """Evaluates one expression."""

    def __init__(
        self, text: str, subject: str, names: Mapping[str, Any], size: int, rng: np.random.Generator
    ) -> None:
        self.text = text
        self.subject = subject
        self.names = names
        self.functions = FUNCTIONS | {
            "rand": (0, lambda: rng.random(size)),
            "randn": (0, lambda: rng.standard_normal(size)),
            "poisson": (1, lambda mean: rng.poisson(mean, size).astype(float)),
        }

    def value(self, node: ast.AST) -> Any:
        """Return what a node stands for."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            # NumPy's number: divided by zero it gives infinity, which is refused as any other value is.
            return np.float64(node.value)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            return ARITHMETIC[type(node.op)](self.value(node.left), self.value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub | ast.Not):
            return self._signed(node.op, self.value(node.operand))
        if isinstance(node, ast.BoolOp):
            together = np.all if isinstance(node.op, ast.And) else np.any
            parts = np.broadcast_arrays(*[self.value(v) != 0 for v in node.values])
            return together(parts, axis=0).astype(float)
        if isinstance(node, ast.Compare):
            return self._compared(node)
        raise self._refuse(f"has '{one_line(ast.unparse(node))}' in it, which cannot stand there")

    def _refuse(self, said: str) -> WrongInput:
        return WrongInput(f"'{self.text}', {self.subject}, {said}{'' if said.endswith('?') else '.'}")

    def _name(self, name: str) -> Any:
        known = CONSTANTS | dict(self.names)
        if name not in known:
            guess = near(name, known)
            raise self._refuse(
                f"reads '{name}', which is neither a parameter of its model nor a unit"
                + (f"; did you mean {', '.join(guess)}?" if guess else "")
            )
        return known[name]

    def _call(self, node: ast.Call) -> Any:
        name = ast.unparse(node.func)
        if name not in self.functions:
            guess = near(name, self.functions)
            said = f"no function; did you mean {', '.join(guess)}?" if guess else "none of "
            raise self._refuse(
                f"calls '{name}', which is {said}{'' if guess else ', '.join(sorted(self.functions))}"
            )
        count, function = self.functions[name]
        if node.keywords or len(node.args) != count:
            raise self._refuse(f"gives '{name}' {len(node.args)} values in place of {count}")
        return function(*[self.value(argument) for argument in node.args])

    def _signed(self, sign: ast.unaryop, value: Any) -> Any:
        if isinstance(sign, ast.Not):
            return np.equal(value, 0).astype(float)
        return -value if isinstance(sign, ast.USub) else value

    def _compared(self, node: ast.Compare) -> Any:
        sides = [self.value(side) for side in (node.left, *node.comparators)]
        # A chain a < b < c holds where all of its parts do.
        held: Any = np.float64(1)
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if type(operator) not in COMPARISONS:
                raise self._refuse("compares as equations cannot")
            held = held * np.asarray(COMPARISONS[type(operator)](left, right), dtype=float)
        return held
