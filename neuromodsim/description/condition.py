"""What a condition is: other values for one program, and events taken from another run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from neuromodsim.description.fields import Described
from neuromodsim.units.kinds import expect, expect_mapping


@dataclass(frozen=True)
class Yoke:
    """Yoked control: events of another run are replayed from a table, at times unrelated to this run.

    The partner is a run of ``condition`` with seed ``seed + shift``, an independent network.

    Examples
    --------
    >>> yoke = Yoke(condition="contingent", event="task.reward", table="task.reward_time")
    >>> Condition(summary="Rewards of another network.", yoke=yoke).yoke.event
    'task.reward'
    """

    condition: str
    event: str  # "component.event", recorded
    table: str  # "component.table" that takes the event times
    shift: int = 1_000_003

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        for name in ("condition", "event", "table"):
            expect(f"{name} of a yoke", getattr(self, name), str, "a name")
        expect("shift of a yoke", self.shift, int, "a whole number")


@dataclass(frozen=True, kw_only=True)
class Condition(metaclass=Described):
    """A named set of parameter values; all conditions share one program.

    Examples
    --------
    >>> from brian2 import ms
    >>> Condition(summary="A short trace.", parameters={"plastic.tau_c": 200 * ms}).parameters
    {'plastic.tau_c': 200. * msecond}
    """

    summary: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    yoke: Yoke | None = None

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        expect("summary of a condition", self.summary, str, "a text")
        expect_mapping("parameters of a condition", self.parameters)
        expect("yoke of a condition", self.yoke, (Yoke, type(None)), "a Yoke, or None")
