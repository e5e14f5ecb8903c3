"""Class-incremental learning: the role of NACA's input gate, and a mushroom body without a gate.

NACA's network for this task has an input gate: a hidden cell is active only if its pixel, averaged over the
batch, is almost as bright as the brightest one. The published evaluation uses within-class batches. The
average of such a batch is similar in training and evaluation, so the gate opens the same few cells and
reveals the class to the network (task identity leaks). In single-image evaluation, the gate is determined
by one image, and most of the accuracy is lost. In mixed-class batches the gate is the same for all images,
and accuracy is at chance. The gate without plasticity of hidden cells retains as much in within-class
batches; plasticity without the gate retains nothing. Backpropagation and EWC have no gate. At learning
rates that train each class to convergence they retain the last block only; at learning rates chosen for
accuracy after ten blocks EWC retains more than NACA on single images of digits, and no more on speech. A
mushroom body has no input gate, and retains all ten classes on single images.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from figures.zhang2023._blocks import CLASSES, EVALUATIONS, asked, rights
from figures.zhang2023._sequences import (
    BODIES,
    DIGITS,
    EVENTS,
    GATED,
    MNIST,
    NAMES,
    OPEN,
    PUBLISHED,
    RATE,
    SETS,
    SINGLE,
    SPIKING,
    SPOKEN,
    STYLE,
    TUNED,
    WITHIN,
    name,
)
from neuromodsim.analysis.continual import accuracy, forgetting, transfer
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import mean_and_deviation
from neuromodsim.plots.bars import bar_and_runs
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.courses import with_range
from neuromodsim.plots.labels import run_title
from neuromodsim.plots.marks import mark_chance
from neuromodsim.plots.matrices import draw_retention
from neuromodsim.reports.claims import Check

EXPERIMENT = "class_incremental"
SEEDS = tuple(range(5))
RUNS = {
    **dict.fromkeys(GATED, SEEDS),
    f"{name(MNIST, 'naca_slope')}/gated": SEEDS,
    **{f"{name(MNIST, 'naca_rate')}/{condition}": SEEDS for condition in GATED},
    **{f"{name(MNIST, 'gated_bp')}/{condition}": SEEDS for condition in ("gated", "no_gate")},
    **{f"{name(data, rule)}/tuned": SEEDS for data in SETS for rule in TUNED},
    **{f"{name(MNIST, rule)}/trained": SEEDS for rule in OPEN},
    **{
        f"{name(data, rule)}/{condition}": SEEDS
        for data in (DIGITS, SPOKEN, EVENTS)
        for rule in ("naca", "naca_rate")
        for condition in GATED
    },
    **{f"{name(data, rule)}/trained": SEEDS for data in (DIGITS, SPOKEN, EVENTS) for rule in OPEN},
    **{f"{body}/compartments": SEEDS for body in BODIES.values()},
}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``accuracy`` (run, evaluation, block): mean share of right answers over the classes trained so far;
        ``forgetting`` and ``transfer`` (run, evaluation) at the end; ``images`` (run) of an evaluation;
        ``seconds`` (run) of computing.
    """
    return xr.concat([_row(run) for run in runs], "run", join="outer")


def _row(run: xr.DataTree) -> xr.Dataset:
    shares = list(rights(run))
    return xr.Dataset(
        {
            "accuracy": (("evaluation", "block"), np.array([accuracy(r) for r in shares]).round(4)),
            "forgetting": ("evaluation", np.array([forgetting(r) for r in shares]).round(4)),
            "transfer": ("evaluation", np.array([transfer(r) for r in shares]).round(4)),
            "images": asked(run),
            "seconds": round(float(run.attrs["computing_time"].split()[0]), 1),
        },
        coords={
            "evaluation": list(EVALUATIONS),
            "block": np.arange(1, CLASSES + 1),
            "experiment": run.attrs["experiment"],
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _runs(summary: xr.Dataset, experiment: str, condition: str) -> xr.Dataset:
    return runs_with(summary, experiment=experiment, condition=condition)


def _final(summary: xr.Dataset, experiment: str, condition: str, evaluation: str) -> np.ndarray:
    return np.asarray(_runs(summary, experiment, condition).accuracy.sel(evaluation=evaluation)[:, -1])


def _spread(values: np.ndarray) -> str:
    return f"{mean_and_deviation(values, 3)} ({len(values)} seeds)"


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was expected and observed."""
    return [
        *(check for rule in PUBLISHED for check in _check_naca(summary, rule)),
        *_check_spoken(summary),
        *_check_events(summary),
        *_check_bodies(summary),
        *_check_others(summary),
    ]


def _check_naca(summary: xr.Dataset, rule: str) -> list[Check]:
    """Return what NACA keeps on MNIST, by evaluation."""
    within, single, mixed = (_final(summary, name(MNIST, rule), "gated", e) for e in EVALUATIONS)
    title = STYLE[rule][0]
    return [
        Check(
            f"{title}, MNIST, in within-class batches",
            f"at least 0.5 on average (published {PUBLISHED[rule][-1]:.2f})",
            _spread(within),
            mean(within) >= 0.5,
        ),
        Check(
            f"{title}: the same on single images",
            "lower by 0.3 or more on average",
            _spread(single),
            mean(within) - mean(single) >= 0.3,
        ),
        Check(
            f"{title}: the same in mixed-class batches",
            "at most 0.2 in every seed (chance is 0.1)",
            _spread(mixed),
            mixed.size > 0 and bool(np.all(mixed <= 0.2)),
        ),
        *_check_gate(summary, rule, within),
    ]


def _check_gate(summary: xr.Dataset, rule: str, within: np.ndarray) -> list[Check]:
    """Return what is left if the gate or the plasticity behind it is taken away."""
    alone = _final(summary, name(MNIST, rule), "gate_only", WITHIN)
    without = [_final(summary, name(data, rule), "no_gate", e) for data in SETS for e in EVALUATIONS]
    title = STYLE[rule][0]
    return [
        Check(
            f"{title}: gate without plasticity of hidden cells, within-class",
            "no worse than with it by 0.05",
            _spread(alone),
            mean(alone) >= mean(within) - 0.05,
        ),
        Check(
            f"{title}: plasticity without gate, {' and '.join(SETS.values())}, any evaluation",
            "at most 0.15 in every seed",
            _at_most(without),
            all(w.size > 0 and bool(np.all(w <= 0.15)) for w in without),
        ),
    ]


def _check_others(summary: xr.Dataset) -> list[Check]:
    """Return what rules without a gate keep, BP with it, and a mushroom body."""
    learned = [_final(summary, name(data, rule), "trained", SINGLE) for data in SETS for rule in OPEN]
    tuned = {rule: _final(summary, name(MNIST, rule), "tuned", SINGLE) for rule in TUNED}
    naca = {rule: _final(summary, name(MNIST, rule), "gated", SINGLE) for rule in PUBLISHED}
    behind = _final(summary, name(MNIST, "gated_bp"), "gated", WITHIN)
    return [
        Check(
            f"the {len(OPEN)} rules without a gate at rates of classification, four sets",
            "at most 0.2 in every seed: the last block",
            _at_most(learned),
            all(v.size > 0 and bool(np.all(v <= 0.2)) for v in learned),
        ),
        Check(
            "MNIST, single images: BP or EWC, tuned for what is left after ten blocks, keep more than NACA",
            "the better of them, on average",
            f"{_listed(tuned)}; {_listed(naca)}",
            max(mean(v) for v in naca.values()) < max(mean(v) for v in tuned.values()),
        ),
        Check(
            "BP behind NACA's gate, within-class",
            "at least 0.5 on average",
            _spread(behind),
            mean(behind) >= 0.5,
        ),
        _check_body(summary, best=max(mean(values) for values in (*tuned.values(), *naca.values()))),
    ]


def _check_body(summary: xr.Dataset, best: float) -> Check:
    body = _final(summary, BODIES[MNIST], "compartments", SINGLE)
    return Check(
        "a mushroom body, single images",
        "at least 0.88, and 0.2 above the best of the others",
        f"{_spread(body)}; {best:.3f}",
        mean(body) >= 0.88 and mean(body) >= best + 0.2,
    )


def _check_spoken(summary: xr.Dataset) -> list[Check]:
    """Return whether the same is seen with spoken digits as on MNIST."""
    a, b, gate = (
        {rule: _final(summary, name(SPOKEN, rule), condition, e) for rule in PUBLISHED}
        for condition, e in (("gated", WITHIN), ("gated", SINGLE), ("gate_only", WITHIN))
    )
    return [
        Check(
            "spoken digits: NACA in within-class batches and on single images",
            "single images lower by 0.1 or more, with spikes and without",
            f"within-class: {_listed(a)}; single images: {_listed(b)}",
            all(mean(a[rule]) - mean(b[rule]) >= 0.1 for rule in PUBLISHED),
        ),
        Check(
            "spoken digits: its gate alone, within-class",
            "no worse than with plasticity of hidden cells by 0.15",
            _listed(gate),
            all(mean(gate[rule]) >= mean(a[rule]) - 0.15 for rule in PUBLISHED),
        ),
    ]


def _check_events(summary: xr.Dataset) -> list[Check]:
    """Return what is left of the gate where batches are small and do not look alike."""
    a = {rule: _final(summary, name(EVENTS, rule), "gated", WITHIN) for rule in PUBLISHED}
    return [
        Check(
            "event camera, at most 15 recordings in a batch: NACA keeps little within classes, too",
            "below 0.5 on average, with spikes and without",
            _listed(a),
            all(mean(values) < 0.5 for values in a.values()),
        )
    ]


def _check_bodies(summary: xr.Dataset) -> list[Check]:
    checks = []
    for data in (DIGITS, SPOKEN, EVENTS):
        body = _final(summary, BODIES[data], "compartments", SINGLE)
        others = {rule: _final(summary, name(data, rule), "gated", SINGLE) for rule in PUBLISHED}
        others |= {rule: _final(summary, name(data, rule), "tuned", SINGLE) for rule in TUNED}
        checks.append(
            Check(
                f"{SETS[data]}: a mushroom body, single images",
                "0.2 above the best of NACA, BP and EWC, tuned",
                f"{_spread(body)}; {_listed(others)}",
                all(mean(body) >= mean(values) + 0.2 for values in others.values()),
            )
        )
    return checks


def _at_most(found: Iterable[np.ndarray]) -> str:
    return f"at most {max((float(v.max()) for v in found if v.size), default=float('nan')):.3f}"


def _listed(found: dict[str, np.ndarray]) -> str:
    return ", ".join(f"{rule} {_spread(values)}" for rule, values in found.items())


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure = plt.figure(figsize=(TWO_COLUMNS, 7.4))
    grid = figure.add_gridspec(3, 6)
    blocks = [figure.add_subplot(grid[0, 2 * k : 2 * k + 2]) for k in range(2)]
    for axes, evaluation in zip(blocks, (WITHIN, SINGLE), strict=True):
        _draw_blocks(axes, summary, evaluation)
    figure.legend(*blocks[0].get_legend_handles_labels(), fontsize=6.5, loc="outside upper center", ncols=4)
    _draw_gate(figure.add_subplot(grid[0, 4:]), summary)
    _draw_sets(figure.add_subplot(grid[1, :3]), summary, WITHIN)
    _draw_sets(figure.add_subplot(grid[1, 3:]), summary, SINGLE)
    _draw_rules(figure.add_subplot(grid[2, :3]), summary)
    _draw_forgetting(figure.add_subplot(grid[2, 3:]), summary)
    return figure


def _lines(summary: xr.Dataset, rule: str) -> xr.Dataset:
    if rule == "body":
        return _runs(summary, BODIES[MNIST], "compartments")
    return _runs(summary, name(MNIST, rule), "gated" if rule in PUBLISHED else "tuned")


def _draw_blocks(axes: plt.Axes, summary: xr.Dataset, evaluation: str) -> None:
    block = np.arange(1, CLASSES + 1)
    for rule, (label, colour) in STYLE.items():
        lines = _lines(summary, rule).accuracy.sel(evaluation=evaluation)
        with_range(axes, block, lines, colour, label)
        if evaluation == WITHIN and rule in PUBLISHED:
            axes.plot(block, PUBLISHED[rule], "--", color=colour, linewidth=0.8, label="  published")
    axes.plot(block, 1 / block, ":", color="0.3", label="only the last block")
    axes.set(xlabel="Training blocks", ylabel="Accuracy, classes so far")
    axes.set(ylim=(0, 1.02), xticks=(1, 4, 7, 10))
    axes.set_title(f"{NAMES[evaluation].capitalize()} (MNIST)")


def _draw_gate(axes: plt.Axes, summary: xr.Dataset) -> None:
    rows = {
        "gate and\nplasticity": ("naca_rate", "gated"),
        "gate\nalone": ("naca_rate", "gate_only"),
        "plasticity\nalone": ("naca_rate", "no_gate"),
        "BP with\nthe gate": ("gated_bp", "gated"),
    }
    for shift, evaluation in enumerate(EVALUATIONS):
        for place, (rule, condition) in enumerate(rows.values()):
            values = _final(summary, name(MNIST, rule), condition, evaluation)
            label = NAMES[evaluation] if place == 0 else None
            at = place + 0.27 * (shift - 1)
            bar_and_runs(axes, at, values, COLOUR[evaluation], width=0.25, label=label)
    mark_chance(axes, 1 / CLASSES)
    axes.set_xticks(range(len(rows)), list(rows), fontsize=5.5)
    axes.set(ylim=(0, 1.4), yticks=np.arange(0, 1.01, 0.2))
    axes.set(ylabel="Accuracy after ten blocks", title="Role of the gate (MNIST)")
    axes.legend(fontsize=5.5, loc="upper center", handlelength=1.2)


def _draw_sets(axes: plt.Axes, summary: xr.Dataset, evaluation: str) -> None:
    for place, data in enumerate(SETS):
        for shift, (rule, (_, colour)) in enumerate(STYLE.items()):
            experiment = BODIES[data] if rule == "body" else name(data, rule)
            condition = "compartments" if rule == "body" else "gated" if rule in PUBLISHED else "tuned"
            values = _final(summary, experiment, condition, evaluation)
            bar_and_runs(axes, place + 0.16 * (shift - 2), values, colour, width=0.15, size=1.5)
    mark_chance(axes, 1 / CLASSES)
    axes.set_xticks(range(len(SETS)), [title.replace(" ", "\n") for title in SETS.values()], fontsize=6)
    axes.set(ylim=(0, 1.02), ylabel="Accuracy after ten blocks", title=f"Four sets: {NAMES[evaluation]}")


def _draw_rules(axes: plt.Axes, summary: xr.Dataset) -> None:
    """Draw every rule on single images (bars), and those with a gate in within-class batches (rings)."""
    rows = ("naca", "naca_slope", *SPIKING, "naca_rate", *RATE)
    for place, rule in enumerate(rows):
        gated = rule.startswith("naca")
        runs = _runs(summary, name(MNIST, rule), "gated" if gated else "trained")
        for evaluation, mark in ((WITHIN, "o"), (SINGLE, ".")):
            if evaluation == WITHIN and not gated:
                continue
            values = runs.accuracy.sel(evaluation=evaluation)[:, -1].values
            ring = {"markerfacecolor": "none", "color": COLOUR[WITHIN]}
            ring = ring if evaluation == WITHIN else {"color": "k"}
            axes.plot(values, np.full(len(values), place), mark, markersize=3, **ring)
            if evaluation == SINGLE:
                axes.barh(place, values.mean(), height=0.7, color=COLOUR[SINGLE])
    axes.axhline(len(SPIKING) + 1.5, color="0.7", linewidth=0.6)
    mark_chance(axes, 1 / CLASSES, horizontal=False)
    axes.set_yticks(range(len(rows)), [rule.replace("_", " ") for rule in rows], fontsize=5.5)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.02), title="All rules (MNIST)")
    axes.set_xlabel("Accuracy after ten blocks: single images; rings, within-class")


def _draw_forgetting(axes: plt.Axes, summary: xr.Dataset) -> None:
    rows = {
        "NACA, spiking": (name(MNIST, "naca"), "gated"),
        "NACA, rates": (name(MNIST, "naca_rate"), "gated"),
        "its gate alone": (name(MNIST, "naca_rate"), "gate_only"),
        "BP with the gate": (name(MNIST, "gated_bp"), "gated"),
        "BP": (name(MNIST, "bp"), "trained"),
        "BP, tuned": (name(MNIST, "bp"), "tuned"),
        "EWC": (name(MNIST, "ewc"), "trained"),
        "EWC, tuned": (name(MNIST, "ewc"), "tuned"),
        "mushroom body": (BODIES[MNIST], "compartments"),
    }
    for shift, evaluation in enumerate((WITHIN, SINGLE)):
        for place, key in enumerate(rows.values()):
            values = _runs(summary, *key).forgetting.sel(evaluation=evaluation).values
            label = NAMES[evaluation] if place == 0 else None
            at = place + 0.36 * (shift - 0.5)
            bar_and_runs(axes, at, values, COLOUR[evaluation], width=0.34, label=label, horizontal=True)
    axes.set_yticks(range(len(rows)), list(rows), fontsize=5.5)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.02), xlabel="Forgetting", title="Forgetting (MNIST)")
    axes.legend(fontsize=5.5, title="evaluation", title_fontsize=5.5, loc="upper right")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what is kept of each block, by each evaluation."""
    figure, axes = plt.subplots(1, len(EVALUATIONS), figsize=(TWO_COLUMNS, 2.5))
    for evaluation, right, axis in zip(EVALUATIONS, rights(run), axes, strict=True):
        picture = draw_retention(axis, right, lowest=0)
        axis.set_title(f"{NAMES[evaluation]}: {right[-1].mean():.3f}")
    figure.colorbar(picture, ax=axes, shrink=0.8, label="Accuracy")
    figure.suptitle(f"{run.attrs['experiment']}, {run_title(run)}", fontsize=8)
    return figure
