"""Tasks of a worker: build a program, or perform and save one run. Arguments and results are plain data."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neuromodsim import brian
from neuromodsim.errors import NeuromodsimError

Answer = dict[str, str]  # "failed" holds the reason; empty when all went well


def build(plan: Mapping[str, Any], chosen: Mapping[str, Any]) -> Answer:
    """Build the program of a run, unless this machine has it."""
    brian.brian()
    from neuromodsim.simulation import simulator
    from neuromodsim.sweeps.plan import Plan

    def work() -> None:
        arguments = Plan.load(plan).arguments(chosen)
        named = ("experiment", "device", "record", "third_factor", "parameters")
        simulator.build(**{name: arguments[name] for name in named})

    return _answer(work)


def run(place: str, plan: Mapping[str, Any], chosen: Mapping[str, Any], built: Answer | None) -> Answer:
    """Make a run and keep it in a store, unless it is there; ``built`` is what became of its program."""
    brian.brian()
    from neuromodsim.result.run_store import save_once
    from neuromodsim.simulation.simulator import simulate
    from neuromodsim.sweeps.plan import Plan
    from neuromodsim.sweeps.store import Store

    store = Store(Path(place))
    if built:
        return built
    if store.done(chosen):  # made by a worker that was lost before it could say so
        return {}

    def work() -> None:
        tree = simulate(**Plan.load(plan).arguments(chosen), progress=False)
        # Dask gives the runs of a worker that it holds for lost to another one, though the first may still be
        # at it.
        if not store.done(chosen):
            save_once(tree, store.run(chosen))

    answer = _answer(work)
    return {} if store.done(chosen) else answer


def _answer(work: Any) -> Answer:
    """Return why something could not be done, in one sentence; other runs go on."""
    try:
        work()
    except NeuromodsimError as error:
        return {"failed": str(error)}
    except Exception as error:  # a model's own text, most likely
        return {"failed": f"{type(error).__name__}: {' '.join(str(error).split())}"}
    return {}
