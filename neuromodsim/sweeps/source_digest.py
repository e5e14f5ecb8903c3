"""A digest of a function and of the code of neuromodsim's figures and protocols that it reads.

Comments, docstrings, the shape of lines and the names of modules are left out, as is the code that a
function does not reach.
"""

import ast
import copy
import hashlib
import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from types import CodeType, ModuleType
from typing import Any

# What belongs to one figure or experiment, and what several figures read.
OURS = ("figures", "neuromodsim.protocols", "neuromodsim.analysis")

Read = tuple[str, str, str]  # a module, a name in it, and the name by which it is read

# Fields of a syntax tree that change nothing that is computed.
NOTHING = ("ctx", "type_comment", "kind", "type_ignores", "annotation", "returns")


def of_function(function: Callable[..., Any]) -> str:
    """Return a digest of a function and of every function, class and constant of ours that it reads.

    Parameters
    ----------
    function
        At the top of a module, or a `functools.partial` of one.
    """
    while isinstance(function, partial):
        function = function.func
    reached: dict[Read, str] = {}
    try:
        module = importlib.import_module(function.__module__)
        name = function.__qualname__.partition(".")[0]
        _reach(module, name, name, reached)
    # No file holds its source, so its compiled code stands for it.
    except (ImportError, OSError):  # it was typed in, or made in a notebook
        code = function.__code__
        constants = [repr(c) for c in code.co_consts if not isinstance(c, CodeType)]
        return _digest([code.co_code.hex(), *constants, *code.co_names])
    # Without the modules' names and what only passes a name on: a function that moves is the same one.
    return _digest(sorted(f"{called} {code}" for (_, _, called), code in reached.items() if code))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def shape(node: ast.AST) -> str:
    """Return a syntax tree as text, without docstrings, and alike in all versions of Python."""
    fields = []
    for name, value in ast.iter_fields(node):
        if name in NOTHING or value in (None, []):
            continue
        parts = value if isinstance(value, list) else [value]
        if name == "body" and parts and _is_docstring(parts[0]):
            parts = parts[1:]
        fields.append(f"{name}={[shape(p) if isinstance(p, ast.AST) else repr(p) for p in parts]}")
    return f"{type(node).__name__}({', '.join(fields)})"


def _is_docstring(node: Any) -> bool:
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return constant and isinstance(node.value.value, str)


def _reach(module: ModuleType, name: str, called: str, reached: dict[Read, str]) -> None:
    """Note what a name of a module stands for, as its reader calls it, and go on with all that it reads."""
    full = (module.__name__, name, called)
    statements = _top(module).get(name, ())
    if full in reached or not statements:
        return
    own = [s for s in statements if not isinstance(s, ast.Import | ast.ImportFrom)]
    reached[full] = "; ".join(_called(s, called) for s in own)
    for statement in statements:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            _follow(statement, name, (), reached)
            continue
        for read, attributes in _names(statement).items():
            imported = _top(module).get(read, ())
            if imported and isinstance(imported[0], ast.Import | ast.ImportFrom):
                _follow(imported[0], read, attributes, reached)
            else:
                _reach(module, read, read, reached)


def _called(statement: ast.stmt, name: str) -> str:
    """Return a statement as text; a function or class has the name by which it is read."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        statement = copy.copy(statement)
        statement.name = name
    return shape(statement)


def _ours(module: str | None) -> bool:
    return f"{module}.".startswith(tuple(f"{package}." for package in OURS))


def _follow(
    statement: ast.Import | ast.ImportFrom, name: str, attributes: tuple[str, ...], reached: dict[Read, str]
) -> None:
    """Go on in the module that a name was imported from, if it is one of ours."""
    if isinstance(statement, ast.Import):
        _follow_modules(statement, name, attributes, reached)
        return
    if not _ours(statement.module):
        return
    (real,) = (a.name for a in statement.names if (a.asname or a.name) == name)
    source = importlib.import_module(str(statement.module))
    if isinstance(getattr(source, real, None), ModuleType):
        for attribute in attributes:
            _reach(getattr(source, real), attribute, attribute, reached)
    else:
        _reach(source, real, name, reached)


def _follow_modules(
    statement: ast.Import, name: str, attributes: tuple[str, ...], reached: dict[Read, str]
) -> None:
    """Go on in modules that were imported whole; all of one counts if no attributes tell what is read."""
    for alias in statement.names:
        if name != (alias.asname or alias.name.partition(".")[0]) or not _ours(alias.name):
            continue
        module = importlib.import_module(alias.name)
        told = attributes if alias.asname or "." not in alias.name else ()
        for attribute in told or _top(module):
            _reach(module, attribute, attribute, reached)


@cache
def _top(module: ModuleType) -> dict[str, list[ast.stmt]]:
    """Return the statements at the top of a module by the name that they bind or change."""
    found: dict[str, list[ast.stmt]] = {}
    for statement in ast.parse(inspect.getsource(module)).body:
        for name in _bound(statement):
            found.setdefault(name, []).append(statement)
    return found


def _bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.ImportFrom):
        return {alias.asname or alias.name for alias in statement.names}
    if isinstance(statement, ast.Import):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}


def _names(statement: ast.stmt) -> dict[str, tuple[str, ...]]:
    """Return each name that a statement reads of its module, with the attributes that are read of it."""
    inside = list(_walk(statement))
    names = [n for n in inside if isinstance(n, ast.Name)]
    local = {n.arg for n in inside if isinstance(n, ast.arg)}
    if isinstance(statement, ast.FunctionDef):
        local |= {n.id for n in names if isinstance(n.ctx, ast.Store)}
    found: dict[str, tuple[str, ...]] = {n.id: () for n in names if n.id not in local}
    for node in inside:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in found:
            found[node.value.id] += (node.attr,)
    return found


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, without annotations, which do nothing."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST):
                    yield from _walk(part)
