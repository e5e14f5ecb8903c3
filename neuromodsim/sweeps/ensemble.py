"""Many runs of one experiment: several at once, given back in order."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

Run = tuple[str, int]  # condition, seed


def cores() -> int:
    """Return how many runs can go on at once without waiting for each other."""
    return len(os.sched_getaffinity(0))


@contextmanager
def ensemble(
    experiment: str,
    runs: Iterable[Run],
    *,
    jobs: int | None = None,
    done: Callable[[], None] | None = None,
    keep: Path | None = None,
    **options: Any,
) -> "Iterator[Iterator[xr.DataTree]]":
    """Make runs and give them back one by one, in the order asked for.

    Each run is a program of its own, so threads that wait for them are enough to use every core.
    NumPy and Cython run inside this process and therefore one at a time.

    Parameters
    ----------
    experiment
        Its name.
    runs
        Condition and seed of each; ``experiment/condition`` for a run of another experiment.
    jobs
        How many at once; as many as there are cores if not given.
    done
        Called after each run.
    keep
        A folder in which runs are kept, and those that are there are not made again (without options).
    options
        Further arguments of `neuromodsim.simulate`.
    """
    if options.get("device", "cpp") != "cpp":
        jobs = 1
    pool = ThreadPoolExecutor(jobs or cores())
    try:
        futures = []
        for condition, seed in runs:
            other, _, own = condition.rpartition("/")
            future = pool.submit(_run, other or experiment, own, seed, keep, options)
            future.add_done_callback(lambda ended: None if done is None or ended.cancelled() else done())
            futures.append(future)
        yield _results(futures)
    finally:
        # What has not begun by then is nobody's any more: an error, or a caller who has seen enough.
        pool.shutdown(cancel_futures=True)


def _run(
    experiment: str, condition: str, seed: int, keep: Path | None, options: Mapping[str, Any]
) -> "xr.DataTree":
    from neuromodsim.simulation.simulator import simulate
    from neuromodsim.sweeps import kept

    if keep is not None:
        return kept.run(keep, experiment, condition, seed)
    return simulate(experiment, condition=condition, seed=seed, progress=False, **options)


def _results(futures: "list[Future[xr.DataTree]]") -> "Iterator[xr.DataTree]":
    while futures:  # a tree is released as soon as it has been processed
        yield futures.pop(0).result()
