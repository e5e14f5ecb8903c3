"""Dopamine autoreceptors: negative feedback on release, with and without a blocker of uptake.

With autoreceptors on terminals, the steady-state concentration is the root of a quadratic; somatodendritic
autoreceptors close a second loop through the firing rate. In simulations spike by spike, with regular or
random firing, both loops converge to the solution of the equations (parameters of Dreyer's toolbox).
Nomifensine raises dopamine, which autoreceptors partly counteract; an autoreceptor antagonist alone raises
it.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.optimize import brentq

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import listed, mean_and_deviation
from neuromodsim.plots.colours import COLOUR
from neuromodsim.reports.claims import Check

EXPERIMENT = "dopamine_feedback"
REGIONS = ("vta", "snc")
NAMES = {"vta": "accumbens (VTA)", "snc": "dorsal striatum (SNc)"}
LOOK = {"vta": COLOUR["ventral"], "snc": COLOUR["dorsal"]}
RATES = (1, 2, 4)  # Hz
SEEDS = tuple(range(5))
AT_RATES = tuple(f"{region}_{rate}" for region in REGIONS for rate in RATES)
DRUGS = tuple(f"{region}_{drug}" for region in REGIONS for drug in ("blocker", "antagonist"))
AT_RANDOM = ("vta_poisson", "snc_poisson", "soma_poisson")
RUNS = dict.fromkeys((*AT_RATES, *DRUGS, "soma"), (0,)) | dict.fromkeys(AT_RANDOM, SEEDS)

# Dreyer's toolbox; nmol/L and seconds.
UPTAKE = {"vta": 1500.0, "snc": 4000.0}
RELEASE = {"vta": 200.0, "snc": 400.0}
K_M, K_D, GAIN = 160.0, 100.0, 3.0
SOMA = {"uptake": 200.0, "release": 20.0, "K_d": 1000.0, "fall": 10.0, "input": 5.0}
BLOCKER, ANTAGONIST = 1 + 100 / 56, 1 + 1500 / 15  # 1 + dose / K_i
TABLE = {"vta": (16.5, 29.9, 55.5), "snc": (12.9, 23.4, 42.7)}  # nmol/L at the three rates
SETTLED = 40.0  # s


def at_rest(
    region: str, rate: float, *, blocked: float = 1.0, antagonised: float = 1.0, gain: float = GAIN
) -> float:
    """Return the concentration at rest in nmol/L: the positive root of the toolbox's quadratic.

    ``blocked`` and ``antagonised`` multiply the affinities of transporter and autoreceptor.
    """
    uptake, released = UPTAKE[region], rate * RELEASE[region]
    half_taken, half_bound = blocked * K_M, antagonised * K_D
    coefficients = (
        released - uptake * (1 + gain),
        released * (half_bound + half_taken) - half_bound * uptake,
        released * half_taken * half_bound,
    )
    return float(np.roots(coefficients).real.max())


def soma_at_rest() -> tuple[float, float]:
    """Return rate in Hz and somatodendritic concentration in nmol/L where the somatic loop rests."""

    def surplus(level: float) -> float:
        return rate(level) * SOMA["release"] - SOMA["uptake"] * level / (K_M + level)

    def rate(level: float) -> float:
        return SOMA["input"] - SOMA["fall"] * level / (SOMA["K_d"] + level)

    level = float(brentq(surplus, 0, 1000))
    return rate(level), level


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``C``, ``occupied``, ``soma_C``, ``rate`` (run): means once settled, concentrations in nmol/L,
        rate in Hz as the somatic loop leaves it; ``course``, ``soma_course`` (run, time) in nmol/L.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    terminals = run["modulators/dopamine"].to_dataset().isel(region=0)
    bodies = run["modulators/somatodendritic"].to_dataset().isel(region=0)
    late = slice(SETTLED, None)
    shown = slice(None, None, 20)  # every 200 ms
    return xr.Dataset(
        {
            "C": terminals.C.sel(time=late).mean(),
            "occupied": terminals.terminal.sel(time=late).mean(),
            "soma_C": bodies.C.sel(time=late).mean(),
            "rate": SOMA["input"] - SOMA["fall"] * bodies.soma.sel(time=late).mean(),
            "course": ("time", np.round(terminals.C.values[shown], 2)),
            "soma_course": ("time", np.round(bodies.C.values[shown], 2)),
        },
        coords={
            "time": terminals.time.values[shown],
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _level(summary: xr.Dataset, condition: str) -> float:
    return float(runs_with(summary, condition=condition).C.mean())


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [
        *(_at_rates(summary, region) for region in REGIONS),
        *(_at_random(summary, region) for region in REGIONS),
        *_soma(summary),
        *(_with_drug(summary, region, drug) for region in REGIONS for drug in ("blocker", "antagonist")),
        *(_held_back(summary, region) for region in REGIONS),
    ]


def _at_rates(summary: xr.Dataset, region: str) -> Check:
    found = [_level(summary, f"{region}_{rate}") for rate in RATES]
    exact = [at_rest(region, rate) for rate in RATES]
    return Check(
        f"dopamine at 1, 2, 4 Hz in the {NAMES[region]} is the root of the quadratic",
        f"{_list(TABLE[region])} nmol/L",
        f"{_list(found)} nmol/L",
        bool(np.allclose(found, exact, rtol=0.005) and np.allclose(exact, TABLE[region], atol=0.06)),
    )


def _at_random(summary: xr.Dataset, region: str) -> Check:
    found = runs_with(summary, condition=f"{region}_poisson").C.values
    exact = at_rest(region, 4)
    return Check(
        f"with cells that fire at random at 4 Hz, {NAMES[region]}",
        f"{exact:.1f} nmol/L within 4 %",
        f"{mean_and_deviation(found, 1)} nmol/L over {found.size} seeds",
        bool(abs(found.mean() - exact) <= 0.04 * exact),
    )


def _soma(summary: xr.Dataset) -> list[Check]:
    rate, level = soma_at_rest()
    one, random = runs_with(summary, condition="soma"), runs_with(summary, condition="soma_poisson")
    at_terminals = at_rest("vta", rate)
    return [
        Check(
            "the somatic loop with an input of 5 Hz settles at a rate of",
            f"{rate:.3f} Hz",
            f"{float(one.rate.mean()):.3f} Hz; {float(random.rate.mean()):.2f} Hz with firing at random",
            bool(abs(float(one.rate.mean()) - rate) < 0.004 * rate),
        ),
        Check(
            "and at a somatodendritic concentration of",
            f"{level:.1f} nmol/L",
            f"{float(one.soma_C.mean()):.1f} nmol/L; {float(random.soma_C.mean()):.1f} with firing at random",
            bool(abs(float(one.soma_C.mean()) - level) < 0.005 * level),
        ),
        Check(
            "which the terminal loop turns into",
            f"{at_terminals:.1f} nmol/L",
            f"{float(one.C.mean()):.1f} nmol/L",
            bool(abs(float(one.C.mean()) - at_terminals) < 0.005 * at_terminals),
        ),
    ]


def _with_drug(summary: xr.Dataset, region: str, drug: str) -> Check:
    found = _level(summary, f"{region}_{drug}")
    exact = _drugged(region, drug)
    says = {
        "blocker": "100 nmol/L of nomifensine make K_m 2.8 times as large",
        "antagonist": "an antagonist makes the autoreceptor's K_d 101 times as large",
    }
    return Check(
        f"{says[drug]}, {NAMES[region]}",
        f"{exact:.1f} nmol/L",
        f"{found:.1f} nmol/L",
        bool(np.isclose(found, exact, rtol=0.005)),
    )


def _drugged(region: str, drug: str) -> float:
    if drug == "blocker":
        return at_rest(region, 4, blocked=BLOCKER)
    return at_rest(region, 4, antagonised=ANTAGONIST)


def _held_back(summary: xr.Dataset, region: str) -> Check:
    rise = _level(summary, f"{region}_blocker") / _level(summary, f"{region}_4")
    return Check(
        f"autoreceptors reduce the effect of the blocker, {NAMES[region]}",
        f"less than {BLOCKER:.2f} times as much dopamine, the factor without them",
        f"{rise:.2f} times",
        bool(1 < rise < BLOCKER),
    )


def _list(values: Iterable[float]) -> str:
    return listed(values, "{:.1f}")


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.6))
    (rates, course), (soma, drugs) = axes
    _draw_rates(rates, summary)
    _draw_course(course, summary)
    _draw_soma(soma, summary)
    _draw_drugs(drugs, summary)
    return figure


def _draw_rates(panel: Axes, summary: xr.Dataset) -> None:
    fine = np.linspace(0, 5, 101)
    for region in REGIONS:
        closed = [at_rest(region, rate) for rate in fine]
        without = [at_rest(region, rate, gain=0.0) for rate in fine]
        panel.plot(fine, closed, color=LOOK[region], label=NAMES[region])
        panel.plot(fine, without, color=LOOK[region], linestyle=":", linewidth=0.9)
        found = [_level(summary, f"{region}_{rate}") for rate in RATES]
        panel.plot(RATES, found, "o", color=LOOK[region], markersize=4)
    panel.plot([], [], color="0.4", linestyle=":", linewidth=0.9, label="without autoreceptors")
    panel.set(xlabel="Rate (Hz)", ylabel="Dopamine (nmol/L)", xlim=(0, 5), ylim=(0, 200))
    panel.set_title("Terminal autoreceptors (lines: closed form)")
    panel.legend(loc="upper left")


def _draw_course(panel: Axes, summary: xr.Dataset) -> None:
    for region in REGIONS:
        random = runs_with(summary, condition=f"{region}_poisson").isel(run=0)
        panel.plot(summary.time, random.course, color=LOOK[region], alpha=0.5, linewidth=0.6)
        panel.plot(summary.time, runs_with(summary, condition=f"{region}_4").course[0], color=LOOK[region])
        panel.axhline(at_rest(region, 4), color="k", linewidth=0.7, linestyle="--")
    panel.set(xlabel="Time (s)", ylabel="Dopamine (nmol/L)", xlim=(0, 30), ylim=(0, None))
    panel.set_title("4 Hz from zero concentration (thin: random)")


def _draw_soma(panel: Axes, summary: xr.Dataset) -> None:
    rate, level = soma_at_rest()
    for one in runs_with(summary, condition="soma_poisson").soma_course:
        panel.plot(summary.time, one, color=COLOUR["dopamine"], alpha=0.3, linewidth=0.6)
    panel.plot(summary.time, runs_with(summary, condition="soma").soma_course[0], color=COLOUR["dopamine"])
    panel.axhline(level, color="k", linewidth=0.7, linestyle="--")
    panel.set(xlabel="Time (s)", ylabel="Dopamine (nmol/L)", xlim=(0, 30), ylim=(0, None))
    panel.set_title(f"Around cell bodies: input of 5 Hz, {rate:.1f} Hz remain")


def _draw_drugs(panel: Axes, summary: xr.Dataset) -> None:
    shown = ("4", "blocker", "antagonist")
    for shift, region in zip((-0.2, 0.2), REGIONS, strict=True):
        found = [_level(summary, f"{region}_{one}") for one in shown]
        exact = [at_rest(region, 4), *(_drugged(region, drug) for drug in shown[1:])]
        places = np.arange(len(shown)) + shift
        panel.bar(places, found, width=0.36, color=LOOK[region], label=NAMES[region])
        panel.hlines(exact, places - 0.18, places + 0.18, color="k", linewidth=1.2)
    panel.plot([], [], color="k", linewidth=1.2, label="closed form")
    panel.set(
        xticks=range(3), xticklabels=("no drug", "nomifensine\n100 nmol/L", "D2 antagonist\non terminals")
    )
    panel.set(ylabel="Dopamine (nmol/L)", ylim=(0, 210), title="Drugs at 4 Hz")
    panel.legend(loc="upper left")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: both compartments, and the occupancy of their autoreceptors."""
    terminals, bodies = (run[f"modulators/{name}"].to_dataset() for name in ("dopamine", "somatodendritic"))
    figure, (levels, bound) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.4))
    levels.plot(terminals.time, terminals.C[:, 0], color=COLOUR["ventral"], label="terminals")
    levels.plot(bodies.time, bodies.C[:, 0], color=COLOUR["dopamine"], label="cell bodies")
    levels.set(xlabel="Time (s)", ylabel="Dopamine (nmol/L)", ylim=(0, None))
    levels.set_title(f"{run.attrs['condition'].replace('_', ', ')}, seed {run.attrs['seed']}")
    bound.plot(terminals.time, terminals.terminal[:, 0], color=COLOUR["ventral"], label="terminals")
    bound.plot(bodies.time, bodies.soma[:, 0], color=COLOUR["dopamine"], label="cell bodies")
    bound.set(xlabel="Time (s)", ylabel="Autoreceptor occupancy", ylim=(0, None), title="Autoreceptors")
    for panel in (levels, bound):
        panel.legend()
    return figure
