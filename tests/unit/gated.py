"""An experiment that holds values of each type, and all that one of its runs is given."""

from dataclasses import replace

import numpy as np
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.description.model import parsed
from neuromodsim.simulation import values
from neuromodsim.units.quantities import unit_text
from tests.pretend import ALWAYS, OURS

TABLE = np.array([[1.0, 2, 3], [10, 20, 30]])


def _reading(equations, parameters, tables, **others) -> str:
    """Return a condition that reads all of a cell and is never true."""
    kept = {"n": "n", "late": "late/second", "b": "int(b)"}
    terms = ["0", *(term for name, term in kept.items() if name in parsed(equations))]
    terms += [f"{name}/({p.unit})" for name, p in parameters.items()]
    for name, table in tables.items():
        index = ", ".join(["0"] * (len(table.shape) - 1) + ["i"])
        terms.append(f"{name}({index})/({unit_text(table.unit)})")
    return f"{' + '.join(terms)} > 1e99"


def cells(size=3, *, prepare=None, parameters=None, conditions=ALWAYS, record=None, **fields):
    """Return an experiment of cells with one variable of each type and one table of each kind.

    All are read by an event that never happens; tables that ``prepare`` does not fill are zeros.
    """
    given = {
        "equations": "v : volt\nn : integer\nb : boolean\nx : 1\nlate : second",
        "single": ("x",),
        "parameters": {"k": nms.Parameter(2.0, "a factor", low=0.0, high=9.0)},
        "tables": {
            "drive": nms.Table(shape=(2, 3), unit=mV, meaning="by stimulus and cell"),
            "code": nms.Table(shape=(4,), dtype="int8", meaning="a code"),
            "due": nms.Table(shape=(2,), unit=second, meaning="when"),
        },
    } | fields
    read = {"events": {"never": _reading(**given)}}
    model = nms.NeuronModel(name="cell", summary="Holds values.", source=OURS, **read | given)
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
