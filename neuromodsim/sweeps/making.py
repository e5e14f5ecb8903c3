"""A sweep: every combination of some values, one run each, made by Dask's workers and kept in one store."""

import concurrent.futures
import contextlib
import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from neuromodsim.errors import RunFailed, WrongInput
from neuromodsim.storage import files
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps import worker
from neuromodsim.sweeps.ensemble import cores
from neuromodsim.sweeps.plan import BUILT, Plan, is_axis
from neuromodsim.sweeps.reading import open_sweep
from neuromodsim.sweeps.store import Store

if TYPE_CHECKING:
    import xarray as xr

    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.family import ExperimentFamily
    from neuromodsim.description.recording import Recording

Chosen = Mapping[str, Any]
PATIENCE = "10s"  # for a scheduler to answer


def sweep(
    experiment: "str | Experiment | ExperimentFamily",
    over: Mapping[str, Sequence[Any]],
    store: str | os.PathLike[str],
    *,
    variant: Mapping[str, Any] | None = None,
    client: Any = None,
    workers: int | None = None,
    seed: int = 0,
    condition: str | None = None,
    device: str = "cpp",
    duration: Any = None,
    parameters: Mapping[str, Any] | None = None,
    record: "Recording | Mapping[str, Any] | None" = None,
    third_factor: str = "event-driven",
    timeout: float | None = None,
    progress: bool | None = None,
) -> "xr.DataTree":
    """Run an experiment with every combination of the given values, and return all runs as one lazy tree.

    An interrupted sweep is resumed when it is started again: completed runs are kept, and failed runs are
    repeated. If values are added, only the missing runs are performed.

    Parameters
    ----------
    experiment
        The name of an experiment, or ``"module:NAME"`` for one of your own.
    over
        The values of each dimension: ``{"seed": range(100), "dopamine_stdp.tau_c": [0.5 * second, ...]}``.
        A dimension is ``seed``, ``condition``, ``device``, ``third_factor``, an axis of a family of
        experiments, or the path of a parameter or initial value. Only axes, ``device`` and ``third_factor``
        require one program per value.
    store
        The folder in which runs are stored. Workers write to it, so they must see it under the same path.
    client
        A ``dask.distributed`` client; by default, local processes, one per core or as many as ``workers``.
    variant
        For a family, values by axis for all runs, except axes that vary.
    seed, condition, device, duration, parameters, record, third_factor, timeout
        As in `simulate`, for all runs, unless they vary.
    progress
        Whether to show progress; by default, only in a terminal or a notebook.

    Returns
    -------
    xarray.DataTree
        As returned by `neuromodsim.open`: recorded variables with the sweep dimensions first, and ``status``
        and ``reason`` of each run at the root. A failed run is listed there, and the sweep continues.

    Raises
    ------
    WrongInput
        If a name or value cannot be used, before anything is run; if the store contains other runs, or is
        locked by another sweep.
    RunFailed
        If the scheduler is lost, or all runs failed.

    Examples
    --------
    >>> runs = sweep(
    ...     "pairing",
    ...     over={"excitatory.tau_c": ["0.5 s", "1 s"]},
    ...     store="pairing.zarr",
    ...     workers=1,
    ...     device="numpy",
    ...     duration="100 ms",
    ...     progress=False,
    ... )
    >>> runs.status.shape
    (2,)
    """
    fixed = dict(seed=seed, condition=condition, device=device, third_factor=third_factor, timeout=timeout)
    with _client(client, workers) as dask:
        plan = plans.make(
            experiment,
            over,
            variant=variant,
            duration=duration,
            parameters=parameters,
            record=record,
            **fixed,
        )
        return _completed(plan, Store(files.located(store).absolute()), dask, progress)


def _completed(plan: Plan, kept: Store, dask: Callable[[], Any], progress: bool | None) -> "xr.DataTree":
    """Make the runs that are missing, and return all."""
    with kept.claimed(plan) as whole:
        missing = [chosen for chosen in plan.points() if not kept.done(chosen)]
        if missing:
            _make(dask(), kept, whole, missing, progress)
    return open_sweep(kept.place)


@contextlib.contextmanager
def connected(address: str | None) -> Iterator[Any]:
    """Yield a client of the scheduler at an address; None without one.

    Raises
    ------
    WrongInput
        If nothing answers there.
    """
    if address is None:
        yield None
        return
    try:
        client = _dask().Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise WrongInput(f"No Dask scheduler answers at '{address}'.") from error
    with client:
        yield client


@contextlib.contextmanager
def _client(client: Any, workers: int | None) -> Iterator[Callable[[], Any]]:
    """Yield what returns the client that was given, or one of processes on this machine.

    These start while a sweep is planned, import what a run needs as they do, and end with the sweep.
    """
    distributed = _dask()
    if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
        raise WrongInput(f"'workers' must be a whole number from 1 up; got {workers!r}.")
    if client is not None:
        yield lambda: client
        return

    def start() -> tuple[Any, Any]:
        cluster = distributed.LocalCluster(
            n_workers=workers or cores(),
            # Brian2 has one device in a process, so a second thread could only wait.
            threads_per_worker=1,
            dashboard_address=":0",
            silence_logs=50,
            preload=["neuromodsim.sweeps.warming"],
        )
        return cluster, distributed.Client(cluster)

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        starting = pool.submit(start)
        try:
            yield lambda: _started(starting)
        finally:
            if starting.exception() is None:  # else it would hide what else went wrong
                cluster, local = starting.result()
                local.close()
                cluster.close()


def _started(starting: "concurrent.futures.Future[tuple[Any, Any]]") -> Any:
    """Return the client of processes on this machine, once they have started."""
    try:
        return starting.result()[1]
    except Exception as error:
        said = " ".join(str(error).split())
        raise RunFailed(
            f"The workers did not start ({said}); each imports the script that starts a sweep, which is "
            "therefore called below 'if __name__ == \"__main__\":'."
        ) from error


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise WrongInput("A sweep needs Dask: install it with pip install 'neuromodsim[sweep]'.") from error
    return distributed


def _make(dask: Any, store: Store, plan: Plan, missing: Sequence[Chosen], progress: bool | None) -> None:
    """Make the runs that are missing, and note those that fail."""
    from distributed import as_completed

    from neuromodsim.progress import counting

    unwritten: list[str] = []
    with counting(progress, _title(dask, plan), len(missing)) as done, _scheduler_needed():
        submitted = _submit(dask, store, plan, missing)
        try:
            # Notes are written here and not by workers, so that a worker that is lost can be noted, too.
            for future in as_completed(submitted):
                unwritten += _note(store, submitted[future], _answer(future))
                done()
        finally:
            with contextlib.suppress(Exception):  # nobody is there to be told
                dask.cancel(list(submitted))
    if unwritten:
        raise RunFailed(f"{len(unwritten)} runs failed, and not even that could be written: {unwritten[0]}")


@contextlib.contextmanager
def _scheduler_needed() -> Iterator[None]:
    """Say what to do when the scheduler is lost, whichever way that shows."""
    from distributed import CancelledError
    from distributed.comm import CommClosedError

    try:
        yield
    except (CancelledError, CommClosedError, concurrent.futures.CancelledError) as error:
        raise RunFailed(
            "The scheduler of this sweep was lost; start the sweep again, and it goes on with the runs that "
            "are missing."
        ) from error


def _title(dask: Any, plan: Plan) -> str:
    link = dask.dashboard_link
    return f"{plan.experiment} ({link})" if link else plan.experiment


def _submit(dask: Any, store: Store, plan: Plan, missing: Sequence[Chosen]) -> dict[Any, Chosen]:
    """Submit all runs; those of one program wait until it is built. Return what each future stands for."""
    plain, submitted = plan.plain(), {}
    # groupby finds what stands together, hence sorted.
    for _, runs in itertools.groupby(sorted(missing, key=_program), key=_program):
        group = list(runs)
        compiled = {**plan.fixed, **group[0]}["device"] in ("cpp", "cuda")
        # Not pure, or Dask would answer with what an earlier call of the same arguments has come to.
        built = dask.submit(worker.build, plain, group[0], pure=False) if compiled else None
        for chosen in group:
            future = dask.submit(worker.run, str(store.place), plain, chosen, built, pure=False)
            submitted[future] = chosen
    return submitted


def _program(chosen: Chosen) -> str:
    """Return what runs of one program have in common."""
    return repr([(name, value) for name, value in chosen.items() if name in BUILT or is_axis(name)])


def _answer(future: Any) -> worker.Answer:
    """Return the answer of a worker, or how it ended."""
    from distributed import CancelledError, KilledWorker

    if future.status in ("cancelled", "lost"):
        raise CancelledError(future.key)
    error = future.exception()
    if isinstance(error, KilledWorker):
        return {"failed": "its worker was killed each time it was tried; was there enough memory?"}
    if error is not None:
        return {"failed": f"{type(error).__name__}: {' '.join(str(error).split())}"}
    return dict(future.result())


def _note(store: Store, chosen: Chosen, answer: worker.Answer) -> list[str]:
    """Keep the reason why a run failed; return it where that fails too, as on a full disk."""
    if not answer:
        store.forget_failure(chosen)
        return []
    try:
        store.fail(chosen, answer["failed"])
    except RunFailed:
        return [answer["failed"]]
    return []
