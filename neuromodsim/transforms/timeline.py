"""A timeline as events of Brian2: the condition and the code of each of its moments."""

from collections.abc import Callable, Mapping, Sequence

from neuromodsim.description.timeline import Event, Phase, condition, moments

FOREVER = "1e9*second"  # the length of a phase that only a condition ends
# Times are compared as whole steps, because sums of floats can miss one.
DUE = "timestep(t, dt) >= timestep(phase_end, dt)"
BEGUN = "t > 0*second"  # a run begins as if the last phase were just over


def events_of(timeline: Sequence[Phase]) -> dict[str, Event]:
    """Return the events of a timeline, in the order in which a time step goes through them.

    ``phase_end`` is when the present phase ends; a phase that ``until`` ends moves it to the present. A phase
    that is skipped is never the present one when a time step is over.

    Examples
    --------
    >>> events_of((Phase("cue", "a", when="n > 3"), Phase("reward", "b")))["begin_trial"].do
    'trial += 1'
    """
    return {name: WRITE[kind](index, timeline) for name, (kind, index) in moments(timeline).items()}


def _during(index: int, timeline: Sequence[Phase]) -> str:
    return f"phase == {index}" + (f" and {BEGUN}" if index == len(timeline) - 1 else "")


def _after(index: int, timeline: Sequence[Phase]) -> str:
    """Return the condition under which it is a phase's turn: the one before it is over."""
    before = (index - 1) % len(timeline)
    return DUE if len(timeline) == 1 else f"phase == {before} and {DUE}"


def _stepping(index: int, timeline: Sequence[Phase]) -> Event:
    return Event(_during(index, timeline), timeline[index].step)


def _beginning(index: int, timeline: Sequence[Phase]) -> Event:
    """Return the start of a trial whose first phase may be skipped."""
    return Event(_after(index, timeline), "trial += 1")


def _entering(index: int, timeline: Sequence[Phase]) -> Event:
    """Return the onset of a phase; the trial is counted before any code or condition of it is read."""
    phase, turn = timeline[index], _after(index, timeline)
    counts = index == 0 and not phase.when
    return Event(
        f"{turn} and ({condition(phase.when)})" if phase.when else turn,
        f"trial += {int(counts)}\nphase = {index}\n"
        f"phase_end = t + {phase.duration or FOREVER}\n{phase.on_enter}",
    )


def _leaving(index: int, timeline: Sequence[Phase]) -> Event:
    phase = timeline[index]
    over = f"{DUE} or ({condition(phase.until)})" if phase.until else DUE
    return Event(f"{_during(index, timeline)} and ({over})", f"phase_end = t\n{phase.on_leave}")


def _skipping(index: int, timeline: Sequence[Phase]) -> Event:
    """Return that a phase is over at once, so that the next is looked at: its end is in the past."""
    return Event(_after(index, timeline), f"phase = {index}")


WRITE: Mapping[str, Callable[[int, Sequence[Phase]], Event]] = {
    "step": _stepping,
    "begin": _beginning,
    "enter": _entering,
    "leave": _leaving,
    "skip": _skipping,
}
