"""Progress bars: of one run, simulated time and speed relative to real time; of many, how many are done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from neuromodsim.streams import Steady


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    return "ipykernel" in sys.modules


def wanted() -> bool:
    """Whether someone is looking: a terminal, or a notebook."""
    return in_notebook() or Steady(sys.stderr).isatty()


def shown_on() -> Console:
    """Return where bars are drawn: a notebook, or the error stream, whose end ends no run."""
    return Console() if in_notebook() else Console(file=cast(IO[str], Steady(sys.stderr)))


class Progress:
    """Shows how far a run is, if asked to or if someone is looking."""

    def __init__(self, show: bool | None, title: str, seconds: float) -> None:
        self.shown = wanted() if show is None else show
        self.title = title
        self.seconds = seconds
        self.bar: RichProgress | None = None
        self.task: Any = None

    def __enter__(self) -> "Progress":
        if self.shown:
            self.bar = RichProgress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.completed:.0f} of {task.total:.0f} s, {task.fields[speed]}"),
                TimeRemainingColumn(),
                console=shown_on(),
                transient=True,
            )
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=self.seconds, speed="starting")
        return self

    def __exit__(self, *error: Any) -> None:
        if self.bar is not None:
            self.bar.stop()

    def report(self, share: float, computing: float) -> None:
        """Take how much is done (0 to 1) and the seconds of computing it took."""
        if self.bar is not None:
            done = share * self.seconds
            speed = f"{done / computing:.3g} × real time" if computing > 0 else ""
            self.bar.update(self.task, completed=done, speed=speed)


@contextmanager
def counting(show: bool | None, title: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how many of some runs are done, as `Progress` does; yield what to call after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = not (wanted() if show is None else show)
    with RichProgress(*columns, console=shown_on(), transient=True, disable=hidden) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)
