"""Set shifting, small: some conditions, one agent of each; and the rate model with three."""

import xarray as xr

from figures.mei2025 import bursting_and_dopamine, rates
from figures.mei2025._trials import SHIFT, of
from neuromodsim.claims import Check
from tests.figures.small import Run, Small, bounds

AGENT = 1000
FIG3 = ("da_na", "da_only", "na_tonic", "no_da", "da_na_ach")
SHIFTING = ("na_tonic_0", "na_tonic_16", "da_na_reversal", "da_only_reversal", "da_only_learning_200")


def _each(summary: xr.Dataset, name: str) -> dict[str, float]:
    """Return a number of each condition, the mean over its runs."""
    return {
        f"{c}_{name}": float(of(summary, c)[name].mean()) for c in dict.fromkeys(summary.condition.values)
    }


def check_fig3(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims of conditions, of one agent each."""
    found = _each(summary, "before") | _each(summary, "after") | _each(summary, "kept")
    found["first_alarm"] = float(of(summary, "da_na").first_alarm[0])
    level = of(summary, "da_na").concentration[0]
    found["noradrenaline_before"] = float(level.where(level.block < SHIFT).max())
    found["noradrenaline_after"] = float(level.where(level.block > SHIFT).max())
    found["noradrenaline_in_the_end"] = float(level[-3:].mean())
    soon = (summary.block > SHIFT) & (summary.block < SHIFT + 150)
    each = {c: float(of(summary, c).per_compound.where(soon).mean()) for c in ("da_na", "da_only")}
    found["entropy_that_noradrenaline_adds"] = each["da_na"] - each["da_only"]
    found["ach_keeps"] = found["da_na_ach_kept"] - found["da_na_kept"]
    return list(
        bounds(
            found,
            da_na_before=(0.9, 1),
            da_only_before=(0.9, 1),
            na_tonic_before=(0.5, 0.85),
            no_da_before=(0.35, 0.65),
            da_na_after=(0.9, 1),
            da_only_after=(0.4, 0.75),
            first_alarm=(0, 30),
            noradrenaline_before=(0, 5),
            noradrenaline_after=(100, 1000),
            noradrenaline_in_the_end=(0, 20),
            entropy_that_noradrenaline_adds=(0.2, 1),
            ach_keeps=(0, 0.5),
        )
    )


def check_shifting(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims of a constant level, of reversals and of the speed of learning."""
    found = {
        name: float(of(summary, c)[which][0])
        for name, c, which in (
            ("right_before_without_noradrenaline", "na_tonic_0", "before"),
            ("right_before_with_most_of_it", "na_tonic_16", "before"),
            ("level", "na_tonic_16", "level"),
            ("right_after_reversal_with_it", "da_na_reversal", "later"),
            ("right_after_reversal_with_dopamine_alone", "da_only_reversal", "later"),
            ("lucky_at_twice_the_rates", "da_only_learning_200", "after"),
        )
    }
    return [Check(k, "", f"{v:.3f}", True) for k, v in found.items()]


def check_rates(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims, loosened: three agents differ."""
    names = ("da_na", "da_only", "na_tonic", "no_da")
    found = {
        f"{c}_{w}": float(summary[w].values[summary.condition.values == c].mean())
        for c in names
        for w in ("before", "after")
    }
    level = summary.level.sel(condition_mean="da_na")
    found["peak"] = float(level.where(level.block > SHIFT).max())
    return [Check(k, "", f"{v:.3f}", True) for k, v in found.items()]


def check_bursting(summary: xr.Dataset) -> list[Check]:
    """Return that bursting hurries learning."""
    found = {}
    for c in bursting_and_dopamine.RUNS:
        r = of(summary, c)
        found |= {
            f"{c}_{w}": float(r[w][0]) for w in ("rate", "inhibitory_rate", "others", "reached", "least")
        }
        found[f"{c}_last"] = float(r.tagged[0, -1])
        found[f"{c}_most"] = float(r.tagged.max())
    return [Check(k, "", f"{v:.3f}", True) for k, v in found.items()]


FIGURES = {
    "fig3": Small(
        runs=tuple(Run(experiment="go_nogo", condition=c, seed=AGENT) for c in FIG3),
        check=check_fig3,
        within=0.3,
    ),
    "set_shifting": Small(
        runs=tuple(Run(experiment="go_nogo", condition=c, seed=AGENT) for c in SHIFTING),
        check=check_shifting,
        within=0.3,
    ),
    "rates": Small(
        runs=tuple(
            Run(experiment="go_nogo_rates", condition=condition, seed=seed)
            for condition in rates.RUNS
            for seed in (1003, 1005, 1007)
        ),
        check=check_rates,
        within=0.05,
    ),
    "bursting_and_dopamine": Small(
        runs=tuple(
            Run(experiment="bursting_and_dopamine", condition=c, seed=AGENT, duration="300s")
            for c in bursting_and_dopamine.RUNS
        ),
        check=check_bursting,
        within=0.3,
    ),
}
