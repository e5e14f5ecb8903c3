"""Delays of which each synapse has its own: whole steps, and synapses numbered in their order."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2.units import Quantity, second
from numpy.typing import NDArray

from neuromodsim.description.connectivity import Pairs as Listed
from neuromodsim.description.paths import Pairs
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput
from neuromodsim.numerics import randomness
from neuromodsim.simulation import value_expressions
from neuromodsim.simulation.initial_values import Given
from neuromodsim.simulation.synaptic_names import names_of_cells
from neuromodsim.units import quantities

Array = NDArray[Any]
MOST_STEPS = 2**20  # of a delay, for each of which a program keeps a list


def in_order_of_delays(
    given: Given, cells: Mapping[str, Any], pairs: Pairs, known: Pairs
) -> tuple[Pairs, dict[str, Array]]:
    """Return pairs as they are numbered, and the delays of synapses in seconds by path.

    Those of one source are numbered in the order of their delays, so that a spike finds the synapses that it
    reaches at one moment side by side. Pairs that somebody has listed stay in their order.

    Parameters
    ----------
    given
        What the values of a run are worked out from.
    cells
        Parameters and initial values of cells by path, in SI units.
    pairs
        Source and target indices of each projection, each of shape ``(synapse,)``.
    known
        Those of them that were not drawn.
    """
    found: dict[str, Array] = {}
    ordered = dict(pairs)
    for projection in given.experiment.circuit.projections:
        i, j = pairs[projection.name]
        steps = {
            n: _steps(n, d, projection, given, cells, i, j) for n, d in projection.individual_delays.items()
        }
        if _may_order(projection) and projection.name not in known:
            order = np.lexsort((steps["delay"], i))
            ordered[projection.name] = (i[order], j[order])
            steps = {name: of_each[order] for name, of_each in steps.items()}
        dt = float(given.experiment.dt)
        found |= {f"{projection.name}.{name}": of_each * dt for name, of_each in steps.items()}
    return ordered, found


def _may_order(projection: Projection) -> bool:
    """Whether synapses are numbered by nobody but the program."""
    delays = projection.individual_delays
    listed = any(not isinstance(delay, str) for delay in delays.values())
    return "delay" in delays and not listed and not isinstance(projection.wiring, Listed)


def _steps(
    name: str,
    delay: Any,
    projection: Projection,
    given: Given,
    cells: Mapping[str, Any],
    i: Array,
    j: Array,
) -> Array:
    """Return one delay of each synapse in time steps."""
    what, of, dt = f"the {name} of '{projection.name}'", f"{name} of {projection.name}", given.experiment.dt
    value = delay
    if isinstance(delay, str):
        rng = randomness.generator(given.seed, of)
        names = given.names(projection.name) | names_of_cells(
            delay, given.experiment, projection, cells, i, j
        )
        value = value_expressions.evaluate(delay, what, names, len(i), rng)
        quantities.expect_unit(of, value, second.dim)
    held = np.asarray(value, dtype=float)
    if held.size not in (1, len(i)) or (held.ndim and held.size != len(i)):
        raise WrongInput(f"'{name}' of '{projection.name}' takes one time or {len(i)}; got {held.size}.")
    held = np.broadcast_to(held, i.shape)
    wrong = ~((held >= 0) & (held < MOST_STEPS * float(dt)))  # also where it is no number
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise WrongInput(
            f"'{name}' of '{projection.name}' must be from 0 s to below {MOST_STEPS} time steps; got "
            f"{quantities.shown(Quantity(held[at], dim=second.dim))} for cell {i[at]} to cell {j[at]}."
        )
    if not isinstance(delay, str):
        for one in np.unique(held):
            quantities.whole_steps(of, Quantity(one, dim=second.dim), dt, least=0)
    return np.floor(held / float(dt) + 0.5)
