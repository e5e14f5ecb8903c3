"""What a projection is: synapses of one model from one component to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from brian2.units import second

from neuromodsim.description import delays, expectations, gate
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
    ``delay`` is the delay of ``on_pre`` code after a spike of the source (axonal), and ``post_delay`` that of
    ``on_post`` code after a spike of the target (dendritic): one time for all synapses, an array of shape
    ``(synapse,)``, or an expression such as ``"1*ms + 2*ms*rand()"`` or ``"distance/speed"``, whose values
    are rounded to whole time steps. It reads the same names as a wiring by `Probability`, and random numbers.
    Drawn synapses of a source are numbered in the order of their delays.
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
    delay: Any = None  # None: none beyond the time step
    post_delay: Any = None
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
        for side in ("delay", "post_delay"):
            keep(self, **{side: delays.read(f"{side} of {self.name}", getattr(self, side))})
        for time in ("update_interval", "dt"):
            value = getattr(self, time)
            if isinstance(value, str):  # read, as all times are that are given as text
                value = gate.as_time(f"{time} of {self.name}", value)
            if value is not None:
                expectations.quantity(f"The '{time}' {of}", value, 1.0 * second, least=0)
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

    @property
    def delays(self) -> dict[str, Any]:
        """The delay of each side that has one, by the name of its field."""
        given = {"delay": self.delay, "post_delay": self.post_delay}
        return {name: delay for name, delay in given.items() if delay is not None}

    @property
    def individual_delays(self) -> dict[str, Any]:
        """Those delays of which each synapse has its own, likewise."""
        return {name: delay for name, delay in self.delays.items() if delays.individual(delay)}
