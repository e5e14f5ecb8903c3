"""From dopamine to PKA, and gating by acetylcholine, in direct-pathway neurons.

Upper row: the D1 cascade of Lindroos et al. (2018, ModelDB 237653) after a dopamine transient that peaks at
500 nM, in three interpretations of its onset. The published program removes the tonic 20 nM at the onset,
and only this interpretation reproduces its published substrate values. Lower row: responses to steady and
to brief doses; and two models of gating by acetylcholine at the adenylyl cyclase. In Dreyer's one-variable
cAMP model, burst and pause add up above a threshold; in the larger cascade of Nair et al. (2015) they
multiply. The factors (38 and 9) are those of the latter, not of the model in the upper row.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.reports.claims import Check

EXPERIMENT = "pka_and_gate"
ALPHAS = ("alpha_published", "alpha_on_base", "alpha_added")
GATE = ("pulse", "pause", "pulse_and_pause")
LARGE = ("burst", "pause", "burst_and_pause")
RUNS = {
    **{condition: (0,) for condition in (*ALPHAS, "steady", *GATE)},
    **{f"and_gate/{condition}": (0,) for condition in LARGE},
}

DOSES = (0, 5, 10, 20, 50, 100, 200, 500, 1000)  # nM
ONSET = 1.0  # s
SHOWN = 9.0  # s of the transients
SUBSTRATES = ("cAMP", "PKAc", "Target1p", "D1RDAGolf", "Gbgolf")

# substrates.json, ModelDB 237653: one second after the onset, or the highest until then.
PUBLISHED = {"Target1p": 957.34, "D1RDAGolf": 42.547, "cAMP": 1680.99, "Gbgolf": 342.86}
# The same reactions, integrated by LSODA with a relative tolerance of 1e-9.
ON_BASE = {"cAMP": 1704.13, "Target1p": 976.23}
ADDED = {"cAMP": (4252.97, 2.06), "PKAc": (497.54, 2.13)}  # highest (nM), seconds after the onset
STEADY = {
    "cAMP": (9.27987, 15.1811, 21.8706, 38.1860, 129.101, 621.987, 1979.52, 6247.05, 9020.20),
    "PKAc": (0.879341, 1.42631, 2.05922, 3.66078, 14.1512, 102.171, 324.946, 559.668, 598.789),
}
# BioModels BIOMD0000000635, integrated by LSODA: highest cAMP and PKAc as multiples of rest.
MULTIPLES = {"burst": (5.75, 1.46), "pause": (1.27, 1.01), "burst_and_pause": (38.4, 9.2)}

COLOUR = {
    "alpha_published": "#c1440e",
    "alpha_on_base": "#4477aa",
    "alpha_added": "#7f7f7f",
    "pulse": "#8a2be2",
    "burst": "#8a2be2",
    "pause": "#228833",
    "pulse_and_pause": "#c1440e",
    "burst_and_pause": "#c1440e",
}
LABEL = {
    "alpha_published": "removed",
    "alpha_on_base": "kept",
    "alpha_added": "added",
    "pulse": "dopamine",
    "burst": "dopamine",
    "pause": "pause of ACh",
    "pulse_and_pause": "both",
    "burst_and_pause": "both",
}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        In nM, of each dose: ``start``, ``last``, ``highest`` and, one second after the onset,
        ``at_one_second`` and ``highest_by_then`` (run, substrate, dose), with ``highest_at`` in s after the
        onset; Dreyer's cAMP at its highest, ``direct`` and ``indirect`` (run, dose); and time courses of
        one dose, ``course`` (run, shown, time).
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    large = run.attrs["experiment"] == "and_gate"
    cell = run["modulators/gate" if large else "modulators/cascade"].to_dataset()
    levels = cell.to_dataarray("substrate").rename(region="dose")
    levels = levels.reindex(substrate=list(SUBSTRATES)).assign_coords(time=cell.time.values - ONSET)
    first = levels.isel(time=np.flatnonzero(levels.time.values <= 1 + 1e-9))
    after = levels.isel(time=np.flatnonzero(levels.time.values >= 0))
    row = xr.Dataset(
        {
            "start": levels.isel(time=0, drop=True),
            "last": levels.isel(time=-1, drop=True),
            "highest": after.max("time"),
            "highest_at": after.fillna(0).idxmax("time"),
            "at_one_second": first.isel(time=-1, drop=True),
            "highest_by_then": first.max("time"),
            "course": _course(run, levels, DOSES.index(1000 if large else 500)),
        }
    )
    for name in ("direct", "indirect"):
        peak = np.full(len(DOSES), np.nan) if large else run[f"modulators/{name}"].cAMP.max("time").values
        row[name] = ("dose", peak)
    about = {name: run.attrs[name] for name in ("condition", "experiment", "seed")}
    return row.assign_coords(dose=list(DOSES), **about)


def _course(run: xr.DataTree, levels: xr.DataArray, dose: int) -> xr.DataArray:
    """Return dopamine, cAMP and the target at one dose, every 20 ms, from before the onset."""
    dopamine = run["modulators/dopamine"].C[:, dose].values
    few = levels.isel(dose=dose, drop=True).sel(substrate=["cAMP", "Target1p"])
    parts = np.vstack([dopamine, few.transpose("substrate", "time").values])
    kept = np.flatnonzero((levels.time.values >= -0.5) & (levels.time.values <= SHOWN))[::2]
    coords = {"shown": ["dopamine", "cAMP", "Target1p"], "time": levels.time.values[kept].round(3)}
    return xr.DataArray(parts[:, kept], coords, ("shown", "time"))


def _of(summary: xr.Dataset, condition: str, experiment: str = EXPERIMENT) -> xr.Dataset:
    return runs_with(summary, experiment=experiment, condition=condition).isel(run=0)


def _multiple(summary: xr.Dataset, condition: str, name: str) -> float:
    """Return the highest cAMP or PKAc of the larger cascade at 1 µM, in multiples of rest."""
    one = _of(summary, condition, "and_gate").sel(substrate=name, dose=1000)
    return float(one.highest / one.start)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [
        *_check_transient(summary),
        *_check_steady(summary),
        *_check_dreyer(summary),
        *_check_nair(summary),
    ]


def _near(found: float, wanted: float, share: float = 1e-3) -> bool:
    return abs(found - wanted) <= share * abs(wanted)


def _check_transient(summary: xr.Dataset) -> list[Check]:
    published = _of(summary, "alpha_published").sel(dose=500)
    checks = []
    for name, wanted in PUBLISHED.items():
        early = name == "D1RDAGolf"
        one = published.highest_by_then if early else published.at_one_second
        found = float(one.sel(substrate=name))
        claim = f"the published transient, {'highest within' if early else 'after'} 1 s: {name}"
        checks.append(Check(claim, f"{wanted} nM within 0.1 %", f"{found:.2f} nM", _near(found, wanted)))
    for name, wanted in ON_BASE.items():
        found = float(_of(summary, "alpha_on_base").at_one_second.sel(dose=500, substrate=name))
        claim = f"if the tonic level kept, after 1 s: {name}"
        checks.append(Check(claim, f"{wanted:.0f} nM within 0.1 %", f"{found:.2f} nM", _near(found, wanted)))
    for name, (wanted, at) in ADDED.items():
        one = _of(summary, "alpha_added").sel(dose=500, substrate=name)
        found, when = float(one.highest), float(one.highest_at)
        checks.append(
            Check(
                f"if it is added to the tonic level, highest {name}",
                f"{wanted:.0f} nM within 0.1 %, at {at:.2f} s",
                f"{found:.2f} nM at {when:.2f} s",
                _near(found, wanted) and abs(when - at) <= 0.02,
            )
        )
    return checks


def _check_steady(summary: xr.Dataset) -> list[Check]:
    checks = []
    for name, wanted in STEADY.items():
        found = _of(summary, "steady").last.sel(substrate=name).values
        off = float(np.max(np.abs(found / np.array(wanted) - 1)))
        claim = f"steady {name} at nine doses"
        checks.append(Check(claim, "within 0.1 % of the table", f"{100 * off:.4f} % at most", off <= 1e-3))
    half = _half(summary)
    wanted = "160 to 200 nM, though Kd is 5000 nM"
    checks.append(Check("half-maximal steady PKAc at", wanted, f"{half:.0f} nM", 160 <= half <= 200))
    return checks


def _half(summary: xr.Dataset) -> float:
    """Return the dose that gives half of the PKAc of the highest one, between doses on a log scale."""
    response = _of(summary, "steady").last.sel(substrate="PKAc").values[1:]
    return float(np.exp(np.interp(response[-1] / 2, response, np.log(DOSES[1:]))))


def _check_dreyer(summary: xr.Dataset) -> list[Check]:
    bursts, dips = summary.dose.values > 50, summary.dose.values < 50
    pulse, pause, both = (_of(summary, condition).direct.values for condition in GATE)
    more = (both - pulse - pause)[bursts]
    indirect = _of(summary, "pulse").indirect.values
    return [
        Check(
            "Dreyer, direct pathway: burst with pause exceeds the sum of both alone",
            "at every burst",
            f"by {more.min():.3f} or more",
            bool(np.all(more > 0)),
        ),
        Check(
            "Dreyer, direct pathway: a dip of dopamine has no effect",
            "0",
            f"{pulse[dips].max():.3f} at most",
            bool(np.all(pulse[dips] == 0)),
        ),
        Check(
            "Dreyer, indirect pathway: a dip raises cAMP, a burst does not",
            "more for a deeper dip, and 0",
            f"{indirect[dips].round(2).tolist()}, and {indirect[bursts].max():.2f}",
            bool(np.all(np.diff(indirect[dips]) < 0) and np.all(indirect[bursts] == 0)),
        ),
    ]


def _check_nair(summary: xr.Dataset) -> list[Check]:
    checks = []
    for condition, wanted in MULTIPLES.items():
        found = [_multiple(summary, condition, name) for name in ("cAMP", "PKAc")]
        checks.append(
            Check(
                f"Nair, direct pathway, 1 µM for 0.4 s: {LABEL[condition]}",
                f"cAMP ×{wanted[0]}, PKAc ×{wanted[1]}, within 1 %",
                f"×{found[0]:.2f}, ×{found[1]:.2f}",
                all(_near(f, w, 0.01) for f, w in zip(found, wanted, strict=True)),
            )
        )
    return checks


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.8))
    _draw_transient(axes[0, 0], summary)
    _draw_substrate(axes[0, 1], summary, "cAMP", "cAMP", "upper right")
    _draw_substrate(axes[0, 2], summary, "Target1p", "target-P", "lower right")
    _draw_doses(axes[1, 0], summary)
    _draw_dreyer(axes[1, 1], summary)
    _draw_nair(axes[1, 2], summary)
    return figure


def _draw_transient(axes: plt.Axes, summary: xr.Dataset) -> None:
    for alpha in ALPHAS:
        axes.plot(
            summary.time,
            _of(summary, alpha).course.sel(shown="dopamine"),
            color=COLOUR[alpha],
            label=LABEL[alpha],
        )
    axes.set(xlabel="Time from onset (s)", ylabel="Dopamine (nM)", xlim=(-0.5, 5), title="Dopamine transient")
    axes.legend(title="Tonic 20 nM")


def _draw_substrate(axes: plt.Axes, summary: xr.Dataset, name: str, title: str, place: str) -> None:
    for alpha in ALPHAS[::-1]:
        level = _of(summary, alpha).course.sel(shown=name) / 1000
        axes.plot(summary.time, level, color=COLOUR[alpha])
    wanted = PUBLISHED[name] / 1000
    axes.plot(1, wanted, "ok", markersize=4, markerfacecolor="none", label="published")
    axes.set(xlabel="Time from onset (s)", ylabel="Concentration (µM)", xlim=(-0.5, 5), ylim=(0, None))
    axes.set_title(f"D1 cascade, {title}")
    axes.legend(loc=place)


def _draw_doses(axes: plt.Axes, summary: xr.Dataset) -> None:
    doses = summary.dose.values[1:]
    steady = _of(summary, "steady").last.sel(substrate="PKAc").values[1:]
    brief = _of(summary, "alpha_published").highest.sel(substrate="PKAc").values[1:]
    axes.plot(doses, steady, "o-", color="k", markersize=3, label="steady")
    axes.plot(doses, brief, "o-", color=COLOUR["alpha_published"], markersize=3, label="brief, at its peak")
    half = _half(summary)
    axes.plot([half, half], [0, steady[-1] / 2], ":", color="0.5", linewidth=0.8)
    axes.text(half * 0.9, steady[-1] / 2, f"half at {half:.0f} nM", ha="right", va="center")
    axes.set(xscale="log", xlabel="Dopamine (nM)", ylabel="PKAc (nM)", ylim=(0, 650))
    axes.set_title("Dose–response curve")
    axes.legend(loc="upper left")


def _draw_dreyer(axes: plt.Axes, summary: xr.Dataset) -> None:
    doses = summary.dose.values
    for gate in GATE:
        axes.plot(
            doses,
            _of(summary, gate).direct,
            "o-",
            color=COLOUR[gate],
            markersize=3,
            label=f"{LABEL[gate]}, direct",
        )
    indirect = _of(summary, "pulse").indirect
    axes.plot(doses, indirect, "s--", color=COLOUR["pulse"], markersize=3, label="dopamine, indirect")
    axes.axvline(50, color="0.8", linewidth=0.8, zorder=0)
    axes.set_xscale("symlog", linthresh=5, linscale=0.4)
    axes.set_xticks([0, 10, 100, 1000], ["0", "10", "100", "1000"])
    axes.set(xlabel="Dopamine for 0.4 s (nM)", ylabel="Peak cAMP (a.u.)", xlim=(-1, 1300))
    axes.set_title("Gate, Dreyer (tonic 50 nM)")
    axes.legend(loc="upper left")


def _draw_nair(axes: plt.Axes, summary: xr.Dataset) -> None:
    for large in LARGE:
        level = _of(summary, large, "and_gate").course.sel(shown="cAMP")
        axes.plot(summary.time, level / level[0], color=COLOUR[large], label=LABEL[large])
    axes.axvspan(0, 0.4, color="0.9", linewidth=0, zorder=0)
    axes.set(xlabel="Time from onset (s)", ylabel="cAMP (relative to baseline)", xlim=(-0.5, 9), ylim=(0, 42))
    axes.set_title("Gate, Nair 2015 (1 µM, 0.4 s)")
    axes.legend(loc="upper right")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: dopamine and what follows it, a line per dose."""
    component = "gate" if run.attrs["experiment"] == "and_gate" else "cascade"
    names = ("cAMP", "PKAc") if component == "gate" else ("cAMP", "PKAc", "Target1p")
    end = None if run.attrs["condition"] == "steady" else ONSET + SHOWN
    figure, axes = plt.subplots(1, len(names) + 1, figsize=(TWO_COLUMNS, 2.4))
    levels = [run["modulators/dopamine"].C, *(run[f"modulators/{component}"][name] for name in names)]
    colours = plt.get_cmap("viridis")(np.linspace(0, 0.9, len(DOSES)))
    for panel, level, name in zip(axes, levels, ("Dopamine", *names), strict=True):
        for row, colour in enumerate(colours):
            panel.plot(level.time, level[:, row], color=colour, label=f"{DOSES[row]}")
        panel.set(xlabel="Time (s)", title=f"{name} (nM)", xlim=(0, end or float(level.time[-1])))
    axes[0].legend(title="Dose (nM)", fontsize="xx-small", title_fontsize="xx-small", ncols=2)
    return figure
