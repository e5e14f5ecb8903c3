"""A messenger alone in an experiment, and slopes of reactions as they are listed, in nM and seconds."""

import numpy as np
from brian2 import ms, second
from brian2.equations.equations import SUBEXPRESSION
from brian2.units import get_dimensions

import neuromodsim as nms
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.equations.sources import LINDROOS_2018


def slopes(listed, names, held):
    """Return dy/dt of a list of reactions by the law of mass action; ``held`` is appended to y.

    A reaction is the names on its left, those on its right, and the rates there and back.
    """
    order = [*names, *held, "one"]  # a factor of one fills up the shorter products
    sides = [[side.split() for side in row[:2]] for row in listed]
    left, right = (np.array([[order.index(s) for s in _three(pair[k])] for pair in sides]) for k in (0, 1))
    forth, back = (np.array([row[k] for row in listed], float) for k in (2, 3))
    turn = np.zeros((len(names), len(listed)))
    for k, (a, b) in enumerate(sides):
        for substance, many in [*((s, -1) for s in a), *((s, 1) for s in b)]:
            if substance in names:
                turn[names.index(substance), k] += many
    constant = [*held.values(), 1.0]

    def slope(t, y):
        z = np.append(y, constant)
        return turn @ (forth * z[left].prod(axis=1) - back * z[right].prod(axis=1))

    return slope


def _three(side):
    return [*side, "one", "one"][:3]


def alone(
    model, name="one", *, rows=1, dt=0.5 * ms, links=None, others=(), initial=None, interval=None, states
):
    """Return an experiment with one messenger and what it reads."""
    part = Modulator(name=name, model=model, regions=rows, initial=initial or {})
    return Experiment(
        name=name,
        summary="One messenger.",
        source=LINDROOS_2018,
        circuit=Circuit(populations=(), modulators=(*others, part), links=links or {}),
        conditions={"only": Condition(summary="Only.")},
        recording=Recording(states={f"{name}.{s}": interval or 10 * ms for s in states}),
        duration=1 * second,
        dt=dt,
    )


def prescribed(name="dopamine", rows=1, **initial):
    """Return a concentration that is what it is told to be."""
    return Modulator(name=name, model=TRANSIENT, regions=rows, initial=initial)


def run(experiment, duration, **parameters):
    return nms.simulate(experiment, device="numpy", duration=duration, parameters=parameters)


def own_slopes(model, state, **given):
    """Return dy/dt of a model's substances from its equation strings; everything in nM and seconds."""
    equations = parsed(model.equations)
    names = {n: float(p.value) * 1e-6 ** order_of(p) for n, p in model.parameters.items()}
    names |= {**state, **given, "mmolar": 1.0, "second": 1.0}
    for equation in equations.ordered:
        if equation.type == SUBEXPRESSION:
            names[equation.varname] = eval(str(equation.expr), {}, names)
    return {n: eval(str(equations[n].expr), {}, names) for n in state}


def order_of(parameter):
    """Return how many concentrations a rate constant divides by."""
    return round(-get_dimensions(parameter.value).get_dimension("mol"))


def some_states(names, count=5):
    rng = np.random.default_rng(1)
    return [dict(zip(names, rng.lognormal(3, 2, len(names)), strict=True)) for _ in range(count)]
