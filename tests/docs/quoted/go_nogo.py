"""Dopamine supports rule learning; noradrenaline supports set shifting."""

from collections.abc import Iterator

import numpy as np
from scipy.stats import fisher_exact, ttest_rel

from figures.mei2025 import bursting_and_dopamine as bursting
from figures.mei2025 import fig3, set_shifting
from neuromodsim.analysis import intervals
from neuromodsim.analysis.intervals import ratio_of_medians
from neuromodsim.analysis.moments import mean, standard_error
from tests.docs.quoted.values import measured, median_and_range, of, spread, stored

PAGE = "docs/go-nogo.md"
PUBLISHED = ()

FIG3, SHIFTS, BURSTING, RATES = (
    f"mei2025/{figure}" for figure in ("fig3", "set_shifting", "bursting_and_dopamine", "rates")
)
CRITERION = 0.9
T_9 = 2.262  # Student's t, 9 degrees of freedom: 95 % of the distribution lie within as many standard errors
MINUS = "−"


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    yield from map(_row, fig3.CONDITIONS)
    yield from _effects()
    yield from _constant_level()
    yield from _spontaneous()
    yield from _other_shifts()
    yield from _serotonin()
    yield from _bursting()
    yield from _rates()


def relearned(figure: str, condition: str) -> int:
    """Return how many runs of a condition end at the criterion."""
    return int((of(figure, "after", condition=condition) >= CRITERION).sum())


def _row(condition: str) -> str:
    """Return a row of the table of results."""
    before, after, kept = (of(FIG3, name, condition=condition) for name in ("before", "after", "kept"))
    share, low, high = intervals.share(after >= CRITERION)
    count = f"{share * after.size:.0f} ({100 * low:.0f} to {100 * high:.0f} %)"
    cells = (f"{mean(before):.2f}", count, median_and_range(after, 2), spread(kept, 2))
    return f"| `{condition}` | " + " | ".join(cells) + " |"


def _effects() -> Iterator[str]:
    """Yield what is said of the single effects of noradrenaline."""
    both, alone, plasticity, gain, burst, ach = (
        relearned(FIG3, condition)
        for condition in (
            *("da_na", "da_only", "na_plasticity_only"),
            *("na_gain_only", "na_bursting_only", "da_na_ach"),
        )
    )
    trials = [
        np.nan_to_num(of(FIG3, "criterion", condition=c), nan=np.inf) for c in ("na_plasticity_only", "da_na")
    ]
    kept = [mean(of(FIG3, "kept", condition=c)) for c in ("na_plasticity_only", "da_na")]
    p = fisher_exact([[burst, 50 - burst], [alone, 50 - alone]]).pvalue
    yield f"By itself it enables {plasticity} of 50 agents to relearn"
    yield f"all three effects together ({both}; the intervals overlap)"
    alike = f"{np.median(trials[0]):.0f} and {np.median(trials[1]):.0f} trials"
    yield f"({alike} to 36 correct of 40, medians over all runs)"
    yield f"responses that remain valid ({kept[0]:.2f} vs {kept[1]:.2f})"
    yield f"Bursting alone ({burst} of 50) has an effect larger than dopamine alone ({alone}; "
    yield f"Fisher's exact test, p = {p:.2f})"
    yield f"gain of shared background alone ({gain}) is not"
    yield f"run of 1000 trials takes {float(measured('go_nogo')[0]['value']):.1f} s on one core"
    yield f"but {'ten' if both - ach == 10 else both - ach} fewer agents relearn"


def _later(condition: str) -> np.ndarray:
    return of(SHIFTS, "later", condition=condition)


def _constant_level() -> Iterator[str]:
    later = {condition: mean(_later(condition)) for condition in set_shifting.TONIC}
    level = {c: mean(of(SHIFTS, "level", condition=c)) for c in set_shifting.TONIC}
    before = {c: mean(of(SHIFTS, "before", condition=c)) for c in set_shifting.TONIC}
    none, *_, most = set_shifting.TONIC
    best = max(later, key=lambda condition: later[condition])
    yield (
        f"accuracy after the shift is {later[none]:.2f} without noradrenaline, {later[best]:.2f} at "
        f"{level[best]:.0f} nmol/L and {later[most]:.2f} at {level[most]:.0f} nmol/L"
    )
    yield f"below the accuracy with phasic release ({mean(_later('da_na')):.2f})"
    yield f"{level[best]:.0f} nmol/L reduce accuracy by {before[none] - before[best]:.1f},"


def _spontaneous() -> Iterator[str]:
    by_rate = [relearned(SHIFTS, condition) for condition in set_shifting.RATES.values()]
    none, quarter, half, whole = (relearned(SHIFTS, condition) for condition in set_shifting.SHARES.values())
    longer = relearned(SHIFTS, set_shifting.LONG)
    before = [mean(of(SHIFTS, "before", condition=set_shifting.SHARES[share])) for share in (0, 100)]
    words = {0: "none", 1: "one"}
    yield f"350 trials after the shift; {longer} of 20 at the end of 700"
    yield f"of the learning rates: {', '.join(map(str, by_rate[:-1]))} and {by_rate[-1]} of 20"
    yield f"from compounds {words[quarter]} and {words[half]} of 20."
    yield f"With 0 % {none} and with 100 % {whole} of 20"
    yield f"before the shift ({before[0]:.2f} and {before[1]:.2f})"


def _paired(values: np.ndarray, others: np.ndarray) -> tuple[float, float]:
    """Return the mean difference within pairs of seeds, and p of a paired t-test."""
    return mean(values - others), float(ttest_rel(values, others).pvalue)


def _signed(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", MINUS)


def _other_shifts() -> Iterator[str]:
    both, alone = (_later(condition) for condition in set_shifting.PAIRS["reversal"])
    yield f"(accuracy {mean(both):.2f} vs {mean(alone):.2f} with dopamine alone)"
    both, alone = (_later(condition) for condition in set_shifting.PAIRS["reversals"])
    difference = both - alone
    low, high = (mean(difference) + side * T_9 * standard_error(difference) for side in (-1, 1))
    yield (
        f"({spread(both, 2)} vs {spread(alone, 2)}; within pairs of equal seeds {mean(difference):.2f}, "
        f"95 %: {_signed(low, 2)} to {_signed(high, 2)})"
    )
    noticed, reversals = (of(SHIFTS, n, condition="da_na_hazard").sum() for n in ("noticed", "reversals"))
    yield f"responded to {noticed} of {reversals} such reversals"
    intra = [_later(condition) for condition in set_shifting.PAIRS["intra-dimensional"]]
    assert np.array_equal(*intra), "the page says that these runs are identical"
    yield f"Accuracy after the shift is {mean(intra[0]):.2f}."


def _serotonin() -> Iterator[str]:
    go, rest = (of(SHIFTS, "early_go", condition=c) for c in ("da_na_5ht", "da_na"))
    change, p = _paired(go, rest)
    yield f"(Go in {mean(go):.2f} instead of {mean(rest):.2f};"
    yield f"pairs of equal seeds {_signed(change, 3)}, p = {p:.3f}, paired t-test)"
    slow, usual = (_later(condition) for condition in ("da_na_5ht", "da_na"))
    change, p = _paired(slow, usual)
    yield (
        f"after the shift {spread(slow, 2)} vs {spread(usual, 2)}; "
        f"within pairs {_signed(change, 3)}, p = {p:.3f})"
    )


def _reached(condition: str) -> np.ndarray:
    """Return the time at which each run learned, in s; infinite if never."""
    return np.nan_to_num(of(BURSTING, "reached", condition=condition), nan=np.inf)


def _first_sample(condition: str) -> np.ndarray:
    """Return the first sample of the weight at the criterion, in s; the end of the run if none is."""
    time = stored(BURSTING).time.values
    there = of(BURSTING, "tagged", condition=condition) >= bursting.LEARNED
    return np.where(there.any(axis=1), time[there.argmax(axis=1)], time[-1])


def _bursting() -> Iterator[str]:
    summary = stored(BURSTING)
    slow, latch = _reached("regular"), _reached("bursting_then_calm")
    never = int(np.isinf(slow).sum())
    yield f"| {np.median(slow):.0f} s ({slow.min():.0f} s to not within one hour, {never} of 20) |"
    yield f"| {median_and_range(latch, 0, ' s')}, as indicated by the latch |"
    ratio, low, high = bursting.speedup(summary)
    yield f"| {ratio:.1f} with the latch (95 %: {low:.1f} to {high:.1f}) |"
    ratio, low, high = ratio_of_medians(*map(_first_sample, ("regular", "bursting_then_calm")))
    yield f"sampled every 20 s in both, the ratio is {ratio:.1f} (95 %: {low:.1f} to {high:.1f})"
    lost, kept = (of(BURSTING, "least", condition=c) for c in ("bursting", "bursting_then_calm"))
    whole = "all 20" if (lost < 1).all() else f"{(lost < 1).sum()} of 20"
    yield f"| {np.median(lost):.1f} mV, below 1 mV in {whole} |"
    yield f"| {np.median(kept):.1f} mV, above 3 mV in {(kept > 3).sum()} of 20 |"


def _rates() -> Iterator[str]:
    both, alone, gain, plasticity = (
        relearned(RATES, condition)
        for condition in ("da_na", "da_only", "na_gain_only", "na_plasticity_only")
    )
    yield f"{both} % relearn with noradrenaline, {alone} % with dopamine alone"
    yield f"by itself enables {gain} % to relearn, and faster plasticity {plasticity} %"
    yield f"network faster plasticity is decisive ({relearned(FIG3, 'na_plasticity_only')} of 50 agents)"
    yield f"gain has no distinguishable effect ({relearned(FIG3, 'na_gain_only')} of 50)"
    before = of(RATES, "before", condition="da_na")
    yield f"before the shift {mean(before):.2f} on average, median {np.median(before):.2f})"
