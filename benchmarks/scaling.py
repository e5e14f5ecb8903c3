"""How cost grows: with synapses, regions of a modulator, and replicas; against other simulators.

``python -m benchmarks.scaling [part ...]`` measures the parts named (or all) and keeps them in
``scaling.json``, from which ``python -m benchmarks.drawing`` draws the picture of the documentation.
"""

import importlib.util
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from brian2 import ms, second

from benchmarks.dopamine_network import NEST, PLAIN_BRIAN2, SILENCE, Found, described, other, ours
from benchmarks.memory import peak_of_programs
from benchmarks.row import Row, ratio, side_by_side, spread
from benchmarks.third_factor import random_network
from neuromodsim import brian
from neuromodsim.description.connectivity import FixedOutDegree
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.errors import WrongInput
from neuromodsim.simulation.simulator import build, simulate

PLACE = Path(__file__).parent / "scaling.json"
NOTHING = Recording()
SYNAPSES = {10**4: (1000, 10), 10**5: (1000, 100), 10**6: (10_000, 100), 10**7: (10_000, 1000)}
OURS = "neuromodsim, 1 thread"
COMPARED = ("1000 cells", "10000 cells", "1000 cells with a refractory period")
REGIONS, REPLICAS = (1, 4, 16, 64, 256, 1000), (1, 2, 4, 8, 16)


def network(synapses: int, regions: int = 1) -> Experiment:
    """Return cells that fire at 5 Hz, with so many plastic synapses, and dopamine in so many regions."""
    cells, degree = SYNAPSES[synapses]
    base = random_network(1 * ms)
    (population,), (projection,) = base.circuit.populations, base.circuit.projections
    where = tuple((np.arange(cells) % regions).tolist()) if regions > 1 else ()
    return replace(
        base,
        circuit=replace(
            base.circuit,
            populations=(replace(population, size=cells),),
            modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE, regions=regions),),
            projections=(replace(projection, wiring=FixedOutDegree(degree), compartment_of=where),),
        ),
    )


def _computing(experiment: Experiment | str, seconds: float, **how: Any) -> float:
    """Return seconds of computing per second simulated."""
    run = simulate(experiment, duration=seconds * second, record=NOTHING, progress=False, **how)
    attrs = run["replica_0"].attrs if "replicas" in how else run.attrs
    return float(attrs["computing_time"].split()[0]) / seconds


def synapses() -> list[dict[str, Any]]:
    """Return the cost and the memory of a network by its number of synapses."""
    found = []
    for count in SYNAPSES:
        large, seconds = network(count), max(0.5, min(20.0, 2e7 / count))
        build(large, record=NOTHING)
        with peak_of_programs() as peaks:
            times = [_computing(large, seconds, seed=seed) for seed in range(3)]
        found.append({"synapses": count, "cells": SYNAPSES[count][0], "seconds": times, "bytes": max(peaks)})
    return found


def regions() -> list[dict[str, Any]]:
    """Return the cost of 100,000 synapses by the number of regions of dopamine."""
    return [
        {"regions": n, "seconds": [_computing(network(10**5, n), 20, seed=seed) for seed in range(3)]}
        for n in REGIONS
    ]


def replicas() -> list[dict[str, Any]]:
    """Return the cost of distal_reward by the number of replicas in one program."""
    return [
        {"replicas": n, "seconds": [_computing("distal_reward", 20, seed=s, replicas=n) for s in range(3)]}
        for n in REPLICAS
    ]


def others(cells: int, seconds: float, times: int) -> list[dict[str, Any]]:
    """Return what one network costs here, in NEST and in plain Brian2, once they fire at the same rate."""
    build(described(cells))
    points = _compared(
        cells,
        {
            OURS: lambda: ours(cells, seconds),
            "NEST, 1 thread": lambda: other(NEST, cells, seconds, 1, 1000),
            "NEST, 2 threads": lambda: other(NEST, cells, seconds, 2, 1000),
            "Brian2 as its example, 1 thread": lambda: other(PLAIN_BRIAN2, cells, seconds),
        },
        times,
    )
    often = other(NEST, cells, 200 / cells, 1, 1)  # NEST's default, which is far slower
    return [
        *points,
        {
            "simulator": "NEST, 1 thread, updated every ms",
            "cells": cells,
            "rate": often.rate,
            "seconds": [often.seconds] * times,
        },
    ]


def silenced(cells: int = 1000, seconds: float = 6.0) -> list[dict[str, Any]]:
    """Return the same of cells with a refractory period, here and in NEST."""
    build(described(cells, SILENCE))
    return _compared(
        cells,
        {
            OURS: lambda: ours(cells, seconds, SILENCE),
            "NEST, 1 thread": lambda: other(NEST, cells, seconds, 1, 1000, SILENCE),
            "NEST, 2 threads": lambda: other(NEST, cells, seconds, 2, 1000, SILENCE),
        },
        times=3,
    )


def _compared(cells: int, runs: dict[str, Callable[[], Found]], times: int) -> list[dict[str, Any]]:
    if importlib.util.find_spec("nest") is None:
        raise WrongInput("NEST is not installed: pip install '.[bench]', with Python 3.11")
    rates = {name: run().rate for name, run in runs.items()}
    if max(rates.values()) > 1.05 * min(rates.values()):
        raise RuntimeError(f"the networks do not fire alike: {rates}")
    found = side_by_side(*(lambda run=run: run().seconds for run in runs.values()), times=times)
    return [
        {"simulator": name, "cells": cells, "rate": rates[name], "seconds": seconds}
        for (name, _), seconds in zip(runs.items(), found, strict=True)
    ]


PARTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "synapses": synapses,
    "regions": regions,
    "replicas": replicas,
    "1000 cells": lambda: others(1000, 2.0, times=3),
    "10000 cells": lambda: others(10_000, 2.0, times=3),
    "1000 cells with a refractory period": silenced,
}


def kept() -> dict[str, Any]:
    """Return what was measured last, by part."""
    return dict(json.loads(PLACE.read_text())) if PLACE.exists() else {}


def rows() -> list[Row]:
    """Return the rows of the table, from what was measured last."""
    found = []
    for part in COMPARED:
        points = kept().get(part, {}).get("points", [])
        by_name = {point["simulator"]: point["seconds"] for point in points}
        here = by_name.pop(OURS, None)
        for name, times in by_name.items():
            times_as_fast = ratio(times, here)  # type: ignore[arg-type]
            wanted = name in ("NEST, 1 thread", "Brian2 as its example, 1 thread")
            found.append(
                Row(
                    f"dopamine-modulated STDP, {part}, against {name}",
                    "at least 4 x" if wanted else "report",
                    f"{times_as_fast:.1f} x ({spread(times)} s per second against {spread(here)})",  # type: ignore[arg-type]
                    times_as_fast,
                    times_as_fast >= 4 if wanted else None,
                    "100 synapses per cell, dt 0.1 ms, 10 Hz, the same rates; loop over time only",
                )
            )
    sizes = kept().get("synapses", {}).get("points", [])
    if len(sizes) > 1:
        large, small = sizes[-1], sizes[1]
        per = (large["bytes"] - small["bytes"]) / (large["synapses"] - small["synapses"])
        found.append(
            Row("memory of a plastic synapse", "report", f"{per:.0f} bytes", per, None, "peak of the program")
        )
        cost = statistics.median(large["seconds"]) / large["synapses"] / 10 * 1e9
        found.append(
            Row(
                f"cost of a synaptic event, {large['synapses']:.0e} synapses",
                "report",
                f"{cost:.0f} ns",
                cost,
                None,
                "at 5 Hz, before and after: ten events per synapse and second",
            )
        )
    return found


def measure() -> list[Row]:
    """Measure all parts anew and return the rows."""
    _keep(list(PARTS))
    return rows()


def _keep(chosen: list[str]) -> None:
    from benchmarks.__main__ import machine

    for part in chosen:
        points = PARTS[part]()
        about = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
        found = kept() | {part: {**about, "points": points}}
        PLACE.write_text(json.dumps(found, indent=1) + "\n")
        print(part, json.dumps(points, indent=1))


if __name__ == "__main__":
    brian.brian()
    unknown = [part for part in sys.argv[1:] if part not in PARTS]
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}; known: {', '.join(PARTS)}.")
    _keep(sys.argv[1:] or list(PARTS))
