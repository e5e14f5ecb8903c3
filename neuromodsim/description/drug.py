"""What a drug is: a substance that competes for a transporter, an enzyme or a receptor."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

from brian2.units import get_dimensions
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description import expectations
from neuromodsim.description.model import Parameter, Source
from neuromodsim.errors import WrongInput
from neuromodsim.units.quantities import expect_between, expect_unit, shown

NONE = 0 * nmolar
MOST = 1 * mmolar  # so that molar doses cannot be mistaken for nanomolar ones


@dataclass(frozen=True, kw_only=True)
class Drug:
    """A substance that competes for a transporter, an enzyme or a receptor.

    ``K_i`` is its inhibition constant at the target; ``efficacy`` ranges from 0 (antagonist) to 1 (full
    agonist); ``k_off`` is its unbinding rate at a receptor, by default that of the modulator.

    Examples
    --------
    >>> from brian2.units.stdunits import uM
    >>> from neuromodsim.equations import NOMIFENSINE
    >>> NOMIFENSINE(10 * uM).target
    'DAT'
    """

    name: str
    target: str  # "DAT", "SERT", "NET", "AChE", or the name of a receptor
    K_i: Parameter
    summary: str
    source: Source
    dose: Any = field(default_factory=lambda: NONE)
    efficacy: float = 0.0
    k_off: Parameter | None = None

    def __post_init__(self) -> None:
        """Refuse a dose or an affinity that is no concentration, and an efficacy that is no share."""
        expectations.kind("The name of a drug", self.name, str)
        expectations.kind(f"The target of '{self.name}', by its name,", self.target, str)
        for what in ("K_i", *(("k_off",) if self.k_off is not None else ())):
            expectations.kind(f"'{what}' of '{self.name}'", getattr(self, what), Parameter)
        expectations.quantity(f"The dose of '{self.name}'", self.dose, 1.0 * nmolar, least=0)
        expectations.quantity(f"'K_i' of '{self.name}'", self.K_i.value, 1.0 * nmolar)
        if not float(self.K_i.value) > 0:
            raise WrongInput(f"'K_i' of '{self.name}' must be above 0; got {shown(self.K_i.value)}.")
        expectations.share(f"The efficacy of '{self.name}'", self.efficacy)

    def at(self, dose: Any) -> Self:
        """Return the drug at this concentration.

        Raises
        ------
        WrongInput
            If the dose is no concentration, negative, or above 1 mM.
        """
        expect_unit(f"dose of {self.name}", dose, get_dimensions(nmolar))
        expect_between(f"dose of {self.name}", dose, NONE, MOST)
        return replace(self, dose=dose)

    def __call__(self, dose: Any) -> Self:
        """Return the drug at this concentration: ``NOMIFENSINE(10 * uM)``."""
        return self.at(dose)
