"""What a circuit is: populations, modulators, and projections between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from neuromodsim.description import expectations
from neuromodsim.description.fields import Described, keep
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection

Part = Population | Modulator | Projection


@dataclass(frozen=True, kw_only=True)
class Circuit(metaclass=Described):
    """Populations, modulators, and the projections and links between them.

    ``links`` maps a variable that one component reads onto the variable of another:
    ``{"hidden.level": "expectation.level"}``. A source of one row is read by all cells; a modulator of
    several regions by each cell in its own region (``compartment_of``); any other row by row.
    ``replicas`` is how many copies of a circuit a program holds, each with its row of the task; it is set by
    `simulate`, and 0 in every circuit that is described.

    Examples
    --------
    >>> from neuromodsim.equations import DOPAMINE_STDP, MEDIUM_SPINY, PHASIC_DOPAMINE
    >>> circuit = Circuit(
    ...     populations=tuple(Population(name=n, size=5, model=MEDIUM_SPINY) for n in ("pre", "post")),
    ...     modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
    ...     projections=(
    ...         Projection(
    ...             name="plastic",
    ...             source="pre",
    ...             target="post",
    ...             model=DOPAMINE_STDP,
    ...             modulators={"d": "dopamine"},
    ...         ),
    ...     ),
    ... )
    >>> [population.name for population in circuit.populations]
    ['pre', 'post']
    """

    populations: tuple[Population, ...]
    modulators: tuple[Modulator, ...] = ()
    projections: tuple[Projection, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    replicas: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no part of a circuit."""
        keep(self, populations=expectations.each("The populations", self.populations, Population))
        keep(self, modulators=expectations.each("The modulators", self.modulators, Modulator))
        keep(self, projections=expectations.each("The projections", self.projections, Projection))
        links = expectations.mapping("The links", self.links, "what is written to, to what is read")
        for written in links.values():
            expectations.kind("What a link reads", written, str)
        keep(self, replicas=expectations.whole("The number of replicas", self.replicas))

    @property
    def tasks(self) -> int:
        """How many rows the task has."""
        return max(self.replicas, 1)
