"""A network while it is put together: what is described, and what there is of it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from brian2 import Clock

from neuromodsim.builder.assembly import Assembly
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.transforms.inline import inlined
from neuromodsim.transforms.own_names import apart
from neuromodsim.transforms.synaptic_chance import by_counter
from neuromodsim.transforms.synaptic_links import without_links
from neuromodsim.transforms.traces import CellTraces, named_in


@dataclass(frozen=True)
class Draft:
    """What each noun of a circuit is built from, and the assembly that it is added to.

    ``circuit`` is the experiment's, with names of synapses that their cells have as well renamed, and
    subexpressions in the code of synapses written out; ``wiring`` holds
    source and target indices of each projection, each of shape ``(synapse,)``; ``taken`` every name in use.
    """

    experiment: Experiment
    circuit: Circuit
    wiring: Mapping[str, Any]
    how: ThirdFactor
    traces: CellTraces
    taken: set[str]
    built: Assembly

    @classmethod
    def of(cls, experiment: Experiment, wiring: Mapping[str, Any], how: ThirdFactor) -> "Draft":
        """Return the draft of a network in which nothing is yet."""
        circuit, renamed = apart(experiment.circuit, experiment.task)
        each = {p.name: per_replica(circuit, wiring[p.name]) for p in circuit.projections}
        rules = tuple(
            replace(p, model=inlined(without_links(by_counter(p.model, each[p.name]))))
            for p in circuit.projections
        )
        circuit = replace(circuit, projections=rules)
        # The clock-driven program keeps every trace where the rule puts it.
        traces = CellTraces.of(circuit) if how != "clock-driven" else CellTraces()
        built = Assembly(clock=Clock(experiment.dt, name="step_clock"), own=_own(experiment), renamed=renamed)
        return cls(experiment, circuit, wiring, how, traces, traces.taken or named_in(circuit), built)

    @property
    def several(self) -> bool:
        """Whether the program holds replicas."""
        return self.circuit.replicas > 0

    @property
    def modulators(self) -> dict[str, Modulator]:
        """The modulators of the circuit by name."""
        return {m.name: m for m in self.circuit.modulators}


def per_replica(circuit: Circuit, pairs: Any) -> int | None:
    """Return how many synapses of a projection each replica has; None in a program without replicas."""
    return len(pairs[0]) // circuit.replicas if circuit.replicas else None


def _own(experiment: Experiment) -> frozenset[str]:
    """Return the parameters of which replicas have their own values."""
    return frozenset(
        f"{name}.{parameter}"
        for name, model in experiment.components().items()
        for parameter, p in model.parameters.items()
        if p.own
    )
