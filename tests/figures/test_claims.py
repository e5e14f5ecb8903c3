"""Every figure's kept summary: its claims hold, and do not hold when its conditions are swapped."""

import json

import matplotlib.pyplot as plt
import pytest

from neuromodsim.catalogue import catalogue
from neuromodsim.reports import figure as figures
from neuromodsim.reports.claims import all_supported

OPPOSITE = {
    "da_na": "da_only",
    "da_only": "da_na",
    "da_na_reversal": "da_only_reversal",
    "da_only_reversal": "da_na_reversal",
    "bursting": "regular",
    "regular": "bursting",
    "contingent": "yoked",
    "yoked": "contingent",
    "released": "released_yoked",
    "released_yoked": "released",
    "modulated": "unmodulated",
    "unmodulated": "modulated",
    "alpha_published": "alpha_added",
    "alpha_added": "alpha_published",
    "burst": "burst_and_pause",
    "burst_and_pause": "burst",
    "isoproterenol": "methoxamine",
    "methoxamine": "isoproterenol",
    "dorsal_tonic": "ventral_tonic",
    "ventral_tonic": "dorsal_tonic",
    "vta_4": "snc_4",
    "snc_4": "vta_4",
    "slow": "at_once",
    "at_once": "slow",
    "desipramine": "no_recapture_desipramine",
    "no_recapture_desipramine": "desipramine",
    "compartments": "one_compartment",
    "one_compartment": "compartments",
    "spoken": "held_out_speaker",
    "held_out_speaker": "spoken",
    "gated": "no_gate",
    "no_gate": "gated",
    "sliding": "fixed",
    "fixed": "sliding",
    "refractory": "memoryless",
    "memoryless": "refractory",
    "retrieval": "overloaded",
    "overloaded": "retrieval",
    "minimal": "pair",
    "pair": "minimal",
    "plastic": "no_plasticity",
    "no_plasticity": "plastic",
    "drift": "drift_two",
    "drift_two": "drift",
    "set_1": "set_3",
    "set_3": "set_1",
    "gradient": "learning",
    "learning": "gradient",
}
for most in catalogue.figure(
    "zhang2023/sensitivity"
).STRONGEST:  # plasticity that never turns over, and one that does
    low, middle = (catalogue.figure("zhang2023/sensitivity").point(turn, most) for turn in (0.1, 0.5))
    OPPOSITE |= {low: middle, middle: low}


@pytest.mark.parametrize("name", catalogue.figures())
def test_claims_hold_of_the_kept_summary(name):
    summary, kept = figures.stored(name)
    checks = catalogue.figure(name).check(summary)
    assert all_supported(checks), [check for check in checks if not check.supported]
    assert "--check" in kept["command"]


@pytest.mark.parametrize("name", catalogue.figures())
def test_claims_fail_on_the_opposite(name):
    """Catches a check that cannot fail."""
    summary, _ = figures.stored(name)
    swapped = [OPPOSITE.get(c, c) for c in summary.condition.values.tolist()]
    opposite = summary.assign_coords(condition=("run", swapped))
    assert not all_supported(catalogue.figure(name).check(opposite))


@pytest.mark.parametrize("name", catalogue.figures())
def test_a_figure_is_drawn_from_its_summary_alone(name):
    summary, _ = figures.stored(name)
    picture = catalogue.figure(name).draw(summary)
    assert picture.axes
    plt.close(picture)


@pytest.mark.parametrize("name", catalogue.figures())
def test_the_summary_is_of_the_runs_that_the_figure_asks_for(name):
    """Catches a summary kept from other seeds or conditions."""
    _, kept = figures.stored(name)
    asked = {c: list(seeds) for c, seeds in catalogue.figure(name).RUNS.items()}
    assert json.loads(json.dumps(asked)) == kept["runs"]
