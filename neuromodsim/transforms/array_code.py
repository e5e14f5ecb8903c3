"""Code that reads and sets entries of arrays, written out for Brian2, which has one number per variable.

An index is worked out once, before the statement that uses it. Where it is that of no entry, a variable of
the array's own becomes infinite, so that the run fails, on every device: a value in its place would be
wrong in silence. A condition cannot set it. So it is true where such an index decides, and the code that it
sets off looks at the index again.
"""

import ast
import re
from typing import Any

from neuromodsim.description.arrays import OUT_OF_RANGE, Arrays, entries
from neuromodsim.description.layout import bare
from neuromodsim.errors import WrongInput


def code_written_out(code: str, arrays: Arrays) -> str:
    """Return statements that use no arrays.

    Raises
    ------
    WrongInput
        If an array is used otherwise than by index, or set as a whole.

    Examples
    --------
    >>> print(code_written_out("hits[1] += 1", {"hits": 2}))
    hits_1 += 1
    """
    if not _uses(code, arrays):
        return code
    written = _Statements(arrays)
    for line in bare(code).split("\n"):
        written.add(line)
    return "\n".join(written.lines)


def condition_written_out(text: str, arrays: Arrays) -> tuple[str, str]:
    """Return a condition that uses no arrays, and code that notes an index without an entry.

    The condition is true where an index has no entry and decides, so that the code is run.
    """
    if not _uses(text, arrays):
        return text, ""
    tree = _parsed(" ".join(bare(text).split()), "eval")
    reads = _Conditions(arrays)
    condition = reads.forced(tree.body, wanted=True)
    return ast.unparse(condition), "\n".join(dict.fromkeys(reads.checks))


def _uses(text: str, arrays: Arrays) -> bool:
    return any(re.search(rf"\b{name}\b", text) for name in arrays)


def _parsed(text: str, mode: str) -> Any:
    try:
        return ast.parse(text.strip(), mode=mode)
    except SyntaxError as error:
        raise WrongInput(f"'{text.strip()}' cannot be read as code: {error.msg}.") from error


def _has(index: str, size: int) -> str:
    """Return the condition that an index is that of an entry; parameters are real numbers, too."""
    return f"{index} >= 0 and {index} < {size} and {index} == floor({index})"


def _noted(name: str, index: str, size: int) -> str:
    wrong = f"{name}{OUT_OF_RANGE}"
    return f"{wrong} = where({_has(index, size)}, {wrong}, inf)"


def _chosen(index: str, names: list[str], first: int = 0) -> str:
    """Return the entry of an index, which is halved until one is left."""
    if len(names) == 1:
        return names[0]
    half = len(names) // 2
    low, high = _chosen(index, names[:half], first), _chosen(index, names[half:], first + half)
    return f"where({index} < {first + half}, {low}, {high})"


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body  # type: ignore[return-value]


def _operator(how: ast.operator) -> str:
    return ast.unparse(ast.BinOp(_expression("a"), how, _expression("b")))[2:-2]


class _Reads(ast.NodeTransformer):
    """Puts the entries of arrays in the place of what reads them; subclasses say how an index is kept."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Refuse an array without an index."""
        if node.id in self.arrays:
            raise WrongInput(f"'{node.id}' is an array, which code reads by index, '{node.id}[k]'.")
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Return the entry."""
        name = self.named(node)
        index = self.visit(node.slice)
        fixed = self.fixed(name, index)
        if fixed is not None:
            return _expression(f"{name}_{fixed}")
        return _expression(_chosen(self.held(name, ast.unparse(index)), entries(name, self.arrays)))

    def named(self, node: ast.Subscript) -> str:
        """Return which array it is."""
        if not isinstance(node.value, ast.Name) or node.value.id not in self.arrays:
            raise WrongInput(f"'{ast.unparse(node)}' must read an array of the task's equations.")
        return node.value.id

    def fixed(self, name: str, index: ast.expr) -> int | None:
        """Return the index of an entry if it is a number already; refuse one that is none."""
        try:
            number = ast.literal_eval(index)
        except ValueError:
            return None
        if number not in range(self.arrays[name]):
            raise WrongInput(
                f"An index of '{name}' must be a whole number from 0 to {self.arrays[name] - 1}; got "
                f"{ast.unparse(index)}."
            )
        return int(number)

    def held(self, name: str, index: str) -> str:
        """Return what stands for an index in the choice of an entry."""
        raise NotImplementedError


class _Statements(_Reads):
    """Writes statements, each with its indices worked out and looked at before it."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self.lines: list[str] = []
        self.count = 0

    def add(self, line: str) -> None:
        """Add one line of code, in which semicolons may part statements."""
        if not _uses(line, self.arrays):
            self.lines.append(line)
            return
        for statement in _parsed(line, "exec").body:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                self._set(statement.targets[0], None, statement.value)
            elif isinstance(statement, ast.AugAssign):
                self._set(statement.target, statement.op, statement.value)
            else:
                raise WrongInput(f"'{ast.unparse(statement)}' must be a statement that sets a variable.")

    def _set(self, target: ast.expr, how: ast.operator | None, value: ast.expr) -> None:
        sign = "=" if how is None else f"{_operator(how)}="
        said = ast.unparse(self.visit(value))
        if isinstance(target, ast.Name) and target.id in self.arrays:
            kept = self._kept("value", said)
            self.lines += [f"{entry} {sign} {kept}" for entry in entries(target.id, self.arrays)]
        elif isinstance(target, ast.Subscript):
            self._set_entry(target, sign, said)
        else:
            self.lines.append(f"{ast.unparse(target)} {sign} {said}")

    def _set_entry(self, target: ast.Subscript, sign: str, said: str) -> None:
        name, index = self.named(target), self.visit(target.slice)
        fixed = self.fixed(name, index)
        if fixed is not None:
            self.lines.append(f"{name}_{fixed} {sign} {said}")
            return
        kept, held = self._kept("value", said), self.held(name, ast.unparse(index))
        for number, entry in enumerate(entries(name, self.arrays)):
            new = kept if sign == "=" else f"{entry} {sign[:-1]} {kept}"
            self.lines.append(f"{entry} = where({held} == {number}, {new}, {entry})")

    def held(self, name: str, index: str) -> str:
        """Return a local variable, which has been looked at."""
        kept = self._kept("index", index)
        self.lines.append(_noted(name, kept, self.arrays[name]))
        return kept

    def _kept(self, what: str, said: str) -> str:
        self.count += 1
        self.lines.append(f"_{what}_{self.count} = {said}")
        return f"_{what}_{self.count}"


class _Conditions(_Reads):
    """Writes conditions: what an index without an entry decides is true, and code tells it apart."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self.checks: list[str] = []
        self.missing: list[str] = []

    def forced(self, node: ast.expr, wanted: bool) -> ast.expr:
        """Return a condition that is as wanted where an index in it has no entry."""
        if isinstance(node, ast.BoolOp):
            return ast.BoolOp(node.op, [self.forced(value, wanted) for value in node.values])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ast.UnaryOp(node.op, self.forced(node.operand, not wanted))
        self.missing = []
        said = ast.unparse(self.visit(node))
        for has in dict.fromkeys(self.missing):
            said = f"({said}) or not ({has})" if wanted else f"({said}) and {has}"
        return _expression(said)

    def held(self, name: str, index: str) -> str:
        """Return the index itself, in parentheses."""
        if re.search(r"\b(rand|randn|poisson)\b", index):
            raise WrongInput(
                f"The index '{index}' of '{name}' must not be random in a condition; draw it in code."
            )
        held, size = f"({index})", self.arrays[name]
        self.missing.append(_has(held, size))
        self.checks.append(_noted(name, held, size))
        return held
