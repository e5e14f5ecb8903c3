"""What a driven eligibility trace costs: R-max against R-STDP (Frémaux et al. 2010), and clock-driven."""

from dataclasses import replace

from brian2 import Hz, ms, second

from benchmarks.row import Row, ratio, side_by_side, spread
from benchmarks.third_factor import _seconds
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedOutDegree
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import ModulatorModel, NeuronModel, Parameter, SynapseModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import IZHIKEVICH_2007

# Spikes do not depend on weights, so both rules see the same.
CELL = NeuronModel(
    name="escape_noise",
    summary="Fires at random, at a rate that fluctuates.",
    source=IZHIKEVICH_2007,
    equations="""
    du/dt = -u/tau_m     : 1   # membrane
    hazard = rate*exp(u) : Hz  # of a spike
    received : 1
    """,
    step="u = u + width*randn()",
    threshold="rand() < hazard*dt",
    parameters={
        "tau_m": Parameter(20 * ms, "membrane"),
        "rate": Parameter(5 * Hz, "rate of firing at rest"),
        "width": Parameter(0.1, "noise per step"),
    },
)
# As at the end of each trial, in one step only.
SUCCESS = ModulatorModel(
    name="success_signal",
    summary="Reward minus expectation, every half second.",
    source=IZHIKEVICH_2007,
    equations="success : 1",
    step="success = cos(timestep(t, dt))*int(timestep(t, dt) % 500 == 0)",
    level="success",
)
SHARED = {
    "tau_e": Parameter(500 * ms, "eligibility"),
    "eta": Parameter(1 / second, "learning rate"),
    "tau_x": Parameter(20 * ms, "window, membrane"),
    "w_min": Parameter(0.0, "lowest weight"),
    "w_max": Parameter(2.0, "highest weight"),
}
R_STDP = SynapseModel(
    name="r_stdp",
    summary="Pairs of spikes leave a trace, of which success makes a weight.",
    source=IZHIKEVICH_2007,
    equations="""
    dx/dt = -x/tau_x      : 1 (event-driven)
    dy/dt = -y/tau_x      : 1 (event-driven)
    dc/dt = -c/tau_e      : 1
    dw/dt = eta*success*c : 1
    success : 1
    """,
    modulators=("success",),
    on_pre="received_post += w\nx += 1\nc -= y",
    on_post="y += 1\nc += x",
    bounds={"w": ("w_min", "w_max")},
    parameters=SHARED,
    initial={"w": 1.0},
)
R_MAX = replace(
    R_STDP,
    name="r_max",
    summary="Spikes against their probability leave a trace, of which success makes a weight.",
    equations="""
    dslow/dt = -slow/tau_x : 1
    dfast/dt = -fast/tau_s : 1
    dc/dt = -c/tau_e - hazard_post*(slow - fast) : 1
    dw/dt = eta*success*c : 1
    success : 1
    """,
    on_pre="received_post += w\nslow += 1\nfast += 1",
    on_post="c += slow - fast",
    parameters={**SHARED, "tau_s": Parameter(5 * ms, "synapse")},
)


def network(rule: SynapseModel) -> Experiment:
    """Return 1000 cells that fire at about 5 Hz, 100 plastic synapses each."""
    plastic = Projection(
        name="plastic", source="cells", target="cells", model=rule, wiring=FixedOutDegree(100)
    )
    return Experiment(
        name=f"network_of_{rule.name}",
        summary=rule.summary,
        source=IZHIKEVICH_2007,
        circuit=Circuit(
            populations=(Population(name="cells", size=1000, model=CELL),),
            modulators=(Modulator(name="success", model=SUCCESS),),
            projections=(plastic,),
        ),
        conditions={"only": Condition(summary="The only one.")},
        recording=Recording(spikes={"cells": Window()}),
        duration=20 * second,
        dt=1 * ms,
    )


def measure() -> list[Row]:
    """Return the cost of R-max against R-STDP, and of its clock-driven program."""
    spikes: dict[str, int] = {}
    r_max, r_stdp, clock = side_by_side(
        lambda: _seconds(network(R_MAX), spikes),
        lambda: _seconds(network(R_STDP), spikes),
        lambda: _seconds(network(R_MAX), spikes, third_factor="clock-driven"),
        times=5,
    )
    how = "1000 cells at 5 Hz, 100,000 synapses, 20 s; all fire the same spikes"
    cost, slower = ratio(r_max, r_stdp), ratio(clock, r_max)
    return [
        Row(
            "R-max, event-driven, against R-STDP",
            "at most 2 x",
            f"{cost:.2f} x ({spread(r_max)} s against {spread(r_stdp)} s)",
            cost,
            cost <= 2,
            how,
        ),
        Row(
            "R-max, clock-driven against event-driven",
            "report",
            f"{slower:.1f} x ({spread(clock)} s against {spread(r_max)} s)",
            slower,
            None,
            how,
        ),
    ]
