"""Receptor-dependent STDP: every rule with every agonist, and the signs observed in slices.

Sixty pairings at each time difference, 10 s apart. Rows are example rules of the table of windows
(`neuromodsim.equations.plasticity.windows`), columns the agonists in the bath or in a puff after each
pairing. Triangles are the table's signs, where it has any for this rule and agonist: left for
post before pre, right for pre before post. Below, growth against the delay of a puff of dopamine. Only
signs and the delay are claims: most amplitudes are assumptions of this package.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "stdp_windows"
TITLES = {
    "control": "nothing",
    "isoproterenol": "β\nagonist",
    "methoxamine": "α1\nagonist",
    "isoproterenol_methoxamine": "β and α1\nagonists",
    "muscarinic": "muscarinic\nagonist",
    "muscarinic_then_dopamine": "the same,\nthen DA puff",
    "dopamine_puff": "DA\npuff",
    "dopamine_bath": "DA\nin the bath",
    "noradrenaline_puff": "NA\npuff",
    "serotonin_puff": "5-HT\npuff",
}
RUNS = {condition: (0,) for condition in TITLES}
RULES = {
    "pull_push": "pull-push\n(Seol 2007)",
    "sequential": "ACh, then DA\n(Brzosko 2017)",
    "sequential_sugisaki": "ACh potentiates\n(Sugisaki 2011)",
    "transforming_traces": "two traces\n(He 2015)",
    "dopamine_window": "ripening trace\n(Yagishita 2014)",
    "graupner_brunel_culture": "calcium, culture\n(Graupner 2012)",
    "graupner_brunel_slice": "calcium, slice\n(Graupner 2012)",
}
NEAR = 20.0  # ms: signs are those of the mean change at time differences up to this
NOTHING = 0.01  # of a rule's largest mean change: less is no change
WORD = {1: "LTP", -1: "LTD", 0: "none"}
COLOURS = {1: COLOUR["potentiation"], -1: COLOUR["depression"], 0: COLOUR["no_change"]}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``change`` (run, rule, lag) and ``late_change`` (run, delay) of weights; and the claims of the
        table, ``(claim)``: ``rule_of``, ``condition_of``, ``row``, and the signs ``before``, ``after``.
    """
    windows, claims = [], []
    for run in runs:
        one, condition = run["windows"].to_dataset(), run.attrs["condition"]
        windows.append(
            one[["change", "late_change"]].assign_coords(condition=condition, seed=run.attrs["seed"])
        )
        signs = one["sign"].values
        rows = zip(one["rule"].values.tolist(), one["row"].values.tolist(), signs.tolist(), strict=True)
        claims += [(rule, condition, row, *sign) for rule, row, sign in rows if row]
    names = ("rule_of", "condition_of", "row", "before", "after")
    columns = {name: ("claim", list(c)) for name, c in zip(names, zip(*claims, strict=True), strict=True)}
    return xr.concat(windows, "run").drop_vars("order", errors="ignore").assign(columns)


def _means(summary: xr.Dataset) -> xr.DataArray:
    """Return the mean change near coincidence, dims (run, rule, order): Δt > 0, then Δt < 0."""
    lag = summary.lag
    before = summary.change.sel(lag=lag[(lag > 0) & (lag <= NEAR)]).mean("lag")
    after = summary.change.sel(lag=lag[(lag < 0) & (lag >= -NEAR)]).mean("lag")
    return xr.concat([before, after], "order").transpose("run", "rule", "order")


def _signs(means: xr.DataArray) -> xr.DataArray:
    """Return signs of mean changes; what is small beside the rule's largest is 0."""
    floor = NOTHING * abs(means).max(("run", "order"))
    return xr.where(abs(means) < floor, 0, np.sign(means)).astype(int).transpose(*means.dims)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    means = _means(summary)
    signs = _signs(means)
    where = {c: k for k, c in enumerate(summary.condition.values.tolist())}
    checks = []
    for claim in range(summary.sizes["claim"]):
        rule, condition, row = (str(summary[n].values[claim]) for n in ("rule_of", "condition_of", "row"))
        wanted = [float(summary[n].values[claim]) for n in ("before", "after")]
        mean = means.sel(rule=rule).isel(run=where[condition]).values
        found = signs.sel(rule=rule).isel(run=where[condition]).values
        pairs = [(w, f, m) for w, f, m in zip(wanted, found, mean, strict=True) if not np.isnan(w)]
        sides = [s for s, w in zip(("Δt > 0", "Δt < 0"), wanted, strict=True) if not np.isnan(w)]
        checks.append(
            Check(
                f"{rule}, {condition}: as in row {row} of the table, {' and '.join(sides)}",
                ", ".join(WORD[int(w)] for w, _, _ in pairs),
                ", ".join(f"{WORD[int(f)]} ({m:+.4f})" for _, f, m in pairs),
                all(w == f for w, f, _ in pairs),
            )
        )
    late = summary.late_change.isel(run=where["dopamine_puff"])
    return [*checks, *_check_rules(signs, where), *_check_delays(late)]


def _check_rules(signs: xr.DataArray, where: dict[str, int]) -> list[Check]:
    """Return the claims that are about the signs of more than one row."""
    culture = signs.sel(rule="graupner_brunel_culture").isel(run=where["control"]).values
    isolated = signs.isel(run=where["control"]).sel(rule=[r for r in RULES if "brunel" not in r]).values
    ach = [
        signs.sel(rule=r).isel(run=where["muscarinic"]).values for r in ("sequential", "sequential_sugisaki")
    ]
    return [
        Check(
            "without agonists only calcium-based rules change a synapse, Hebbian in culture",
            "0; LTP, LTD",
            f"{np.abs(isolated).max()}; {WORD[int(culture[0])]}, {WORD[int(culture[1])]}",
            bool(not isolated.any() and culture.tolist() == [1, -1]),
        ),
        Check(
            "acetylcholine has either sign: both reports on CA1 are shown",
            "LTD, LTD against LTP, LTP",
            " against ".join(", ".join(WORD[int(s)] for s in one) for one in ach),
            bool((ach[0] == -1).all() and (ach[1] == 1).all()),
        ),
    ]


def _check_delays(late: xr.DataArray) -> list[Check]:
    """Return when dopamine may come, of the changes of weight by the delay of a puff."""
    share = late / late.max()
    peak = float(late.delay[int(late.values.argmax())])
    outside = share.sel(delay=[-1.0, -0.5, 0.0, 5.0]).values
    inside = share.sel(delay=[0.3, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0]).values
    return [
        Check(
            "growth is largest for dopamine about 0.6 s after pairing",
            "0.4 to 1 s",
            f"{peak:g} s",
            bool(0.4 <= peak <= 1.0),
        ),
        Check(
            "growth is small for dopamine 1 s before, with, and 5 s after pairing",
            "at most 0.1 of the peak",
            f"{outside.max():.3f}",
            bool(outside.max() <= 0.1),
        ),
        Check(
            "growth is substantial from 0.3 to 2 s",
            "at least 0.25 of the peak",
            f"{inside.min():.3f}",
            bool(inside.min() >= 0.25),
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure = plt.figure(figsize=(TWO_COLUMNS, 7.4))
    top, bottom = figure.subfigures(2, 1, height_ratios=(5.6, 1.8))
    panels = top.subplots(len(RULES), len(TITLES), sharex=True, sharey="row")
    where = {c: k for k, c in enumerate(summary.condition.values.tolist())}
    for rule, line in zip(RULES, panels, strict=True):
        change = summary.change.sel(rule=rule)
        for condition, axes in zip(TITLES, line, strict=True):
            _draw_window(axes, change.isel(run=where[condition]))
            _mark(axes, *_claimed(summary, rule, condition))
        line[0].set_ylabel(RULES[rule], rotation=0, ha="right", va="center", labelpad=4, fontsize=7)
        known = {c for c in TITLES if _claimed(summary, rule, c) != (None, None)} | {"control"}
        reach = max(float(abs(change.isel(run=where[c])).max()) for c in known)
        line[0].set(ylim=(-1.5 * reach, 1.5 * reach), yticks=[])
    for condition, axes in zip(TITLES, panels[0], strict=True):
        axes.set_title(TITLES[condition], loc="center", fontsize=6.5)
    for axes in panels[-1]:
        axes.set_xticks((-100, 0, 100), ("-0.1", "0", "0.1"), fontsize=5.5)
    top.supxlabel("Δt, post minus pre (s)", fontsize=7)
    delays, words = bottom.subplots(1, 2, width_ratios=(3, 2))
    _draw_delays(delays, summary.late_change.isel(run=where["dopamine_puff"]))
    _draw_legend(words)
    return figure


def _draw_window(axes: plt.Axes, change: xr.DataArray) -> None:
    axes.axhline(0, color="0.8", linewidth=0.5, zorder=0)
    axes.axvline(0, color="0.8", linewidth=0.5, zorder=0)
    for side in (change.lag < 0, change.lag > 0):
        part = change.sel(lag=change.lag[side])
        axes.fill_between(part.lag, part.clip(min=0), color=COLOURS[1], alpha=0.35, linewidth=0)
        axes.fill_between(part.lag, part.clip(max=0), color=COLOURS[-1], alpha=0.35, linewidth=0)
        axes.plot(part.lag, part, color="0.15", linewidth=0.8)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _claimed(summary: xr.Dataset, rule: str, condition: str) -> tuple[float | None, float | None]:
    """Return the table's signs for a rule in a condition, for Δt > 0 and Δt < 0; None without any."""
    here = (summary.rule_of == rule) & (summary.condition_of == condition)
    for claim in np.flatnonzero(here.values):
        signs = [float(summary[n].values[claim]) for n in ("before", "after")]
        before, after = (None if np.isnan(sign) else sign for sign in signs)
        return before, after
    return None, None


def _mark(axes: plt.Axes, before: float | None, after: float | None) -> None:
    """Mark the table's signs in the corners of a panel, and the panel itself."""
    if before is None and after is None:
        return
    axes.set_facecolor("#f6f1e4")
    for sign, place in ((after, 0.14), (before, 0.86)):
        if sign is not None:
            marker, height = {1: ("^", 0.9), -1: ("v", 0.1), 0: ("o", 0.9)}[int(sign)]
            axes.plot(
                place, height, marker, color=COLOURS[int(sign)], markersize=3.5, transform=axes.transAxes
            )


def _draw_delays(axes: plt.Axes, late: xr.DataArray) -> None:
    axes.axvspan(0.3, 2, color="#f6f1e4", zorder=0)
    axes.axhline(0, color="0.8", linewidth=0.5, zorder=0)
    axes.plot(late.delay, late, "o-", color=COLOUR["dopamine"], markersize=3)
    axes.set(xlabel="Delay of dopamine puff after pairing (s)", ylabel="Weight change")
    axes.set_title("Ripening trace: dopamine has to follow by 0.3 to 2 s", fontsize=7.5)


def _draw_legend(axes: plt.Axes) -> None:
    axes.axis("off")
    for k, (sign, text) in enumerate(((1, "LTP"), (-1, "LTD"), (0, "nothing"))):
        marker = {1: "^", -1: "v", 0: "o"}[sign]
        axes.plot([], [], marker, color=COLOURS[sign], markersize=4, label=f"{text} in the source", zorder=k)
    axes.fill_between([], [], color="#f6f1e4", label="the table has a row for this panel")
    axes.legend(loc="center left", handlelength=1.2)
    note = "Panels of a row have one scale, set by the\nshaded ones; other curves may leave it."
    axes.text(0.02, 0.02, note, transform=axes.transAxes, fontsize=6.5, va="bottom", color="0.3")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the window of every rule, and growth against the delay of dopamine."""
    one = run["windows"].to_dataset()
    figure, axes = plt.subplots(2, 4, figsize=(TWO_COLUMNS, 3.6))
    *panels, last = axes.flat
    for name, panel in zip(RULES, panels, strict=True):
        _draw_window(panel, one.change.sel(rule=name))
        panel.spines[["left", "bottom"]].set_visible(True)
        before, after = (None if np.isnan(s) else s for s in one.sign.sel(rule=name).values.tolist())
        _mark(panel, before, after)
        panel.set_title(RULES[name], fontsize=7)
        panel.set_xlabel("Δt (ms)")
    _draw_delays(last, one.late_change)
    last.set_title("DA delay", fontsize=7)
    figure.suptitle(run_title(run), fontsize=8)
    return figure
