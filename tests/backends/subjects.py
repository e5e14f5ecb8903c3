"""Small experiments that use much of the engine at once."""

from dataclasses import replace

import numpy as np
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.equations import DOPAMINE_STDP, FIXED_WEIGHT, IZHIKEVICH, PHASIC_DOPAMINE
from tests.pretend import ALWAYS, OURS, RELEASE

EXCITATORY, INHIBITORY = 16, 4

CELLS = nms.Population(
    name="cells",
    size=EXCITATORY + INHIBITORY,
    model=IZHIKEVICH,
    parts={"excitatory": EXCITATORY, "inhibitory": INHIBITORY},
    initial={"v": "-65*mV + 10*mV*rand()"},
)
INHIBITION = nms.Projection(
    name="inhibition",
    source="inhibitory",
    target="excitatory",
    model=FIXED_WEIGHT,
    wiring=nms.FixedOutDegree(6),
    delay=3 * ms,
)
# Noise, plasticity in two regions, delays, a task with a table, and a bit of everything recorded.
RICH = nms.Experiment(
    name="rich",
    summary="A little of everything.",
    source=OURS,
    circuit=nms.Circuit(
        populations=(CELLS,),
        modulators=(nms.Modulator(name="dopamine", model=PHASIC_DOPAMINE, regions=2),),
        projections=(
            nms.Projection(
                name="plastic",
                source="excitatory",
                target="cells",
                model=DOPAMINE_STDP,
                wiring=nms.FixedProbability(0.3),
                modulators={"d": "dopamine"},
                compartment_of=(0, 1) * 10,
                initial={"w": "3*mV + 1*mV*rand()"},
            ),
            INHIBITION,
            nms.Projection(
                name="release",
                source="excitatory",
                target="dopamine",
                model=RELEASE,
                wiring=nms.Pairs((0, 1, 2), (0, 1, 1)),
            ),
        ),
    ),
    task=nms.Task(
        name="flashes",
        summary="Notes an entry of a table in each trial, and throws a coin.",
        source=OURS,
        equations="shown : 1\ncoin : 1",
        timeline=(
            nms.Phase("cue", "cue_time", on_enter="shown = level(trial)\ncoin = rand()"),
            nms.Phase("pause", "pause_time"),
        ),
        tables={"level": nms.Table(shape=(5,), meaning="what is shown")},
        parameters={
            "cue_time": nms.Parameter(30 * ms, "length of a cue"),
            "pause_time": nms.Parameter(20 * ms, "length of a pause"),
        },
    ),
    conditions=ALWAYS,
    recording=nms.Recording(
        spikes={"cells": nms.Window(), "inhibitory": nms.Window(start=100 * ms, stop=-50 * ms)},
        states={"plastic.w": 50 * ms, "plastic.c": 70 * ms, "dopamine.d": 10 * ms, "cells.v": 1 * ms},
        only={"cells.v": (3, 17)},
        windows={"cells.v": nms.Window(start=20 * ms, stop=40 * ms)},
        events={"task.enter_cue": ("trial",), "task.enter_pause": ("shown", "coin")},
    ),
    parameters={"izhikevich.noise_width": 20 * mV},
    duration=300 * ms,
    dt=1 * ms,
    prepare=lambda setting: {"task.level": np.arange(5.0) / 7},
)
# The same cells, for targets on which every object takes seconds to compile.
PLAIN = replace(
    RICH,
    name="plain",
    circuit=nms.Circuit(populations=(CELLS,)),
    task=None,
    recording=nms.Recording(spikes={"cells": nms.Window()}),
    duration=200 * ms,
    prepare=None,
)
# Two cells that do next to nothing, for trying out builds.
TINY = nms.Experiment(
    name="tiny",
    summary="Two leaky cells.",
    source=OURS,
    circuit=nms.Circuit(
        populations=(
            nms.Population(
                name="cell",
                size=2,
                model=nms.NeuronModel(
                    name="leak",
                    summary="A leak.",
                    source=OURS,
                    equations="dv/dt = -v/tau : volt",
                    parameters={"tau": nms.Parameter(10 * ms, "time constant")},
                    initial={"v": 1 * mV},
                ),
            ),
        )
    ),
    conditions=ALWAYS,
    recording=nms.Recording(states={"cell.v": 1 * ms}),
    duration=0.02 * second,
    dt=1 * ms,
)
