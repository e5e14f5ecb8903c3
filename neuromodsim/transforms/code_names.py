"""Names in code: which of them it reads and sets, and new ones that nobody uses yet."""

import ast
from collections.abc import Collection, Iterable

from brian2.utils.stringtools import get_identifiers

from neuromodsim.errors import WrongInput


def _tree(code: str) -> ast.Module:
    try:
        # Python's grammar will do, since Brian2's code is a part of it.
        # Brian2 reads line by line: there are no blocks, and an indent means nothing.
        return ast.parse("\n".join(line.strip() for line in code.split("\n")))
    except SyntaxError as error:
        line = (error.text or code).strip()
        raise WrongInput(f"'{line}' cannot be read as code: {error.msg}.") from error


def used(code: str) -> set[str]:
    """Return every name in code or in an expression, whether it is read, set or called."""
    return {node.id for node in ast.walk(_tree(code)) if isinstance(node, ast.Name)}


def assigned(code: str) -> set[str]:
    """Return the names that statements set.

    Examples
    --------
    >>> sorted(assigned("x += y; z = 2*x  # w = 3"))
    ['x', 'z']
    """
    found: set[str] = set()
    for node in ast.walk(_tree(code)):
        targets: Iterable[ast.expr] = ()
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign):
            targets = (node.target,)
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def written_in(*texts: str) -> set[str]:
    """Return every word of these texts that could be a name, of equations as of code and comments."""
    return set().union(*(get_identifiers(text) for text in texts))


class Fresh:
    """Finds names for what is generated that no name of a user's can be mistaken for.

    Examples
    --------
    >>> fresh = Fresh({"c", "c_scaled"})
    >>> fresh("c_scaled"), fresh("g_c"), fresh("g_c")
    ('c_scaled_2', 'g_c', 'g_c_2')
    """

    def __init__(self, taken: Collection[str]) -> None:
        self.taken = set(taken)

    def __call__(self, wanted: str) -> str:
        """Return this name, or with a number at its end if it is taken, and take it."""
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}_{number}", number + 1
        self.taken.add(name)
        return name
