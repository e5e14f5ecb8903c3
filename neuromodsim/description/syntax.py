"""Expressions and statements of models as Python's grammar reads them; of what cannot be read, why not."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from neuromodsim.description.layout import bare

OPERATORS: tuple[type[ast.AST], ...] = (
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.UAdd, ast.USub, ast.Not),
    *(ast.And, ast.Or, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq),
)
NODES: tuple[type[ast.AST], ...] = (
    *OPERATORS,
    *(ast.Name, ast.Load, ast.Constant, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call),
    ast.Subscript,
)
SETTING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod)  # of += and its like
BETTER: dict[type[ast.AST], str] = {
    ast.IfExp: "write a choice as where(condition, a, b)",
    ast.BitXor: "write a power as a**b",
    ast.BitAnd: "write 'and' between conditions",
    ast.BitOr: "write 'or' between conditions",
    ast.Invert: "write 'not' before a condition",
    ast.Attribute: "a name has no full stop in it",
}
ASSIGNS = re.compile(r"(?<![<>=!])=(?!=)")


class Unreadable(ValueError):
    """A text that is no expression or statement of a model, with the reason in words."""


@dataclass(frozen=True)
class Assignment:
    """A statement: its text, what it sets and how, and what it reads."""

    text: str
    target: ast.Name | ast.Subscript
    operator: str
    value: ast.expr


def expression(text: str) -> ast.expr:
    """Return an expression as a tree.

    Raises
    ------
    Unreadable
        If it is none, or equations have no word for a part of it.

    Examples
    --------
    >>> ast.unparse(expression("v > v_t  # fires"))
    'v > v_t'
    """
    one = " ".join(bare(text).split())
    try:
        tree = ast.parse(one, mode="eval").body
    except SyntaxError as error:
        if ASSIGNS.search(one):
            raise Unreadable("has a '=' in it: '==' compares") from error
        raise Unreadable(_said(error)) from error
    _expect_readable(tree)
    return tree


def pieces(code: str) -> Iterator[str]:
    """Yield the statements of code as texts, in their order."""
    for line in bare(code).split("\n"):
        yield from (part.strip() for part in line.split(";") if part.strip())


def assignment(text: str) -> Assignment:
    """Return one statement as a tree.

    Raises
    ------
    Unreadable
        If it is no statement that sets one variable.

    Examples
    --------
    >>> assignment("g_post += w").operator
    '+='
    """
    try:
        (node,) = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        said = _said(error) if isinstance(error, SyntaxError) else "is more than one statement"
        raise Unreadable(said) from error
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare):
        raise Unreadable("compares, and sets nothing: '=' sets a variable")
    if isinstance(node, ast.If | ast.While | ast.For):
        raise Unreadable("is no statement that sets a variable; where(condition, a, b) chooses a value")
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, operator, value = node.targets[0], "=", node.value
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, SETTING):
        target, value = node.target, node.value
        operator = f"{ast.unparse(ast.BinOp(ast.Name('a'), node.op, ast.Name('b')))[2]}="
    else:
        raise Unreadable("is no statement that sets one variable by =, +=, -=, *=, /= or %=")
    if not isinstance(target, ast.Name | ast.Subscript):
        raise Unreadable("sets more than one variable; write a statement for each")
    _expect_readable(value)
    return Assignment(text, target, operator, value)


def _expect_readable(tree: ast.expr) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            raise Unreadable("compares three things at once; write a < b and b < c")
        if type(node) in BETTER:
            raise Unreadable(f"has what equations cannot read; {BETTER[type(node)]}")
        if isinstance(node, ast.Call) and (node.keywords or not isinstance(node.func, ast.Name)):
            raise Unreadable("calls a function otherwise than as f(a, b)")
        wrong = not isinstance(node, NODES) and not isinstance(node, ast.expr_context | ast.keyword)
        if wrong or (isinstance(node, ast.Constant) and not isinstance(node.value, int | float)):
            said = ast.unparse(node) if isinstance(node, ast.expr) else ast.unparse(tree)
            raise Unreadable(f"has '{said}' in it, which equations cannot read")


def _said(error: SyntaxError) -> str:
    if "decimal literal" in error.msg:
        return "has a unit right after a number; write a product, as 10*mV"
    return f"cannot be read ({error.msg})"
