"""The code derived from a rule: for the synapse, and for the accumulators of each region."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from neuromodsim.numerics.turning import Turning


@dataclass(frozen=True)
class Program:
    """Code that Brian2 gets for one projection, and which name of it stands for which of the rule.

    ``shown`` maps a name of the rule to the variable that holds it after synchronisation; ``linked`` the
    name of a modulator in the rule to the region's variable that is linked to its level; ``signals`` a
    variable of the region to the variable of the target cell that it is linked to;
    ``region_parameters`` a name in the region to ``modulator.parameter``. ``row`` is what code of the
    synapse calls the number of its region. ``region_after`` runs after ``region_step``.
    """

    equations: str
    on_pre: str
    on_post: str
    on_event: Mapping[str, str]
    step: str = ""
    region_equations: str = ""
    region_step: str = ""
    region_after: str = ""
    region_reset: str = ""
    region_parameters: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    read_from_region: tuple[str, ...] = ()
    initial_region: Mapping[str, float] = field(default_factory=dict)
    synchronise: str = ""
    every_step: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    decay_rates: tuple[str, ...] = ()  # of the eligibilities, as expressions of parameters
    row: str = ""
    turnings: tuple[Turning, ...] = ()  # of the bounded weights
