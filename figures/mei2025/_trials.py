"""What the trials of one run of the Go/No-Go task say: learning, surprise, and the entropy of choices."""

import numpy as np
import xarray as xr

from neuromodsim.analysis import intervals
from neuromodsim.analysis.information import entropy
from neuromodsim.analysis.learning import criterion
from neuromodsim.analysis.selection import runs_with

SHIFT, BLOCK, LATE, LAST = 200, 25, 75, 525  # trials
ALARM = 2.0  # spikes of a noradrenaline cell in a trial that count as a burst
CRITERION = 0.9
GO_CUES = {False: ("AX", "AY"), True: ("AX", "BX")}  # before the shift, and after it
KEPT = ("AX", "BY")  # compounds whose right answer stays
NUCLEUS = 20  # noradrenaline cells


def row(run: xr.DataTree) -> xr.Dataset:
    """Return what is kept of a run, as the summaries of figures describe it."""
    trials = run["trials"].to_dataset()
    right, alarms = trials.correct.values, trials.alarms.values / NUCLEUS
    starts = np.arange(0, LAST, BLOCK)  # runs differ by a few trials, since pauses do
    blocks = [slice(start, start + BLOCK) for start in starts]
    pool = run["modulators/noradrenaline"]
    at = np.searchsorted(pool.time.values, trials.time.values[starts + BLOCK // 2])
    bits = np.array([_bits(trials, block) for block in blocks])
    return xr.Dataset(
        {
            "correct": ("block", [right[b].mean().round(2) for b in blocks]),
            "alarm": ("block", [alarms[b].mean().round(2) for b in blocks]),
            "concentration": ("block", pool.C.values[at, 0].round(0)),
            "pooled": ("block", bits[:, 0].round(2)),
            "per_compound": ("block", bits[:, 1].round(2)),
            **learning(trials),
            **surprise(alarms),
            "occupancy": round(
                float(pool.alpha1.values[:, 0][at[SHIFT // BLOCK - 3 : SHIFT // BLOCK]].mean()), 3
            ),
        },
        coords={
            "block": starts + BLOCK / 2,
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def learning(trials: xr.Dataset) -> dict[str, float]:
    """Return shares of right answers before the shift, at the end, and where the right answer stayed."""
    right = trials.correct.values
    number = np.arange(right.size)
    stays = np.isin(trials.stimulus.values, KEPT) & (number >= SHIFT) & (number < SHIFT + 100)
    return {
        "before": round(float(right[SHIFT - LATE : SHIFT].mean()), 3),
        "after": round(float(right[-LATE:].mean()), 3),
        "criterion": criterion(right[SHIFT:]),
        "kept": round(float(right[stays].mean()), 3),
    }


def surprise(alarms: np.ndarray) -> dict[str, float]:
    """Return how often noradrenaline cells burst in 100 trials before the shift, and how soon after it."""
    bursts = np.flatnonzero(alarms >= ALARM)
    later = bursts[bursts >= SHIFT]
    return {
        "false_alarms": int(((bursts >= SHIFT - 100) & (bursts < SHIFT)).sum()),
        "first_alarm": float(later[0] - SHIFT) if later.size else float("nan"),
    }


def _bits(trials: xr.Dataset, block: slice) -> tuple[float, float]:
    """Return H(A | go cue) of a block, pooled over the go compounds, and the mean of each by itself."""
    action, stimulus = trials.action.values[block], trials.stimulus.values[block]
    cues = GO_CUES[block.start >= SHIFT]
    each = [entropy(action[stimulus == cue]) for cue in cues]
    return entropy(action[np.isin(stimulus, cues)]), float(np.nanmean(each))


def relearned(summary: xr.Dataset, condition: str) -> tuple[float, float, float]:
    """Return the share of runs that end at the criterion, and its 95 % interval (Wilson)."""
    return intervals.share(runs_with(summary, condition=condition).after.values >= CRITERION)
