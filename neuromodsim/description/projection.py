"""What a projection is: synapses of one model from one component to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from brian2.units import second

from neuromodsim.description import expectations, gate
from neuromodsim.description.connectivity import AllToAll, Copied, Drawn, Wiring
from neuromodsim.description.fields import Described, keep
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.words import expect_compiled

RuleProgram = Literal["event-driven", "clock-driven"]  # which program a rule with a third factor becomes
# The same for all rules of a circuit, or for each the event-driven one if its form allows.
ThirdFactor = Literal["event-driven", "clock-driven", "auto"]


@dataclass(frozen=True, kw_only=True)
class Projection(metaclass=Described):
    """Synapses from one population, part, modulator or task to another.

    ``update_interval`` is the interval at which ``(summed)`` variables are computed; by default, they are
    computed in every step.
    ``modulators`` maps each name in the model to a modulator, as ``"dopamine"`` (its level)
    or ``"dopamine.D1"``; ``compartment_of`` gives the region of each cell of the target's population, shape
    ``(cell,)``, when there is more than one region and the modulator has no such mapping.
    ``delay`` is the delay of ``on_pre`` code after a spike of the source.
    ``learn_after_layer`` is the layer after which ``on_event`` code runs within a time step, if populations
    have layers; by default, that of the target. A rule that requires feedback from a later layer gives that
    layer.
    ``dt`` is the step by which differential equations of its synapses are integrated, at which bounds of
    these are respected and the ``step`` code of its model is run, for variables that change slowly.

    Examples
    --------
    >>> from brian2 import ms
    >>> from neuromodsim.equations import DOPAMINE_STDP
    >>> Projection(
    ...     name="plastic",
    ...     source="cortex",
    ...     target="striatum",
    ...     model=DOPAMINE_STDP,
    ...     delay=1 * ms,
    ...     modulators={"d": "dopamine"},
    ... ).wiring
    AllToAll(self_connections=True)
    """

    name: str
    source: str
    target: str
    model: SynapseModel
    wiring: Wiring = field(default_factory=AllToAll)
    delay: Any = None  # one delay for all synapses; None: none beyond the time step
    update_interval: Any = None
    initial: Mapping[str, Any] = field(default_factory=dict)
    modulators: Mapping[str, str] = field(default_factory=dict)
    compartment_of: tuple[int, ...] = ()
    learn_after_layer: int | None = None
    dt: Any = None  # of the equations and `step` of its synapses; None: the time step

    def __post_init__(self) -> None:
        """Refuse what is no wiring of one name to another by a model of synapses."""
        of = f"of '{expect_compiled('projection', self.name)}'"
        for end in ("source", "target"):
            expectations.kind(f"The {end} {of}, by its name,", getattr(self, end), str)
        expectations.kind(f"The model {of}", self.model, SynapseModel)
        expectations.kind(f"The wiring {of}", self.wiring, *Drawn.__args__, Copied)
        times = (("delay", "delay"), ("update_interval", "'update_interval'"), ("dt", "'dt'"))
        for time, what in times:
            value = getattr(self, time)
            if isinstance(value, str):  # read, as all times are that are given as text
                value = gate.as_time(f"{time} of {self.name}", value)
            if value is not None:
                expectations.quantity(f"The {what} {of}", value, 1.0 * second, least=0)
            keep(self, **{time: value})
        expectations.mapping(f"'initial' {of}", self.initial, "names of variables to values")
        read = expectations.mapping(f"'modulators' {of}", self.modulators, "names in its model to levels")
        for level in read.values():
            expectations.kind(f"Each level in 'modulators' {of}", level, str)
        keep(
            self,
            compartment_of=expectations.indices(
                f"The compartments in 'compartment_of' {of}", self.compartment_of
            ),
        )
        if self.learn_after_layer is not None:
            keep(
                self,
                learn_after_layer=expectations.whole(f"'learn_after_layer' {of}", self.learn_after_layer),
            )
