"""An experiment that holds values of each type, and all that one of its runs is given."""

from dataclasses import replace

import numpy as np
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.simulation import values
from tests.pretend import ALWAYS, OURS

TABLE = np.array([[1.0, 2, 3], [10, 20, 30]])
READ = "int(b) + n + late/second + k + drive(0, i)/mV + code(i) + due(i)/second > 1e99"


def cells(size=3, *, prepare=None, parameters=None, conditions=ALWAYS, record=None, **fields):
    """Return an experiment of cells with one variable of each type and one table of each kind.

    All are read by an event that never happens; tables that ``prepare`` does not fill are zeros.
    """
    model = nms.NeuronModel(
        name="cell",
        summary="Holds values.",
        source=OURS,
        **(
            {
                "equations": "v : volt\nn : integer\nb : boolean\nx : 1\nlate : second",
                "single": ("x",),
                "events": {"never": READ},
                "parameters": {"k": nms.Parameter(2.0, "a factor", low=0.0, high=9.0)},
                "tables": {
                    "drive": nms.Table(shape=(2, 3), unit=mV, meaning="by stimulus and cell"),
                    "code": nms.Table(shape=(4,), dtype="int8", meaning="a code"),
                    "due": nms.Table(shape=(2,), unit=second, meaning="when"),
                },
            }
            | fields
        ),
    )
    target = nms.NeuronModel(name="target", summary="Is there.", source=OURS, equations="y : volt")
    synapse = nms.SynapseModel(
        name="weight", summary="A weight.", source=OURS, equations="w : 1", on_pre="y_post += w*mvolt"
    )

    def filled(setting):
        returned = {} if prepare is None else prepare(setting)
        if isinstance(returned, nms.Prepared):
            return replace(returned, values={**values.blank(subject), **returned.values})
        return {**values.blank(subject), **returned} if isinstance(returned, dict) else returned

    subject = nms.Experiment(
        name="held",
        summary="Holds values.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="cells", size=size, model=replace(model, threshold="x > 1e9")),
                nms.Population(name="others", size=2, model=target),
            ),
            projections=(nms.Projection(name="s", source="cells", target="others", model=synapse),),
        ),
        conditions=conditions,
        recording=nms.Recording(states=record or {"cells.v": 1 * ms}),
        duration=2 * ms,
        dt=1 * ms,
        parameters=parameters or {},
        prepare=filled,
    )
    return subject


def gather(experiment, changed=None, condition=None, seed=1):
    chosen = condition or next(iter(experiment.conditions.values()))
    return values.gather(experiment, chosen, changed or {}, seed, 0.002)
