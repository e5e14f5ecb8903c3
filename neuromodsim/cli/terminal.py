"""What a command prints: JSON, or tables as wide as the terminal."""

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def as_json(value: Any) -> str:
    """Return a value as JSON that people can read, too."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    print(as_json(value))


def width() -> int | None:
    """Return how wide the terminal is; None where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def console() -> "Console":
    """Return where tables are printed: as wide as the terminal, or a page where there is none."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=120)
