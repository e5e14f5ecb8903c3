"""Brian2 without its log files, messages and signal handler, for commands.

Brian2 opens a log file and copies the running script when it is imported, says on the terminal what it
thinks of a model's code, and turns Ctrl-C into an early end of a run that then looks finished. In a
program of one's own that is one's own choice; a command should leave nothing behind and stop when told.
"""

import contextlib
import functools
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

IMPORTING = threading.Lock()
# Held while Brian2 reads equations, writes code or runs in this process: it is made for one thread. What it
# works out of equations it fills in bit by bit where other threads see it, and what it remembers we let it
# forget before a program is written. Reentrant: what is done in a turn may take it again.
TURN = threading.RLock()


def in_turn(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function that uses Brian2 wait until no other thread does."""

    @functools.wraps(function)
    def waiting(*given: P.args, **named: P.kwargs) -> R:
        with TURN:
            return function(*given, **named)

    return waiting


def chance_in_additions() -> None:
    """Let Brian2 not warn of additions with chance in them, ``C_post += quantum*int(rand() < p)``.

    It holds any code with ``rand()`` for one that depends on the order of synapses. Which quantum comes
    from which draw does, but nothing that can be told apart: the sum has one distribution.
    """
    logging.getLogger("brian2.codegen.generators.base").addFilter(_may_matter)


def _may_matter(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    single = "Abstract code: " in said and said.count("(in-place)") == 1
    return not ("order of execution" in said and single and "rand()" in said)


@contextlib.contextmanager
def _signals_left_alone() -> Iterator[None]:
    """Let an import set no signal handler where only the main thread could, as in a worker of Dask."""
    if threading.current_thread() is threading.main_thread():
        yield
        return
    handle, signal.signal = signal.signal, lambda *given: None  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        signal.signal = handle


@contextlib.contextmanager
def _without(*names: str) -> Iterator[None]:
    """Let Brian2 do without what it can do without, which saves a command half a second."""
    hidden = [name for name in names if not {name, "brian2"} & set(sys.modules)]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # importing it fails
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def brian() -> None:
    """Import Brian2 and make it quiet. Costs the second or two that the import takes."""
    with IMPORTING:  # threads of a worker may ask at once
        _brian()


def _brian() -> None:
    os.environ.setdefault("MPLBACKEND", "agg")
    with _signals_left_alone(), _without("pylab", "pytest"):
        from brian2 import BrianLogger, prefs

    prefs.logging.file_log = False
    prefs.logging.save_script = False
    prefs.logging.console_log_level = "ERROR"
    prefs.core.stop_on_keyboard_interrupt = False
    BrianLogger.console_handler.setLevel(logging.ERROR)
    if BrianLogger.file_handler is not None:
        logging.getLogger("brian2").removeHandler(BrianLogger.file_handler)
        BrianLogger.file_handler.close()
        BrianLogger.file_handler = None
    for left in (BrianLogger.tmp_log, BrianLogger.tmp_script):
        if left is not None:
            with contextlib.suppress(OSError):
                Path(left).unlink()
    BrianLogger.tmp_log = BrianLogger.tmp_script = None
    sys.excepthook = sys.__excepthook__
