"""Neuromodulators are added to a circuit: each is expanded into ordinary parts of it.

A `Neuromodulator` is a value; `add_neuromodulators` expands it into parts of a circuit, models included::

    nucleus ──spikes──► release ──► pool: C ──► receptors: D1, D2 ──► cells, synapses
                           ▲                        │
                           └────── autoreceptors ◄──┘

The extracellular compartment (pool) and its receptors form one modulator of the circuit, one row per voxel,
with the concentration ``dopamine.C``, a level per receptor (``dopamine.D1``), and all their parameters
(``dopamine.V_max``, ``dopamine.D1_K_d``). Release becomes the projection ``dopamine_release``.
"""

from neuromodsim.description import expectations
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.component_names import expect_distinct_names
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.neuromodulator import effects_of
from neuromodsim.transforms.parts import Parts


def add_neuromodulators(circuit: Circuit, *neuromodulators: Neuromodulator) -> Circuit:
    """Return a circuit with neuromodulators added; the given circuit does not change.

    Parameters
    ----------
    circuit
        The modulated populations and projections, and any nucleus that is given by name.
    neuromodulators
        In any order: effects may read levels of other neuromodulators.

    Raises
    ------
    WrongInput
        If a name is taken, an effect has no target or nothing to read, an initial value is of a variable that
        is not there, or the circuit is one of replicas.

    Examples
    --------
    >>> from neuromodsim.description.population import Population
    >>> from neuromodsim.equations import D1_EJDRUP, DA_VS_EJDRUP, DOPAMINE_NEURON, QUANTAL_RELEASE
    >>> dopamine = Neuromodulator(
    ...     name="dopamine",
    ...     nucleus=Population(name="vta", size=10, model=DOPAMINE_NEURON),
    ...     release=QUANTAL_RELEASE,
    ...     pool=DA_VS_EJDRUP,
    ...     receptors={"D1": D1_EJDRUP},
    ... )
    >>> circuit = add_neuromodulators(Circuit(populations=()), dopamine)
    >>> circuit.projections[0].name, circuit.modulators[0].name
    ('dopamine_release', 'dopamine')
    """
    expectations.kind("What neuromodulators are added to", circuit, Circuit)
    for one in neuromodulators:
        expectations.kind("What is added to a circuit", one, Neuromodulator)
    if circuit.replicas:
        raise WrongInput(
            "Neuromodulators are added to a circuit before it is copied, as by `simulate(..., replicas=2)`; "
            f"got a circuit of {circuit.replicas} replicas."
        )
    expect_distinct_names(circuit)
    parts = Parts(circuit)
    effects = [(one, effect) for one in neuromodulators for effect in effects_of(one)]
    brought = {
        one.name: {t for _, e in effects if e.on == one.name for t in e.model.transporters}
        for one in neuromodulators
    }
    for one in neuromodulators:
        parts.add(one, brought[one.name])
    # After all neuromodulators are there: an effect of one may act on another, or read its levels.
    for one, effect in effects:
        parts.affect(one, effect)
    for one in neuromodulators:
        parts.expect_compartments(one)
        # Last: the transporters that these drugs compete for are there only since an effect has brought them.
        parts.block([drug for drug in one.drugs if drug.target in brought[one.name]], one.name)
        parts.expect_initial(one)
    whole = parts.circuit()
    expect_distinct_names(whole)
    return whole
