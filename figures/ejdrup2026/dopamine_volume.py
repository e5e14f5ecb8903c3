"""Spatial dopamine dynamics: a tonic level in the ventral striatum, hotspots in the dorsal striatum.

Diffusion from a single vesicle follows its closed form. At tonic firing of 4 Hz, release events in the
dorsal striatum hardly overlap, because uptake is fast; in the ventral striatum they merge into a tonic
level, which bursts raise and pauses lower three times more slowly. D1 follows the concentration, D2
averages it over seconds (Ejdrup et al. 2026). Expected values for the box were computed from the same
equations by an independent program, in a box of the same size; closed forms are exact.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from figures.ejdrup2026._point_source import AGES, ONE_VESICLE, check_point_source, draw_point_source
from figures.style import TWO_COLUMNS
from neuromodsim.analysis.crossings import first_below as _first_below
from neuromodsim.analysis.wording import extremes, listed
from neuromodsim.plots.colours import COLOUR
from neuromodsim.reports.claims import Check

EXPERIMENT = "dopamine_volume"
SEEDS = tuple(range(5))
REGIONS = ("dorsal", "ventral")
FIRING = ("tonic", "burst", "pause")
CONDITIONS = tuple(f"{region}_{firing}" for region in REGIONS for firing in FIRING)
RUNS = (
    dict.fromkeys(CONDITIONS, SEEDS)
    | {f"dopamine_volume_well_mixed/{name}": (0,) for name in CONDITIONS}
    | {f"point_source/{name}": (0,) for name in ("no_uptake", *REGIONS)}
)

START, BURST_END = 1.0, 1.3  # s
SETTLED = 0.5  # s
EVERY = 5  # ms between the kept samples of traces
K_M = 210.0  # nmol/L
V_MAX = {"dorsal": 6000.0, "ventral": 2000.0}  # nmol/L per second
RATE = {"no_uptake": 0.0} | {region: V_MAX[region] / K_M for region in REGIONS}  # 1/s, far from saturation
RISE = {"dorsal": 0.06 * 0.04 * ONE_VESICLE, "ventral": 0.06 * 0.036 * ONE_VESICLE}  # nmol/L per spike of all
STEP = 0.025e-3  # s: the vesicle opens at the end of the first step
# Mean and standard deviation over five seeds of the independent program.
WANTED = {
    "tonic": {"dorsal": (9.4, 0.4), "ventral": (25.7, 1.0)},
    "D1_tonic": {"dorsal": (0.0092, 0.0004), "ventral": (0.0250, 0.0009)},
    "peak": {"dorsal": (64, 4), "ventral": (152, 8)},
    "half_decay": {"dorsal": (34, 3), "ventral": (130, 15)},
}
BINS = np.logspace(-1, 3.2, 43)


def steady(region: str, rate: float) -> float:
    """Return the well-mixed steady state at a rate of firing in Hz, in nmol/L."""
    release = rate * RISE[region]
    return K_M * release / (V_MAX[region] - release)


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of all runs; a ``run`` here is a condition, over its seeds.

    Returns
    -------
    xr.Dataset
        ``C``, ``D1``, ``D2`` (run, time) as means over the box and seeds, with their standard deviations
        over seeds ``..._sd``; ``tonic``, ``D1_tonic``, ``peak``, ``half_decay``, ``decay``, ``D2_left``,
        ``skew`` (run, seed), NaN where the firing is another; ``mixed_...`` the same without space;
        ``map`` (region, y, x) and ``share`` (region, bin) of one slice; ``profile`` (cloud, age, radius),
        ``highest`` (cloud, radius), ``reach`` (cloud, level) and ``length`` (cloud) of the point source.
    """
    boxes, mixed, clouds, slices = {}, {}, {}, {}
    for run in runs:
        name, condition = run.attrs["experiment"], run.attrs["condition"]
        if name == "point_source":
            clouds[condition] = _cloud(run["modulators/dopamine"].to_dataset())
        elif name == "dopamine_volume_well_mixed":
            mixed[condition] = _traces(run["modulators/dopamine"].to_dataset()).expand_dims("seed")
        else:
            boxes.setdefault(condition, []).append(_traces(run["modulators/fibre"].to_dataset()))
            if condition.endswith("tonic"):
                slices.setdefault(condition, []).append(run["modulators/dopamine"].C.values.copy())
    seeds = {name: xr.concat(traces, "seed") for name, traces in boxes.items()}
    without = _numbers(mixed).isel(seed=0)
    parts = [_numbers(seeds), without.rename({name: f"mixed_{name}" for name in without.data_vars})]
    parts += [_in_slices(slices), xr.concat(clouds.values(), "cloud").assign_coords(cloud=list(clouds))]
    return xr.merge(parts).assign_coords(condition=("run", list(seeds)))


def _traces(samples: xr.Dataset) -> xr.Dataset:
    """Return the levels of one row, without the sample at the end, at which no step begins."""
    one = samples[["C", "D1", "D2"]].isel(region=0, time=slice(0, -1))
    return one.copy(deep=True)


def _numbers(seeds: dict[str, xr.Dataset]) -> xr.Dataset:
    """Return the traces of each condition, thinned out, and the numbers that are read from them."""
    rows = []
    for name, traces in seeds.items():
        region, _, firing = name.partition("_")
        kept = traces.isel(time=slice(None, None, EVERY))
        spread = kept.std("seed", ddof=1) if kept.sizes["seed"] > 1 else 0 * kept.isel(seed=0)
        shown = xr.merge([kept.mean("seed"), spread.rename({level: f"{level}_sd" for level in spread})])
        base = float(seeds[f"{region}_tonic"].C.sel(time=slice(SETTLED, None)).mean())
        rows.append(xr.merge([_rounded(shown), READ[firing](traces, base)]))
    return xr.concat(rows, "run")


def _of_tonic(traces: xr.Dataset, base: float) -> xr.Dataset:
    late = traces.sel(time=slice(SETTLED, None)).mean("time")
    return xr.Dataset({"tonic": late.C, "D1_tonic": late.D1})


def _of_burst(traces: xr.Dataset, base: float) -> xr.Dataset:
    burst = traces.C.sel(time=slice(START, BURST_END + 0.01))
    after = traces.C.sel(time=slice(BURST_END, None))
    return xr.Dataset(
        {
            "peak": burst.max("time"),
            "half_decay": _first_below(after, (after.isel(time=0, drop=True) + base) / 2),
        }
    )


def _of_pause(traces: xr.Dataset, base: float) -> xr.Dataset:
    silent = traces.sel(time=slice(START, START + 1))
    return xr.Dataset(
        {
            "decay": _first_below(silent.C, base / 10) - _first_below(silent.C, base / 2),
            "D2_left": silent.D2.isel(time=-1, drop=True) / silent.D2.isel(time=0, drop=True),
        }
    )


READ = {"tonic": _of_tonic, "burst": _of_burst, "pause": _of_pause}


def _in_slices(slices: dict[str, list[np.ndarray]]) -> xr.Dataset:
    """Return how dopamine lies in the slice through the middle of the box, at tonic firing."""
    shares, maps = [], []
    skew = np.full((len(CONDITIONS), len(next(iter(slices.values())))), np.nan)
    for region in REGIONS:
        planes = [one[len(one) // 5 :] for one in slices[f"{region}_tonic"]]
        side = round(planes[0].shape[1] ** 0.5)
        every = np.concatenate([one.ravel() for one in planes])
        shares.append(np.histogram(every, BINS)[0] / every.size)
        maps.append(planes[0][-2].reshape(side, side))
        skew[CONDITIONS.index(f"{region}_tonic")] = [one.mean() / np.median(one) for one in planes]
    return xr.Dataset(
        {
            "share": (("region", "bin"), shares),
            "skew": (("run", "seed"), skew),
            "map": (("region", "y", "x"), np.round(maps, 2)),
        },
        coords={"region": list(REGIONS), "bin": np.sqrt(BINS[1:] * BINS[:-1])},
    )


def _cloud(samples: xr.Dataset) -> xr.Dataset:
    """Return what one vesicle does along a row of voxels from its place on."""
    along, age = samples.C.values[1:], samples.time.values[1:] - STEP
    radius = 0.5 * np.arange(along.shape[1])
    highest = along.max(axis=0)
    logs = -np.log(highest[1:])
    reach = [float(np.interp(-np.log(level), logs, radius[1:])) for level in (100, 10)]
    # Of a steady source, by linearity: what one vesicle leaves behind, summed over time.
    slope = np.polyfit(radius[4:18], np.log(radius[4:18] * along.sum(axis=0)[4:18]), 1)[0]
    at = [int(np.argmin(np.abs(age - one * 1e-3))) for one in AGES]
    return xr.Dataset(
        {
            "profile": (("age", "radius"), along[at]),
            "age_s": ("age", age[at]),
            "highest": ("radius", highest),
            "reach": ("level", reach),
            "length": -1 / slope,
        },
        coords={"age": list(AGES), "radius": radius, "level": [100, 10]},
    )


def _rounded(data: xr.Dataset) -> xr.Dataset:
    """Return traces with as many digits as can be seen, so that the summary stays small."""
    return data.map(lambda one: one.round(2 if one.name.startswith("C") else 5))


def _of(summary: xr.Dataset, condition: str) -> xr.Dataset:
    (at,) = np.flatnonzero(summary.condition.values == condition)
    return summary.isel(run=at)


def _number(summary: xr.Dataset, name: str, firing: str) -> np.ndarray:
    """Return a number of the dorsal and of the ventral striatum, of each seed if there are several."""
    return np.array([_of(summary, f"{region}_{firing}")[name].values for region in REGIONS])


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*check_point_source(summary, RATE), *_well_mixed(summary), *_box(summary), *_differences(summary)]


def _well_mixed(summary: xr.Dataset) -> list[Check]:
    tonic = np.array([steady(region, 4) for region in REGIONS])
    settled, peak = (
        _number(summary, f"mixed_{name}", firing) for name, firing in (("tonic", "tonic"), ("peak", "burst"))
    )
    return [
        Check(
            "well mixed, tonic dopamine equals the closed form, dorsal and ventral",
            f"{listed(tonic, '{:.2f}')} nmol/L",
            f"{listed(settled, '{:.2f}')} nmol/L",
            bool(np.allclose(settled, tonic, rtol=0.01)),
        ),
        Check(
            "well mixed, concentration at the end of a burst",
            "49, 145 nmol/L",
            f"{listed(peak, '{:.1f}')} nmol/L",
            bool(np.allclose(peak, [49, 145], rtol=0.01)),
        ),
        *_well_mixed_decays(summary, tonic),
    ]


def _well_mixed_decays(summary: xr.Dataset, tonic: np.ndarray) -> list[Check]:
    half, decay = (
        _number(summary, f"mixed_{name}", firing)
        for name, firing in (("half_decay", "burst"), ("decay", "pause"))
    )
    silent = np.array(
        [1e3 * (K_M * np.log(5) + 0.4 * c) / V_MAX[r] for r, c in zip(REGIONS, tonic, strict=True)]
    )
    return [
        Check(
            "well mixed, half-life after a burst",
            "30, 124 ms",
            f"{listed(half, '{:.0f}')} ms",
            bool(np.allclose(half, [30, 124], atol=1.5)),
        ),
        Check(
            "well mixed, decay from a half to a tenth in a pause takes the time of the closed form",
            f"{listed(silent, '{:.1f}')} ms",
            f"{listed(decay, '{:.0f}')} ms",
            bool(np.allclose(decay, silent, atol=1.5)),
        ),
    ]


def _box(summary: xr.Dataset) -> list[Check]:
    lines = (
        ("tonic", "tonic", 10, "tonic dopamine, mean of the box", "{:.1f}", " nmol/L"),
        ("D1_tonic", "tonic", 10, "tonic D1 occupancy", "{:.4f}", ""),
        ("peak", "burst", 20, "peak of a burst, mean of the box", "{:.0f}", " nmol/L"),
        ("half_decay", "burst", 30, "half-life after a burst", "{:.0f}", " ms"),
    )
    return [
        _near(f"{claim}, {region}", WANTED[name][region], percent, values, form, unit)
        for name, firing, percent, claim, form, unit in lines
        for region, values in zip(REGIONS, _number(summary, name, firing), strict=True)
    ]


def _near(
    claim: str, wanted: tuple[float, float], percent: int, values: np.ndarray, form: str, unit: str
) -> Check:
    """Return whether two means are as near as boxes with sites elsewhere let them be."""
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    return Check(
        claim,
        f"{form.format(wanted[0])} ± {form.format(wanted[1])}{unit}, within {percent} %",
        f"{form.format(mean)} ± {form.format(spread)}{unit} over {values.size} seeds",
        bool(abs(mean - wanted[0]) <= percent / 100 * wanted[0]),
    )


def _differences(summary: xr.Dataset) -> list[Check]:
    constant = _number(summary, "decay", "pause").mean(axis=1) / np.log(5)
    skew, left = _number(summary, "skew", "tonic"), _number(summary, "D2_left", "pause")
    ratio = constant[1] / constant[0]
    return [
        Check(
            "decay in a pause, from a half to a tenth, has the time constant of uptake",
            "34.7, 108 ms",
            f"{listed(constant, '{:.1f}')} ms",
            bool(np.allclose(constant, [34.7, 108], rtol=0.03)),
        ),
        Check(
            "uptake in the ventral striatum is slower by the ratio of V_max",
            "about 3",
            f"{ratio:.2f}",
            bool(abs(ratio - 3) < 0.3),
        ),
        Check(
            "dopamine is far more skewed in the dorsal striatum (mean over median of voxels)",
            "further above 1 than twice the ventral one, in every run",
            f"{extremes(skew[0], 2)}, ventral {extremes(skew[1], 2)}",
            bool(skew[0].min() - 1 > 2 * (skew[1].max() - 1)),
        ),
        Check(
            "D2 occupancy that remains after a pause of 1 s",
            "at least exp(-0.2) = 0.819",
            extremes(left, 3),
            bool(left.min() >= np.exp(-0.2)),
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(3, 3, figsize=(TWO_COLUMNS, 6.6))
    draw_point_source(axes[0, 0], summary)
    for panel, region in zip(axes[0, 1:], REGIONS, strict=True):
        image = _draw_map(panel, summary["map"].sel(region=region), f"{region.capitalize()}, tonic 4 Hz")
    figure.colorbar(image, ax=axes[0, 2], label="Dopamine (nmol/L)")
    _draw_levels(axes[1, 0], summary, "burst", "C", "Dopamine (nmol/L)", "Burst: six spikes at 20 Hz")
    _draw_levels(axes[1, 1], summary, "pause", "C", "Dopamine (nmol/L)", "Pause of 1 s")
    axes[1, 1].set(yscale="log", ylim=(0.2, 60))
    _draw_shares(axes[1, 2], summary)
    _draw_levels(axes[2, 0], summary, "burst", "D1", "D1 occupancy", "D1 follows a burst")
    _draw_levels(axes[2, 1], summary, "burst", "D2", "D2 occupancy", "D2 decays over seconds")
    _draw_levels(axes[2, 2], summary, "pause", "D2", "D2 occupancy", "D2 falls slowly in a pause")
    for panel in axes[2, 1:]:
        panel.set_ylim(0, 1)
    return figure


def _draw_map(panel: Axes, plane: xr.DataArray, title: str) -> object:
    side = plane.sizes["x"]
    image = panel.imshow(plane, norm=LogNorm(1, 300), extent=(0, side, 0, side), cmap="magma", origin="lower")
    panel.set(xlabel="x (µm)", ylabel="y (µm)", title=title, xticks=(0, 10, 20, 30), yticks=(0, 10, 20, 30))
    for spine in panel.spines.values():
        spine.set_visible(False)
    return image


def _draw_levels(panel: Axes, summary: xr.Dataset, firing: str, level: str, label: str, title: str) -> None:
    lasting = BURST_END - START if firing == "burst" else 1.0
    panel.axvspan(0, lasting, color="0.92", linewidth=0)
    for region in REGIONS:
        one = _of(summary, f"{region}_{firing}")
        time, mean, spread = one.time - START, one[level], one[f"{level}_sd"]
        panel.fill_between(time, mean - spread, mean + spread, color=COLOUR[region], alpha=0.25, linewidth=0)
        panel.plot(time, mean, color=COLOUR[region], label=region)
        panel.plot(time, one[f"mixed_{level}"], color=COLOUR[region], linestyle=":", linewidth=0.9)
    panel.plot([], [], color="0.4", linestyle=":", linewidth=0.9, label="well mixed")
    panel.set(xlabel="Time from onset (s)", ylabel=label, title=title, xlim=(-0.3, 1.5), ylim=(0, None))
    if (firing, level) == ("burst", "C"):
        panel.legend(loc="upper right")


def _draw_shares(panel: Axes, summary: xr.Dataset) -> None:
    for region in REGIONS:
        panel.step(
            summary.bin, summary.share.sel(region=region), where="mid", color=COLOUR[region], label=region
        )
        mean = float(_of(summary, f"{region}_tonic").tonic.mean())
        panel.plot(mean, 0, marker="^", color=COLOUR[region], clip_on=False, markersize=5)
    panel.set(
        xscale="log",
        xlim=(0.3, 1000),
        ylim=(0, None),
        xlabel="Dopamine in a voxel (nmol/L)",
        ylabel="Fraction of voxels",
        title="Tonic 4 Hz (triangles: means)",
    )


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the mean of the box over time, receptors, and the last slice."""
    samples, slices = run["modulators/fibre"].to_dataset(), run["modulators/dopamine"].to_dataset()
    region = run.attrs["condition"].partition("_")[0]
    figure, (levels, receptors, place) = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.4))
    levels.plot(samples.time, samples.C[:, 0], color=COLOUR[region])
    levels.set(xlabel="Time (s)", ylabel="Dopamine, mean (nmol/L)", ylim=(0, None))
    levels.set_title(f"{run.attrs['condition'].replace('_', ', ')}, seed {run.attrs['seed']}")
    receptors.plot(samples.time, samples.D1[:, 0], color="0.5", label="D1")
    receptors.plot(samples.time, samples.D2[:, 0], color="k", label="D2")
    receptors.set(xlabel="Time (s)", ylabel="Occupancy, mean", ylim=(0, 1), title="Receptors")
    receptors.legend()
    plane = slices.C.values[-1]
    side = round(plane.size**0.5)
    image = _draw_map(place, xr.DataArray(plane.reshape(side, side), dims=("y", "x")), "Slice at the end")
    figure.colorbar(image, ax=place, label="Dopamine (nmol/L)")
    return figure
