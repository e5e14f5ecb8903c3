"""Which cells are wired in a run: the pairs of each projection, drawn from the seed."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from brian2.units.fundamentalunits import DIMENSIONLESS
from numpy.typing import NDArray

from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Pairs, place_of, size_of
from neuromodsim.description.probability import Probability
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput
from neuromodsim.numerics import randomness
from neuromodsim.simulation import value_expressions
from neuromodsim.simulation.initial_values import Given, of_cells
from neuromodsim.simulation.synaptic_names import names_of_cells
from neuromodsim.units import quantities

Array = NDArray[Any]


def draw_pairs(experiment: Experiment, seed: int) -> Pairs:
    """Return the pairs of a run in which all values are those of the models."""
    own = {f"{c}.{n}": p for c, m in experiment.components().items() for n, p in m.parameters.items()}
    given = Given(experiment, own, {}, seed)
    by_value = any(isinstance(p.wiring, Probability) for p in experiment.circuit.projections)
    return wired(given, given.numbers() | of_cells(given) if by_value else {}, {})


def wired(given: Given, cells: Mapping[str, Any], known: Pairs) -> Pairs:
    """Return source and target indices of every projection, each of shape ``(synapse,)``.

    Parameters
    ----------
    given
        What the values of a run are worked out from, the seed among it.
    cells
        Parameters and initial values of cells by path, in SI units, which an expression may read.
    known
        Pairs that are not to be drawn, by projection.
    """
    projections = given.experiment.circuit.projections
    return {p.name: known[p.name] if p.name in known else _drawn(p, given, cells) for p in projections}


def fixed(experiment: Experiment, pairs: Pairs) -> Pairs:
    """Return the pairs of those projections that are wired whatever the values of a run are."""
    projections = experiment.circuit.projections
    by_value = {p.name for p in projections if isinstance(p.wiring, Probability) or p.individual_delays}
    return {name: both for name, both in pairs.items() if name not in by_value}


def expect_as_seen(looked_at: Collection[str], seen: Pairs, pairs: Pairs) -> None:
    """Raise `WrongInput` if what ``prepare`` returns changes a wiring that it has looked at."""
    for name in sorted(looked_at):
        if name in seen and not all(map(np.array_equal, seen[name], pairs[name])):
            raise WrongInput(
                f"The wiring of '{name}' reads a value that 'prepare' returns, and 'prepare' has looked at "
                "this wiring as it was before; give the value as 'initial' or as a parameter."
            )


def _drawn(projection: Projection, given: Given, cells: Mapping[str, Any]) -> tuple[Array, Array]:
    wiring, circuit = projection.wiring, given.experiment.circuit
    # By name, so that a projection more does not wire all others anew.
    rng = randomness.generator(given.seed, f"wiring of {projection.name}")
    sources, targets = (size_of(circuit, n) for n in (projection.source, projection.target))
    if getattr(wiring, "self_connections", True):
        shift: dict[str, int] = {}
    else:
        first, last = (place_of(circuit, n)[1] for n in (projection.source, projection.target))
        shift = {"shift": first - last}
    if not isinstance(wiring, Probability):
        return wiring.draw(sources, targets, rng, **shift)

    def chance(i: Array, j: Array) -> Array:
        return _probability(projection, wiring.expression, given, cells, i, j)

    return wiring.draw(sources, targets, rng, chance, **shift)


def _probability(
    projection: Projection, text: str, given: Given, cells: Mapping[str, Any], i: Array, j: Array
) -> Array:
    """Return the probability of each pair, of shape ``(pair,)``."""
    what = f"the probability of '{projection.name}'"
    names = given.names(projection.name) | names_of_cells(text, given.experiment, projection, cells, i, j)
    value = value_expressions.evaluate(text, what, names, len(i), randomness.generator(0, ""))
    quantities.expect_unit(f"probability of {projection.name}", value, DIMENSIONLESS)
    value = np.broadcast_to(np.asarray(value, dtype=float), i.shape)
    wrong = ~((value >= 0) & (value <= 1))  # also where it is no number
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise WrongInput(
            f"'{text}', {what}, must be from 0 to 1; got {value[at]:.17g} for cell {i[at]} to cell {j[at]}."
        )
    return value
