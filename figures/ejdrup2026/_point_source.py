"""The cloud around one vesicle, whose diffusion has a closed form: claims and panel."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from neuromodsim.analysis.wording import listed
from neuromodsim.reports.claims import Check

SPREAD = 763 / 1.54**2  # um²/s
ONE_VESICLE = 3000 / 6.02214076e23 / 0.21 * 1e24  # nmol/L in 1 um³
AGES = (5, 10, 20)  # ms
RADII = (1, 2, 3, 5)  # um
# Error of the seven-point stencil at dx 0.5 um and dt 0.025 ms, in percent, by age and radius.
STENCIL = ((1.7, 0.8, 0.4, 7.7), (0.9, 0.6, 0.3, 0.4), (0.5, 0.4, 0.3, 0.1))


def cloud(radius: np.ndarray | float, age: np.ndarray | float, rate: float = 0.0) -> np.ndarray:
    """Return the concentration around a vesicle, in nmol/L; radius in um, age in s, rate of loss in 1/s."""
    spread = 4 * SPREAD * np.asarray(age)
    radius = np.asarray(radius)
    return ONE_VESICLE / (np.pi * spread) ** 1.5 * np.exp(-(radius**2) / spread - rate * np.asarray(age))


def check_point_source(summary: xr.Dataset, rate: Mapping[str, float]) -> list[Check]:
    """Return the claims about the cloud of a vesicle, given the rate of uptake in 1/s, by region."""
    one = summary.sel(cloud="no_uptake", radius=list(RADII))
    exact = np.array([cloud(np.array(RADII), age) for age in one.age_s.values])
    errors = 100 * np.abs(one.profile.values / exact - 1)
    limits = np.array(STENCIL)
    reach = summary.reach.sel(cloud=list(rate)).values
    wanted = np.array([[2.59, 5.59], [2.52, 5.00], [2.57, 5.34]])
    lambdas = {region: np.sqrt(SPREAD / uptake) for region, uptake in rate.items() if uptake}
    length = summary.length.sel(cloud=list(lambdas)).values
    return [
        Check(
            "a vesicle's cloud at 5, 10, 20 ms follows the closed form (errors at 1, 2, 3, 5 um)",
            "; ".join(listed(row, "{:g}") for row in limits) + " %, those of the stencil",
            "; ".join(listed(row, "{:.1f}") for row in errors) + " %",
            bool(np.all(errors < limits + 0.15)),
        ),
        Check(
            "radius of a vesicle's cloud at 100 and 10 nmol/L: without uptake, dorsal, ventral",
            "; ".join(listed(row, "{:.2f}") for row in wanted) + " um",
            "; ".join(listed(row, "{:.2f}") for row in reach) + " um",
            bool(np.allclose(reach, wanted, rtol=0.01)),
        ),
        Check(
            "decay length around a steady source, dorsal and ventral",
            f"{listed(lambdas.values(), '{:.2f}')} um",
            f"{listed(length, '{:.2f}')} um",
            bool(np.allclose(length, list(lambdas.values()), rtol=0.01)),
        ),
    ]


def draw_point_source(panel: Axes, summary: xr.Dataset) -> None:
    """Draw the profile of a cloud at three ages, beside its closed form."""
    one = summary.sel(cloud="no_uptake")
    fine = np.linspace(0, 10, 200)
    for shade, age in zip(("0.0", "0.35", "0.6"), AGES, strict=True):
        here = one.sel(age=age)
        panel.plot(fine, cloud(fine, float(here.age_s)), color=shade, label=f"{age} ms")
        panel.plot(here.radius[::2], here.profile[::2], "o", color=shade, markersize=2.5)
    panel.set(
        yscale="log",
        ylim=(0.05, 600),
        xlim=(0, 10),
        xlabel="Distance (µm)",
        ylabel="Dopamine (nmol/L)",
        title="One vesicle (lines: closed form)",
    )
    panel.legend(loc="upper right")
