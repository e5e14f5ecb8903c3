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
from types import FrameType, TracebackType
from typing import ParamSpec, TypeVar

from neuromodsim.errors import NeuromodsimError

P = ParamSpec("P")
R = TypeVar("R")

OURS = Path(__file__).parent / "builder"  # where objects of Brian2 are made
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


def errors_as_python_shows_them() -> None:
    """Let an error of ours that nobody catches be shown without Brian2's call to report it to its authors.

    Brian2 says so of every error in a program that has imported it. Other errors are left to it, and all of
    them to whoever has set another hook.
    """
    theirs = sys.excepthook
    if theirs.__module__ != "brian2.utils.logger":
        return

    def shown(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        (sys.__excepthook__ if issubclass(kind, NeuromodsimError) else theirs)(kind, error, trace)

    sys.excepthook = shown


def networks_of_ours() -> None:
    """Let Brian2 not say of a network of ours what is of no use to who described it.

    That is objects which no network has, after a mistake in a description; and equations of synapses without
    a flag, which are clock-driven or integrated by a rule of ours.
    """
    logging.getLogger("brian2.core.base.unused_brian_object").addFilter(_of_others)
    logging.getLogger("brian2.synapses.synapses.clock_driven").addFilter(_of_others)


def _of_others(record: logging.LogRecord) -> bool:
    """Whether what Brian2 says is of an object that is made elsewhere."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_filename != str(OURS / "network.py"):
        frame = frame.f_back
    return frame is None and str(OURS) not in record.getMessage()


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
