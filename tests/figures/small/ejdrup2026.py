"""Dopamine in space, small: one box of each kind, and a vesicle for as long as its cloud can be seen."""

from collections.abc import Iterator

import numpy as np
import xarray as xr

from figures.ejdrup2026 import dopamine_volume as figure
from figures.ejdrup2026._point_source import check_point_source
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small

WITHIN = {"half_decay": 0.4}  # the rest within a quarter


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims that are about one vesicle or about no space, and one box near the wanted means."""
    own = [*check_point_source(summary, figure.RATE), *figure._well_mixed(summary)]
    return [*(c for c in own if "steady source" not in c.claim), *_box(summary)]


def _box(summary: xr.Dataset) -> Iterator[Check]:
    firing = {"tonic": "tonic", "D1_tonic": "tonic", "peak": "burst", "half_decay": "burst"}
    for name, means in figure.WANTED.items():
        for region, (wanted, _) in means.items():
            found = float(figure._of(summary, f"{region}_{firing[name]}")[name].mean())
            yield Check(
                f"{name}, {region}, one box",
                f"{wanted:g} within {100 * WITHIN.get(name, 0.25):g} %",
                f"{found:.4g}",
                abs(found / wanted - 1) < WITHIN.get(name, 0.25),
            )
    skew = {region: float(figure._of(summary, f"{region}_tonic").skew.mean()) for region in figure.REGIONS}
    yield Check(
        "dopamine is more skewed in the dorsal striatum",
        "further above 1 than twice the ventral one",
        f"{skew}",
        skew["dorsal"] - 1 > 2 * (skew["ventral"] - 1),
    )
    decay = np.array(
        [float(figure._of(summary, f"{region}_pause").decay.mean()) for region in figure.REGIONS]
    )
    yield Check(
        "uptake in the ventral striatum is slower", "2 to 4 times", f"{decay}", 2 < decay[1] / decay[0] < 4
    )


FIGURES = {
    "dopamine_volume": Small(
        runs=tuple(
            Run(
                experiment=condition.rpartition("/")[0] or figure.EXPERIMENT,
                condition=condition.rpartition("/")[2],
                duration="25ms" if condition.startswith("point_source") else None,
            )
            for condition in figure.RUNS
        ),
        check=check,
    )
}
