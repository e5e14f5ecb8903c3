"""STDP windows: 60 pairings at each time difference, with and without each agonist.

Every rule of the table of windows (`neuromodsim.equations.plasticity.windows`) has one synapse for each
time difference between the same listed spikes. A condition specifies the agonists in the bath, or in the
pipette that puffs after each pairing. Pairings are 10 s apart, so that traces do not accumulate; after a
test pulse at the end, rules that are evaluated at spikes include the last pairing.

A run returns ``windows``: the weight change of each rule at each time difference, and the signs of the
table for this condition.
"""

from typing import Any

import numpy as np
from brian2 import second
from brian2.units.allunits import umolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import Parameter
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import NEVER, Task
from neuromodsim.equations.plasticity.windows import window
from neuromodsim.equations.sources import SEOL_2007
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.stdp_windows.circuit import DELAYS, LAGS, MOST, RULES, SLICE, STEP

START = 2.0  # seconds: before the first pairing there is room for a puff that comes too early
LATE_LAG = 0.010  # seconds, of the pairs with puffs at various delays

PAIRING = Task(
    name="pairing_in_a_dish",
    summary="Spike pairings at listed times, each followed by a puff.",
    source=SEOL_2007,
    parameters={
        "pairings": Parameter(60.0, "number of pairings", low=1.0, high=MOST - 2.0),
        "interval": Parameter(10 * second, "interval between pairings", low=0.5 * second),
        "puff_delay": Parameter(
            0.6 * second, "interval from the presynaptic spike to the puff", low=-1 * second
        ),
    },
)

# The row of the table that a rule stands for in a condition.
ROWS = {
    ("pull_push", "control"): "v1_none",
    ("pull_push", "isoproterenol"): "v1_beta",
    ("pull_push", "methoxamine"): "v1_m1_or_alpha1",
    ("pull_push", "muscarinic"): "v1_m1_or_alpha1",
    ("pull_push", "isoproterenol_methoxamine"): "v1_beta_and_alpha1",
    ("sequential", "muscarinic"): "ca1_acetylcholine",
    ("sequential", "muscarinic_then_dopamine"): "ca1_acetylcholine_then_dopamine",
    ("sequential", "dopamine_puff"): "ca1_dopamine_late",
    ("sequential_sugisaki", "muscarinic"): "ca1_eserine",
    ("transforming_traces", "noradrenaline_puff"): "v1_beta2_late",
    ("transforming_traces", "serotonin_puff"): "v1_serotonin_2c_late",
    ("dopamine_window", "dopamine_puff"): "nac_d1_window",
    ("graupner_brunel_culture", "dopamine_bath"): "culture_d1",
    ("graupner_brunel_slice", "dopamine_bath"): "ca1_d1_gate",
}


def list_times(setting: Setting) -> dict[str, Any]:
    """List when cells and pipettes fire: pairings at equal intervals, then a test pulse.

    Raises
    ------
    WrongInput
        If the number of pairings is not whole.
    """
    pairings = float(setting.parameters["task.pairings"])
    if pairings != int(pairings):
        raise WrongInput(f"'task.pairings' must be a whole number; got {pairings:g}.")
    interval = float(setting.parameters["task.interval"])
    paired = START + interval * np.arange(int(pairings))
    test = START + interval * pairings
    delays = [float(setting.parameters["task.puff_delay"]), *DELAYS]
    return {
        "afferent.afferent_time": _table([[*paired, test]] * len(LAGS)),
        "cell.cell_time": _table([paired + lag / 1000 for lag in LAGS]),
        "late_afferent.late_afferent_time": _table([[*paired, test]] * len(DELAYS)),
        "late_cell.late_cell_time": _table([paired + LATE_LAG] * len(DELAYS)),
        "pipette.pipette_time": _table([paired + delay for delay in delays]),
    }


def _table(trains: Any) -> Any:
    """Return a table of times, shape ``(cell, spike)``, the unused ends `NEVER`."""
    table = np.full((len(trains), MOST), NEVER)
    for row, train in zip(table, trains, strict=True):
        row[: len(train)] = train
    return table


def measure_windows(run: Any) -> None:
    """Add how far each rule moved its weight, and the signs that the table has for this condition."""
    import xarray as xr

    kept = run["synapses"].children if "synapses" in run.children else {}
    names = [rule.name for rule, _ in RULES]
    if not {*names, "late"} <= set(kept):
        return  # a run that was not asked to keep them
    rows = [ROWS.get((name, run.attrs["condition"])) for name in names]
    signs = [window(row).signs if row else (None, None) for row in rows]
    run["windows"] = xr.Dataset(
        {
            "change": (("rule", "lag"), np.array([_moved(kept[name]) for name in names]), {"units": "1"}),
            "late_change": ("delay", _moved(kept["late"]), {"units": "1"}),
            "sign": (("rule", "order"), np.array(signs, dtype=float), {"units": "1"}),
            "row": ("rule", [row or "" for row in rows]),
        },
        coords={
            "rule": names,
            "lag": ("lag", np.array(LAGS, dtype=float), {"units": "ms"}),
            "delay": ("delay", np.array(DELAYS), {"units": "s"}),
            "order": ["before", "after"],
        },
    )


def _moved(synapses: Any) -> Any:
    """Return the change of each synapse from the first sample to the last."""
    weight = synapses["rho" if "rho" in synapses else "weight"].values
    return weight[-1] - weight[0]


EXPERIMENT = Experiment(
    name="stdp_windows",
    summary="Receptor-dependent STDP: 60 spike pairings at each time difference, with each agonist.",
    source=SEOL_2007,
    circuit=SLICE,
    task=PAIRING,
    conditions={
        "control": Condition(summary="No agonist in the bath."),
        "isoproterenol": Condition(
            summary="Isoproterenol at β receptors.", parameters={"beta_agonist.bath": 10 * umolar}
        ),
        "methoxamine": Condition(
            summary="Methoxamine at α1 receptors.", parameters={"alpha1_agonist.bath": 5 * umolar}
        ),
        "isoproterenol_methoxamine": Condition(
            summary="Both adrenergic agonists.",
            parameters={"beta_agonist.bath": 10 * umolar, "alpha1_agonist.bath": 5 * umolar},
        ),
        "muscarinic": Condition(
            summary="A muscarinic agonist.", parameters={"muscarinic_agonist.bath": 10 * umolar}
        ),
        "muscarinic_then_dopamine": Condition(
            summary="A muscarinic agonist, and a puff of dopamine after each pairing.",
            parameters={
                "muscarinic_agonist.bath": 10 * umolar,
                "dopamine.puff": 1 * umolar,
                "late_dopamine.puff": 1 * umolar,
            },
        ),
        "dopamine_puff": Condition(
            summary="A puff of dopamine after each pairing.",
            parameters={"dopamine.puff": 1 * umolar, "late_dopamine.puff": 1 * umolar},
        ),
        "dopamine_bath": Condition(
            summary="Dopamine in the bath.",
            parameters={"dopamine.bath": 20 * umolar, "late_dopamine.bath": 20 * umolar},
        ),
        "noradrenaline_puff": Condition(
            summary="A puff of noradrenaline after each pairing.",
            parameters={"beta_agonist.puff": 1 * umolar},
        ),
        "serotonin_puff": Condition(
            summary="A puff of serotonin after each pairing.", parameters={"serotonin.puff": 1 * umolar}
        ),
    },
    recording=Recording(
        states={
            **{f"{rule.name}.{'rho' if 'rho' in rule.initial else 'w'}": 10 * second for rule, _ in RULES},
            "late.w": 10 * second,
        },
    ),
    duration=603 * second,
    dt=STEP,
    prepare=list_times,
    finish=measure_windows,
)
