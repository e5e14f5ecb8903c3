"""Steady state of serotonin: release by tonic firing equals uptake.

In the steady state the cascade is a function of the concentration, and the concentration that balances
release and clearance is the root of one equation. With the published parameters it is 60.3 nM. With a drug,
or without autoreceptors, the steady state differs, and the cascade takes minutes to reach it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from neuromodsim.description.experiment import Setting

PICOMOLAR, HUNDRED_MICROMOLAR = 1e-9, 1e-1  # in mol/m³
FINE = 1e-15

Numbers = Mapping[str, float]


def start_at_rest(setting: Setting) -> dict[str, Any]:
    """Start the pool and the cascade at rest, at the dose and with the autoreceptors of this run."""
    pool, release = _numbers(setting, "serotonin"), _numbers(setting, "serotonin_release")
    serotonin = _root(_balance, PICOMOLAR, HUNDRED_MICROMOLAR, args=(pool, release), xtol=FINE)
    bound, active, regulator = _cascade(serotonin, pool)
    return {
        "serotonin.C": serotonin,
        "serotonin.slow_B": bound,
        "serotonin.slow_G_star": active,
        "serotonin.slow_T_star": regulator,
    }


def _numbers(setting: Setting, component: str) -> Numbers:
    """Return the parameters of a component in SI units."""
    own = ((path.partition("."), value) for path, value in setting.parameters.items())
    return {
        name: float(value) for (owner, _, name), value in own if owner == component and np.ndim(value) == 0
    }


def _balance(serotonin: float, pool: Numbers, release: Numbers) -> float:
    """Return how fast serotonin would change if all behind it were at rest."""
    released = release["p_release"] * release["release_rate"] * release["vesicular"]
    slow = _cascade(serotonin, pool)[1] - pool["slow_G_star_rest"]
    at_once = pool["at_once_slope"] * (_bound(serotonin, pool, "at_once") - pool["at_once_B_rest"])
    for name, excess in (("slow", slow), ("at_once", at_once)):
        factor = max(0.0, 1 - pool[f"{name}_strength"] * excess)
        released *= 1 + release[f"{name}_weight"] * (factor - 1)
    affinity = pool["K_m"] * (1 + pool["citalopram"] / pool["SERT_citalopram_K_i"])
    sert = pool["V_max"] * serotonin / (affinity + serotonin)
    uptake_2 = pool["V_max_2"] * serotonin / (pool["K_m_2"] + serotonin)
    return released + pool["leak"] - sert - uptake_2 - pool["k_loss"] * serotonin


def _bound(serotonin: float, pool: Numbers, name: str) -> float:
    """Return the bound receptors of an autoreceptor at rest."""
    binding = pool[f"{name}_bind"] * serotonin
    return pool[f"{name}_total"] * binding / (binding + pool[f"{name}_leave"])


def _cascade(serotonin: float, pool: Numbers) -> tuple[float, float, float]:
    """Return bound receptors, active G protein and active regulator at rest."""
    total = pool["slow_total"]
    bound = _bound(serotonin, pool, "slow")

    def regulator(active: float) -> float:
        recruited = pool["slow_recruit"] * active**2
        return total * recruited / (recruited + pool["slow_dismiss"])

    def gain(active: float) -> float:
        on = pool["slow_activate"] * bound**2 * (total - active)
        return on - pool["slow_regulate"] * regulator(active) * active

    active = _root(gain, 0.0, total, xtol=FINE)
    return bound, active, regulator(active)


def _root(function: Callable[..., float], low: float, high: float, **how: Any) -> float:
    """Return where a function is zero."""
    from scipy.optimize import brentq  # here, since it takes long to import

    return float(brentq(function, low, high, **how))
