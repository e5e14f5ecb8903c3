"""A terminal or pipe that may be closed: its output is then dropped, and the work continues."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

GONE = (errno.EPIPE, errno.EIO, errno.EBADF, errno.ENXIO)


class Steady:
    """A stream that takes what is written to it also when nobody hears it any more.

    A full disk is another matter, and is still an error.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self.gone = stream is None  # as where it was closed before Python began

    def write(self, text: str) -> int:
        """Write a text, or drop it."""
        with self._may_go():
            if self.stream is not None and not self.gone:
                self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Bring out what was written."""
        with self._may_go():
            if self.stream is not None and not self.gone:
                self.stream.flush()

    def isatty(self) -> bool:
        """Whether it is a terminal that is still there."""
        with contextlib.suppress(OSError, ValueError):
            return self.stream is not None and not self.gone and self.stream.isatty()
        return False

    @contextlib.contextmanager
    def _may_go(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in GONE:
                raise
            self.gone = True
        except ValueError:  # closed
            if self.stream is not None and not self.stream.closed:
                raise
            self.gone = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Let a command outlive its terminal, its pipes, and streams that were closed before it began."""
    _fill_gaps()
    before = sys.stdout, sys.stderr
    now = Steady(sys.stdout), Steady(sys.stderr)
    sys.stdout, sys.stderr = now  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for stream in now:
            _end(stream)


def _fill_gaps() -> None:
    """Open the standard streams that are closed, or the next file would be taken for one of them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
            os.set_inheritable(number, True)


def _end(stream: Steady) -> None:
    """Bring out what was said; where that cannot be, let Python not stumble over it at its own end."""
    try:
        stream.flush()
    except OSError:
        stream.gone = True
    if stream.gone and stream.stream is not None:
        with contextlib.suppress(OSError, ValueError):
            nobody = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nobody, stream.stream.fileno())
            os.close(nobody)
