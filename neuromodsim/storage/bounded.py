"""Reading a file that somebody else may have written: a plain file, no link, and no more than so much."""

import json
import os
import stat
from pathlib import Path
from typing import Any

from neuromodsim.errors import WrongInput

JSON = 2**26  # bytes of the largest JSON file that is read


def read(place: Path, most: int) -> bytes:
    """Return what is in a file.

    Raises
    ------
    WrongInput
        If it is not there, no plain file, or larger than ``most`` bytes.
    """
    try:
        # A pipe would wait for ever for someone to write into it.
        opened = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise WrongInput(f"'{place}' cannot be read: {why}.") from error
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise WrongInput(f"'{place}' cannot be read: it is no plain file.")
        with os.fdopen(opened, "rb", closefd=False) as file:
            # One byte more tells what is too large. The size that the system tells is not asked: a file may
            # grow, and those of /proc have none.
            found = file.read(most + 1)
    except OSError as error:
        raise WrongInput(f"'{place}' cannot be read: {error.strerror or error}.") from error
    finally:
        os.close(opened)
    if len(found) > most:
        raise WrongInput(f"'{place}' is larger than {most} bytes, which is more than it can need.")
    return found


def read_json(place: Path, most: int = JSON) -> dict[str, Any]:
    """Return the object that a JSON file holds.

    Raises
    ------
    WrongInput
        If it cannot be read, or holds none.
    """
    try:
        found = json.loads(read(place, most).decode())
    except (ValueError, RecursionError) as error:
        if isinstance(error, WrongInput):
            raise
        raise WrongInput(f"'{place}' holds no JSON that can be read ({type(error).__name__}).") from error
    if not isinstance(found, dict):
        raise WrongInput(f"'{place}' holds no JSON object but a {type(found).__name__}.")
    return found
