"""Set shifting, small: some conditions, one agent of each; and the rate model with three."""

import numpy as np
import xarray as xr

from figures.mei2025 import rates
from figures.mei2025._trials import SHIFT
from neuromodsim.analysis.selection import runs_with
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small, bounds

AGENT = 1000
FIG3 = ("da_na", "da_only", "na_tonic", "no_da", "da_na_ach")
SHIFTING = ("na_tonic_16", "da_na_reversal", "da_only_reversal")


def _each(summary: xr.Dataset, name: str) -> dict[str, float]:
    """Return a number of each condition, the mean over its runs."""
    return {
        f"{c}_{name}": float(runs_with(summary, condition=c)[name].mean())
        for c in dict.fromkeys(summary.condition.values)
    }


def check_fig3(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims of conditions, of one agent each."""
    found = _each(summary, "before") | _each(summary, "after") | _each(summary, "kept")
    found["first_alarm"] = float(runs_with(summary, condition="da_na").first_alarm[0])
    level = runs_with(summary, condition="da_na").concentration[0]
    found["noradrenaline_before"] = float(level.where(level.block < SHIFT).max())
    found["noradrenaline_after"] = float(level.where(level.block > SHIFT).max())
    found["noradrenaline_in_the_end"] = float(level[-3:].mean())
    soon = (summary.block > SHIFT) & (summary.block < SHIFT + 150)
    each = {
        c: float(runs_with(summary, condition=c).per_compound.where(soon).mean())
        for c in ("da_na", "da_only")
    }
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
    """Return what the figure claims of a constant level and of reversals, of one agent each."""
    found = {
        name: float(runs_with(summary, condition=condition)[which][0])
        for name, condition, which in (
            ("right_before_with_most_noradrenaline", "na_tonic_16", "before"),
            ("level_of_most_noradrenaline", "na_tonic_16", "level"),
            ("right_before_the_reversal", "da_only_reversal", "before"),
            ("right_after_it_with_noradrenaline", "da_na_reversal", "later"),
            ("right_after_it_with_dopamine_alone", "da_only_reversal", "later"),
        )
    }
    return list(
        bounds(
            found,
            right_before_with_most_noradrenaline=(0.4, 0.8),
            level_of_most_noradrenaline=(95, 110),
            right_before_the_reversal=(0.9, 1),
            right_after_it_with_noradrenaline=(0.4, 0.7),
            right_after_it_with_dopamine_alone=(0.2, 0.35),
        )
    )


def check_rates(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims, of two agents that learn."""
    found = {
        f"{condition}_{which}": float(summary[which].values[summary.condition.values == condition].mean())
        for condition in rates.RUNS
        for which in ("before", "after")
    }
    level = summary.level.sel(condition_mean="da_na")
    found["noradrenaline_before"] = float(level.where((level.block > 100) & (level.block < SHIFT)).max())
    found["noradrenaline_after"] = float(level.where(level.block > SHIFT).max())
    return list(
        bounds(
            found,
            da_na_before=(0.9, 1),
            da_only_before=(0.9, 1),
            no_da_before=(0.35, 0.65),
            da_na_after=(0.9, 1),
            da_only_after=(0.4, 0.85),
            noradrenaline_before=(0, 0.05),
            noradrenaline_after=(0.3, 1),
        )
    )


def check_bursting(summary: xr.Dataset) -> list[Check]:
    """Return that cells burst, and that bursting hurries the tagged synapse."""
    found = {f"rate_{c}": float(runs_with(summary, condition=c).rate.mean()) for c in ("bursting", "regular")}
    most = {
        c: float(runs_with(summary, condition=c).tagged.max("time").mean()) for c in ("bursting", "regular")
    }
    found["bursting_hurries"] = most["bursting"] / max(most["regular"], 0.01)
    return list(
        bounds(found, rate_bursting=(2.2, 3.6), rate_regular=(1.2, 1.5), bursting_hurries=(1.5, np.inf))
    )


FIGURES = {
    "fig3": Small(
        runs=tuple(Run(experiment="go_nogo", condition=c, seed=AGENT) for c in FIG3),
        check=check_fig3,
        within=0.3,
        chaotic=("after", "alarm", "concentration", "criterion", "first_alarm", "kept", "pooled"),
    ),
    "set_shifting": Small(
        runs=tuple(Run(experiment="go_nogo", condition=c, seed=AGENT, duration="175s") for c in SHIFTING),
        check=check_shifting,
        within=0.3,
        chaotic=("after", "early_go", "first_alarm", "latency"),
    ),
    "rates": Small(
        runs=tuple(
            Run(experiment="go_nogo_rates", condition=condition, seed=seed)
            for condition in rates.RUNS
            for seed in (1003, 1005)
        ),
        check=check_rates,
        within=0.05,
    ),
    "bursting_and_dopamine": Small(
        runs=tuple(
            Run(experiment="bursting_and_dopamine", condition=c, seed=seed, duration="120s")
            for c in ("bursting", "regular")
            for seed in range(AGENT, AGENT + 4)
        ),
        check=check_bursting,
        within=0.2,
        chaotic=("least", "others", "reached", "tagged"),
    ),
}
