"""README: measured results, and speed."""

import re
from collections.abc import Iterator

import numpy as np

from figures.izhikevich2007.fig1 import PAIR
from figures.lindroos2018.pka_and_gate import PUBLISHED as CASCADE
from figures.zhang2023 import baselines
from tests.docs.quoted import benchmarks, continual
from tests.docs.quoted.go_nogo import FIG3, relearned
from tests.docs.quoted.mushroom_body import FIGURE as MEMORY
from tests.docs.quoted.mushroom_body import MNIST
from tests.docs.quoted.values import fixed, measured, median_and_range, of, percent, spread, stored

PAGE = "README.md"
PUBLISHED = ("9.4 ± 0.4", "25.7 ± 1.0", "0.792 ± 0.038", "95.46 ± 0.17")

VOLUME = "ejdrup2026/dopamine_volume"
REGIONS = ("dorsal", "ventral")


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    yield from _distal_reward()
    yield from _digits()
    yield from _dopamine()
    yield from _cascade()
    yield from _continual()
    yield from _mnist()
    yield _set_shifting()
    yield from _speed()
    yield from _ratios()
    yield _simulators()


def _final(figure: str, condition: str) -> np.ndarray:
    """Return the final weight of the chosen synapse of each run, in mV."""
    return of(figure, "chosen", condition=condition)[:, -1]


def _distal_reward() -> Iterator[str]:
    for figure, conditions in (
        ("izhikevich2007/fig1", ("contingent", "yoked")),
        ("izhikevich2007/released", ("released", "released_yoked")),
    ):
        paired, yoked = (median_and_range(_final(figure, condition), 2, " mV") for condition in conditions)
        yield f"| `neuromodsim figure {figure} --check`: … | … | {paired} and {yoked} |"
    pair = float(stored("izhikevich2007/fig1").pair)
    assert abs(pair / PAIR - 1) < 1e-12, "README says so"
    yield f"one delayed reward | {PAIR:.7f} (closed form) | {pair:.7f} (relative difference below 1e-12) |"


def _digits() -> Iterator[str]:
    large, clamped, small, small_clamped = (
        of("zhang2023/digits", "accuracy", experiment=experiment, condition=condition)[:, -1]
        for experiment in ("digits", "digits cells=50")
        for condition in ("modulated", "unmodulated")
    )
    yield f"| `neuromodsim figure zhang2023/digits --check`: … | … | {spread(large, 3)} |"
    yield f"| 1000 hidden cells: {spread(clamped, 3)} (random"
    yield f"50 cells: {spread(small_clamped, 2)} instead of {spread(small, 2)} |"


def _dopamine() -> Iterator[str]:
    tonic = [spread(of(VOLUME, "tonic", condition=f"{r}_tonic"), 1) for r in REGIONS]
    # From a half to a tenth are ln 5 time constants.
    uptake = [np.mean(of(VOLUME, "decay", condition=f"{r}_pause")) / np.log(5) for r in REGIONS]
    feedback = [float(of("dreyer2013/dopamine_feedback", "C", condition=c)[0]) for c in ("vta_4", "snc_4")]
    yield f"from an independent program | {' and '.join(tonic)} nmol/L |"
    yield f"| 34.7 and 108 ms | {uptake[0]:.1f} and {uptake[1]:.1f} ms |"
    yield f"| 55.5 and 42.7 nmol/L | {feedback[0]:.1f} and {feedback[1]:.1f} nmol/L |"


def _cascade() -> Iterator[str]:
    """Yield how far the four published concentrations are missed, at most."""
    summary = stored("lindroos2018/pka_and_gate")
    run = summary.isel(run=np.flatnonzero(summary.condition.values == "alpha_published")[0]).sel(dose=500)
    found = {
        name: run[("highest_by_then" if name == "D1RDAGolf" else "at_one_second")].sel(substrate=name)
        for name in CASCADE
    }
    off = max(abs(float(value) / CASCADE[name] - 1) for name, value in found.items())
    yield f"| within 0.1 % | within {np.ceil(1e4 * off) / 100:.2f} % |"


def _continual() -> Iterator[str]:
    runs = {"experiment": MNIST, "condition": "compartments"}
    final = of(MEMORY, "final", **runs)
    orders = of(
        MEMORY,
        "final",
        experiment=MNIST,
        condition=("compartments", *(f"order_{k}" for k in range(1, 6))),
        seed=0,
    )
    yield (
        f"| {spread(final, 3)} ({orders.size} class orders with the same circuit: "
        f"{orders.min():.3f} to {orders.max():.3f}) |"
    )
    within, single, mixed = (spread(v, 3) for v in continual.final(continual.MNIST, "naca_rate", "gated"))
    yield (
        f"| 0.792 ± 0.038 … | {within} in within-class batches, as published (task identity leaks); "
        f"{single} on single images; {mixed} in mixed-class batches |"
    )


def _mnist() -> Iterator[str]:
    final = of("zhang2023/classification", "accuracy", condition="modulated")[:, -1]
    yield f"| 95.46 ± 0.17 % … | {percent(final, 2)} % |"
    rules = ("naca", "brp", "e_prop", "bptt")
    right = (baselines.right(stored("zhang2023/baselines"), "mnist_ten_times", rule) for rule in rules)
    yield f"| {', '.join(percent(values) for values in right)} %: ranking not reproduced |"


def _set_shifting() -> str:
    return f"| {relearned(FIG3, 'da_na')} of 50, and {relearned(FIG3, 'da_only')} of 50 |"


def _found(benchmark: str, row: int = 0) -> str:
    return str(measured(benchmark)[row]["found"])


def _value(benchmark: str, row: int = 0) -> float:
    return float(measured(benchmark)[row]["value"])


def per_event() -> list[str]:
    """Return times in ns per synaptic event with one delay: of this package, and through Brian2's queue."""
    return [fixed(float(time), 1) for time in re.findall(r"([\d.]+) \(", measured("one_delay")[0]["how"])]


def _speed() -> Iterator[str]:
    """Yield the rows of absolute times."""
    speed = re.match(r"(\d+) x (\(.*?\))", _found("distal_reward"))
    epoch = re.match(r"([\d.]+) (\(.*?\)) s", _found("naca_epoch"))
    assert speed and epoch
    yield f"| {speed[1]} × real time {speed[2]} |"
    yield f"| {epoch[1]} s {epoch[2]}, {_value('naca_epoch', 1):.0f} MB |"
    yield f"| {_value('naca_in_torch'):.1f} × the time |"
    yield f"| {_value('naca_epoch', 3):.3f} ns |"
    own, queue = per_event()
    yield f"| {own} ns; Brian2's spike queue {queue} ns |"
    yield f"| 1000 trials of `go_nogo`, one core | {_value('go_nogo'):.1f} s |"
    command = re.match(r"([\d.]+) (\(.*?\)) s", _found("turnaround"))
    assert command
    low, high = re.findall(r"[\d.]+", command[2])
    yield (
        f"| {float(command[1]):.1f} s ({float(low):.1f} to {float(high):.1f}) as a command on a busy machine "
        f"(target: 3.5), {_value('turnaround', 1):.1f} s in Python |"
    )


def _ratios() -> Iterator[str]:
    """Yield the rows of times relative to something else."""
    yield f"(target: at most 1.15) | {_value('third_factor'):.2f} × the time, on a busy machine |"
    slow, fine = _value("third_factor", 1), _value("third_factor", 2)
    yield f"relative to event-driven | {slow:.0f} × at 1 ms, {fine:.0f} × at 0.1 ms |"
    yield f"| {_value('sweep'):.2f} × the speed |"
    cold = re.search(r"\(([\d.]+) \(", _found("build"))
    assert cold
    yield f"| {_value('build'):.2f} × the time ({float(cold[1]):.0f} s) |"


def _simulators() -> str:
    """Return the row of a comparison with others, of two sizes."""
    own, nest, _, _, brian = benchmarks.SIMULATORS.values()
    sizes = [benchmarks.by_simulator(measurement) for measurement in ("1000 cells", "10000 cells")]
    slower = {name: [benchmarks.short(times[name] / times[own]) for times in sizes] for name in (nest, brian)}
    return (
        f"| NEST {slower[nest][0]} × and {slower[nest][1]} × the time, "
        f"plain Brian2 {slower[brian][0]} × and {slower[brian][1]} × |"
    )
