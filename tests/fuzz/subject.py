"""A small experiment in which every value that can be set shows in what is recorded.

It is put together from a description of its own, so that what is read back is what the built network held at
its first step, and not what was asked for.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2 import ms, mV, second

import neuromodsim as nms

OURS = nms.Source(key="fuzz", authors="Nobody", year=2000, title="A test", journal="None", doi="10.0/0")
CELLS, OTHERS, REGIONS = 4, 2, 3
HOLDER = nms.NeuronModel(
    name="holder",
    summary="Holds values, and shows parameters and tables.",
    source=OURS,
    equations="""
    v : volt
    n : integer
    b : boolean
    x : 1
    late : second
    share : 1
    seen_k = k : 1
    seen_tau = tau : second
    seen_drive_0 = drive(0, i) : volt
    seen_drive_1 = drive(1, i) : volt
    seen_code = code(i) : integer
    seen_due = due(i) : second
    seen_most = most : 1
    """,
    threshold="timestep(t, dt) == 1 and i == 0",
    single=("x",),
    ranges={"share": (0.0, "most")},
    parameters={
        "k": nms.Parameter(2.0, "a factor", low=0.0, high=9.0),
        "tau": nms.Parameter(10 * ms, "a time constant", low=0.1 * ms),
        "most": nms.Parameter(1.0, "of a share"),
    },
    tables={
        "drive": nms.Table(shape=(2, CELLS), unit=mV, meaning="by stimulus and cell"),
        "code": nms.Table(shape=(CELLS,), dtype="int8", meaning="a code"),
        "due": nms.Table(shape=(CELLS,), unit=second, meaning="when"),
    },
)
OTHER = nms.NeuronModel(
    name="other", summary="Notes when spikes arrive.", source=OURS, equations="got : second\nsum_w : 1"
)
WEIGHT = nms.SynapseModel(
    name="weight", summary="A weight.", source=OURS, equations="w : 1", on_pre="got_post = t\nsum_w_post += w"
)
SPACE = nms.ModulatorModel(
    name="space",
    summary="A concentration, and an occupancy as receptors have it.",
    source=OURS,
    equations="C : mmolar\nD : 1\nlevel = D*C/(1*mmolar) : 1",
    level="level",
    ranges={"D": (0.0, 1.0)},
)
TASK = nms.Task(
    name="beats",
    summary="Two phases.",
    source=OURS,
    equations="seen_cue_time = cue_time : second\nseen_rest_time = rest_time : second\non : 1",
    timeline=(nms.Phase("cue", "cue_time", "on = 1"), nms.Phase("rest", "rest_time", "on = 0")),
    parameters={
        "cue_time": nms.Parameter(2 * ms, "how long"),
        "rest_time": nms.Parameter(1 * ms, "how long"),
    },
)
SHOWN = ("v", "n", "b", "x", "late", "share", "seen_k", "seen_tau", "seen_drive_0", "seen_drive_1")
SHOWN += ("seen_code", "seen_due")
PHASES = {f"task.seen_{name}_time": 1 * ms for name in ("cue", "rest")}
# Tables that nobody fills are refused.
UNSAID = {"cells.drive": np.zeros((2, CELLS)), "cells.code": np.zeros(CELLS), "cells.due": np.zeros(CELLS)}
RECORDING = nms.Recording(
    states={f"cells.{name}": 1 * ms for name in SHOWN}
    | PHASES
    | {path: 1 * ms for path in ("others.got", "s.w", "pool.C", "pool.D", "task.on")},
    events={"task.enter_cue": (), "task.enter_rest": ()},
)


def experiment(
    *,
    parameters: Mapping[str, Any] | None = None,
    condition: Mapping[str, Any] | None = None,
    prepared: Any = None,
    delay: Any = 1 * ms,
    duration: Any = 8 * ms,
) -> nms.Experiment:
    """Return the experiment with what it, a condition of it and ``prepare`` say."""
    return nms.Experiment(
        name="fuzzed",
        summary="Holds values.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="cells", size=CELLS, model=HOLDER),
                nms.Population(name="others", size=OTHERS, model=OTHER),
            ),
            modulators=(nms.Modulator(name="pool", model=SPACE, regions=REGIONS),),
            projections=(
                nms.Projection(name="s", source="cells", target="others", model=WEIGHT, delay=delay),
            ),
        ),
        task=TASK,
        conditions={
            "plain": nms.Condition(summary="?"),
            "other": nms.Condition(summary="?", parameters=condition or {}),
        },
        recording=RECORDING,
        duration=duration,
        dt=1 * ms,
        parameters=parameters or {},
        prepare=lambda setting: UNSAID | (prepared or {}),
    )
