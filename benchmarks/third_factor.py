"""What the third factor costs: event-driven against plain STDP, and clock-driven against event-driven."""

from dataclasses import replace

from brian2 import Hz, ms, second

from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedOutDegree
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.sources import IZHIKEVICH_2007
from neuromodsim.protocols import DISTAL_REWARD
from neuromodsim.simulation.simulator import simulate

# The same traces and the same synapses; each pair of spikes moves the weight at once.
PLAIN_STDP = replace(
    DOPAMINE_STDP,
    name="plain_stdp",
    equations="""
    dx/dt = -x / tau_plus  : 1 (event-driven)
    dy/dt = -y / tau_minus : 1 (event-driven)
    w                      : volt
    """,
    modulators=(),
    on_pre="""
    I_synaptic_post += w
    x = 1
    w = clip(w - a_minus*y*w_unit, w_min, w_max)
    """,
    on_post="""
    y = 1
    w = clip(w + a_plus*x*w_unit, w_min, w_max)
    """,
    bounds={},
    parameters={n: p for n, p in DOPAMINE_STDP.parameters.items() if n not in ("tau_c", "tau_w", "d_tonic")},
)

# Weights stay as they are, so both networks fire the same spikes.
STILL = {"excitatory.a_plus": 0.0, "excitatory.a_minus": 0.0}
QUIET = Recording(spikes={"excitatory_cells": Window(start=-10 * second)})

POISSON = NeuronModel(
    name="poisson",
    summary="Fires at random.",
    source=IZHIKEVICH_2007,
    equations="I_synaptic : volt",
    threshold="rand() < rate*dt",
    parameters={"rate": Parameter(5 * Hz, "rate of firing")},
)


def random_network(dt: object) -> Experiment:
    """Return 1000 cells that fire at 5 Hz, 100 plastic synapses each."""
    return Experiment(
        name="random_network",
        summary="Plastic synapses between cells that fire at random.",
        source=IZHIKEVICH_2007,
        circuit=Circuit(
            populations=(Population(name="cells", size=1000, model=POISSON),),
            modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
            projections=(
                Projection(
                    name="excitatory",
                    source="cells",
                    target="cells",
                    model=DOPAMINE_STDP,
                    wiring=FixedOutDegree(100),
                    modulators={"d": "dopamine"},
                ),
            ),
        ),
        conditions={"tonic": Condition(summary="Tonic dopamine only.")},
        recording=Recording(spikes={"cells": Window()}),
        duration=20 * second,
        dt=dt,
    )


def plain(experiment: Experiment) -> Experiment:
    """Return distal_reward with plain STDP in place of the dopamine-gated one."""
    circuit = experiment.circuit
    projections = tuple(
        replace(p, model=PLAIN_STDP, modulators={}) if p.name == "excitatory" else p
        for p in circuit.projections
    )
    conditions = {"contingent": experiment.conditions["contingent"]}
    return replace(
        experiment,
        name="plain_stdp",
        circuit=replace(circuit, projections=projections),
        conditions=conditions,
    )


def _seconds(experiment: Experiment, spikes: dict[str, int], **options: object) -> float:
    run = simulate(experiment, progress=False, **options)  # type: ignore[arg-type]
    fired = sum(node.sizes["spike"] for node in run["spikes"].children.values())
    assert spikes.setdefault("fired", fired) == fired, "the networks do not fire alike"
    return float(run.attrs["computing_time"].split()[0])


def measure() -> list[Row]:
    """Return the cost of the event-driven program against plain STDP, and of the clock-driven one."""
    spikes: dict[str, int] = {}
    options = {"duration": 200 * second, "record": QUIET, "parameters": STILL}
    lazy, without = side_by_side(
        lambda: _seconds(DISTAL_REWARD, spikes, **options),
        lambda: _seconds(plain(DISTAL_REWARD), spikes, **options),
        times=7,
    )
    cost = ratio(lazy, without)
    rows = [
        Row(
            "event-driven third factor against plain STDP, same network",
            "at most 1.15 x",
            f"{cost:.3f} x ({spread(lazy)} s against {spread(without)} s)",
            cost,
            cost <= 1.15,
            "200 s of distal_reward with still weights; both fire the same spikes",
        )
    ]
    for dt, duration in ((1 * ms, 20 * second), (0.1 * ms, 5 * second)):
        network, fired = random_network(dt), dict[str, int]()
        clock, quick = side_by_side(
            lambda n=network, f=fired, d=duration: _seconds(n, f, duration=d, third_factor="clock-driven"),
            lambda n=network, f=fired, d=duration: _seconds(n, f, duration=d),
            times=3,
        )
        slower = ratio(clock, quick)
        rows.append(
            Row(
                f"clock-driven third factor against event-driven, dt {float(dt) * 1e3:g} ms",
                "report",
                f"{slower:.1f} x ({spread(clock)} s against {spread(quick)} s)",
                slower,
                None,
                f"1000 cells at 5 Hz, 100,000 synapses, {duration}",
            )
        )
    return rows
