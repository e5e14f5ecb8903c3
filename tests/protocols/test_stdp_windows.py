"""The windows measured in a dish: what the picture's summary says, and what a run is made of."""

import numpy as np
import pytest
from brian2 import second

import neuromodsim as nms
from neuromodsim.equations.plasticity.windows import WINDOWS, window
from neuromodsim.protocols.stdp_windows.circuit import DELAYS, LAGS, RULES
from neuromodsim.protocols.stdp_windows.experiment import EXPERIMENT, ROWS
from neuromodsim.reports import figure as figures

SHORT = {"task.pairings": 2.0, "task.interval": 0.5 * second, "task.puff_delay": 0.3 * second}


def short(condition: str, **options):
    """Return what two pairings half a second apart do in a condition."""
    options = {"device": "numpy", "duration": 3.4 * second, "parameters": SHORT, "progress": False, **options}
    return nms.simulate(EXPERIMENT, condition=condition, **options)["windows"].to_dataset()


@pytest.fixture(scope="module")
def puffed():
    return short("muscarinic_then_dopamine")


def test_one_run_brings_back_every_window(puffed):
    assert puffed["lag"].values.tolist() == list(LAGS)
    assert puffed["delay"].values.tolist() == list(DELAYS)
    assert puffed["rule"].values.tolist() == [rule.name for rule, _ in RULES]
    assert puffed["row"].sel(rule="sequential").item() == "ca1_acetylcholine_then_dopamine"
    assert puffed["sign"].sel(rule="sequential").values.tolist() == [1, 1]


def test_only_rules_that_read_the_agonists_move(puffed):
    moved = abs(puffed["change"]).max("lag")
    assert moved.sel(rule="transforming_traces") == 0
    for rule in ("pull_push", "sequential", "dopamine_window"):
        assert moved.sel(rule=rule) > 0


def test_pull_push_sees_the_occupancy_that_the_bath_sets(puffed):
    """Two pairs at +10 ms: M1 receptors at 10 of 10 + 3 µM depress by 0.004 exp(-1/2) each."""
    expected = -2 * 0.004 * np.exp(-0.5) * 10 / 13
    assert puffed["change"].sel(rule="pull_push", lag=10).item() == pytest.approx(expected, rel=0.002)


def test_a_table_of_pairings_that_are_not_whole_is_refused():
    with pytest.raises(nms.WrongInput, match="whole number"):
        short("control", parameters={"task.pairings": 2.5})


def test_every_rule_and_condition_with_a_row_exists():
    rules = {rule.name for rule, _ in RULES}
    for (rule, condition), row in ROWS.items():
        assert rule in rules and condition in EXPERIMENT.conditions
        assert window(row).rule == rule, row
    shown = {row.key for row in WINDOWS if row.rule}
    assert shown == set(ROWS.values())  # an example rule that is never run would show nothing


def test_conditions_change_drugs_only():
    for condition in EXPERIMENT.conditions.values():
        assert all(path.endswith((".bath", ".puff")) for path in condition.parameters)


def test_the_kept_summary_has_the_signs_of_the_table():
    """Fails when the table is changed and the figure is not made again."""
    summary, _ = figures.stored("plasticity/stdp_windows")
    kept = {}
    for claim in range(summary.sizes["claim"]):
        rule, condition, row = (summary[n].values[claim] for n in ("rule_of", "condition_of", "row"))
        signs = [summary[n].values[claim] for n in ("before", "after")]
        kept[str(rule), str(condition)] = str(row)
        wanted = [np.nan if sign is None else sign for sign in window(str(row)).signs]
        np.testing.assert_array_equal(np.array(signs, float), np.array(wanted, float))
    assert kept == ROWS
