"""One network in three simulators: cells that fire at some 10 Hz, 100 plastic synapses each, and dopamine.

The rule is that of NEST's ``stdp_dopamine_synapse`` (Potjans et al. 2010, doi 10.3389/fncom.2010.00141):
every pair of spikes counts, an eligibility decays within a second, and the weight moves by eligibility times
dopamine less a baseline. Cells are leaky integrators that a current drives just above threshold, so that the
time goes into synapses. Weights hardly move: the work is the same with any amplitude, and so are the rates.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import Any

from brian2 import ms, mV, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedOutDegree
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.sources import IZHIKEVICH_2007
from neuromodsim.simulation.simulator import simulate

DT, DELAY, DEGREE, EVERY = 0.1, 1.0, 100, 0.5  # ms, ms, synapses, seconds between dopamine spikes
DRIVE, WEIGHT, AMPLITUDE = 15.065, 0.002, 1e-6  # mV, mV, mV of weight per unit of eligibility and ms
SILENCE = 2.0  # ms after a spike, in the variant that has a refractory period

ADDITIVE = replace(
    DOPAMINE_STDP,
    name="additive_dopamine_stdp",
    on_pre="""
    I_synaptic_post += w
    x += 1
    c -= a_minus * y
    """,
    on_post="""
    y += 1
    c += a_plus * x
    """,
).with_parameters(tau_w=1 * ms, a_plus=1.0, a_minus=1.5, d_tonic=0.0)

LEAKY = NeuronModel(
    name="leaky",
    summary="A leaky integrator, driven just above threshold.",
    source=IZHIKEVICH_2007,
    equations="dv/dt = (drive - v)/tau_m : volt",
    threshold="v > 15*mV",
    reset="v = 0*mV",
    parameters={
        "tau_m": Parameter(20 * ms, "membrane time constant"),
        "drive": Parameter(DRIVE * mV, "what current drives to"),
    },
    initial={"v": "15*mV*rand()"},
)
SILENT_AFTERWARDS = replace(
    LEAKY,
    name="leaky_with_silence",
    equations=f"{LEAKY.equations} (unless refractory)",
    refractory="t_ref",
    parameters={**LEAKY.parameters, "t_ref": Parameter(SILENCE * ms, "silence after a spike")},
)
CLOCKWORK = NeuronModel(
    name="clockwork",
    summary="Fires at regular times.",
    source=IZHIKEVICH_2007,
    equations="idle : 1",
    threshold=f"timestep(t, dt) % {round(EVERY * 1e4)} == {round(EVERY * 5e3)}",
)
RELEASE = SynapseModel(
    name="release",
    summary="A spike of dopamine counts 1/tau_n, per millisecond.",
    source=IZHIKEVICH_2007,
    on_pre="d_post += 1.0/200",
)


@dataclass(frozen=True)
class Found:
    """Seconds of computing per second simulated, and spikes per cell and second."""

    seconds: float
    rate: float


def described(cells: int, silence: float = 0) -> Experiment:
    """Return the network as an experiment of ours, if asked with a refractory period."""
    rule = replace(ADDITIVE, on_pre=ADDITIVE.on_pre.replace("I_synaptic_post", "v_post"))
    rule = rule.with_parameters(w_unit=AMPLITUDE * mV)
    return Experiment(
        name="dopamine_network",
        summary="Plastic synapses between leaky cells.",
        source=IZHIKEVICH_2007,
        circuit=Circuit(
            populations=(
                Population(name="cells", size=cells, model=SILENT_AFTERWARDS if silence else LEAKY),
                Population(name="dopamine_cell", size=1, model=CLOCKWORK),
            ),
            modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
            projections=(
                Projection(
                    name="plastic",
                    source="cells",
                    target="cells",
                    model=rule,
                    wiring=FixedOutDegree(DEGREE),
                    modulators={"d": "dopamine"},
                    delay=DELAY * ms,
                    initial={"w": WEIGHT * mV},
                ),
                Projection(name="release", source="dopamine_cell", target="dopamine", model=RELEASE),
            ),
        ),
        conditions={"always": Condition(summary="The only one.")},
        recording=Recording(spikes={"cells": Window()}),
        duration=2 * second,
        dt=DT * ms,
    )


def ours(cells: int, seconds: float, silence: float = 0) -> Found:
    """Run it with neuromodsim, one thread."""
    run = simulate(described(cells, silence), duration=seconds * second, progress=False)
    computing = float(run.attrs["computing_time"].split()[0])
    return Found(computing / seconds, run["spikes/cells"].sizes["spike"] / cells / seconds)


PLAIN_BRIAN2 = """
import json, sys, tempfile
from brian2 import *
cells, seconds = int(sys.argv[1]), float(sys.argv[2])
set_device("cpp_standalone", build_on_run=False)
defaultclock.dt = {dt}*ms
tau_m, tau_plus, tau_minus, tau_c, tau_n = 20*ms, 20*ms, 20*ms, 1*second, 200*ms
drive, b, a_plus, a_minus, w_min, w_max = {drive}*mV, 0.0, 1.0, 1.5, 0*mV, 4*mV
group = NeuronGroup(cells, "dv/dt = (drive - v)/tau_m : volt", threshold="v > 15*mV",
                    reset="v = 0*mV", method="exact")
group.v = "15*mV*rand()"
dopamine = SpikeGeneratorGroup(1, [0]*1000, (0.5 + arange(1000))*{every}*second)
plastic = Synapses(group, group, '''
    dx/dt = -x/tau_plus : 1 (event-driven)
    dy/dt = -y/tau_minus : 1 (event-driven)
    dc/dt = -c/tau_c : 1 (clock-driven)
    dn/dt = -n/tau_n : 1 (clock-driven)
    dw/dt = {amplitude}*mV*c*(n - b)/ms : volt (clock-driven)''',
    on_pre='''
    v_post += w
    x += 1
    c -= a_minus*y
    w = clip(w, w_min, w_max)''',
    on_post='''
    y += 1
    c += a_plus*x''', delay={delay}*ms, method="euler")
i = repeat(arange(cells), {degree})
plastic.connect(i=i, j=np.random.default_rng(1).integers(0, cells, len(i)))
plastic.w = {weight}*mV
reward = Synapses(dopamine, plastic, on_pre="n_post += 1/200.0")
reward.connect()
monitor = SpikeMonitor(group)
run(seconds*second)
device.build(directory=tempfile.mkdtemp(), run=False)
device.run(with_output=False)
print("FOUND", json.dumps([device._last_run_time/seconds, monitor.num_spikes/cells/seconds]))
"""

NEST = """
import json, sys, time
import numpy as np
import nest
cells, seconds, threads, every = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
silence = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
nest.ResetKernel()
nest.set(resolution={dt}, local_num_threads=threads)
group = nest.Create("iaf_psc_delta", cells, params=dict(
    tau_m=20.0, C_m=20.0, E_L=0.0, V_th=15.0, V_reset=0.0, t_ref=silence, I_e={drive}, tau_minus=20.0))
group.V_m = np.random.default_rng(2).uniform(0, 15, cells)
times = (0.5 + np.arange(1000))*{every}*1000
dopamine, relay = nest.Create("spike_generator", params=dict(spike_times=times)), nest.Create("parrot_neuron")
transmitter = nest.Create("volume_transmitter", params=dict(deliver_interval=every))
nest.Connect(dopamine, relay, syn_spec=dict(delay={delay}))
nest.Connect(relay, transmitter, syn_spec=dict(delay={delay}))
nest.CopyModel("stdp_dopamine_synapse", "plastic", dict(
    volume_transmitter=transmitter, A_plus={amplitude}, A_minus=1.5*{amplitude}, tau_plus=20.0, tau_c=1000.0,
    tau_n=200.0, b=0.0, Wmin=0.0, Wmax=4.0))
nest.Connect(group, group, dict(rule="fixed_outdegree", outdegree={degree}),
             dict(synapse_model="plastic", weight={weight}, delay={delay}))
recorder = nest.Create("spike_recorder")
nest.Connect(group, recorder)
nest.Simulate(10.0)
recorder.n_events = 0
start = time.perf_counter()
nest.Simulate(1000*seconds)
print("FOUND", json.dumps([(time.perf_counter() - start)/seconds, recorder.n_events/cells/seconds]))
"""


def other(script: str, *given: Any) -> Found:
    """Run the network in another simulator, in a program of its own."""
    numbers = {"dt": DT, "delay": DELAY, "degree": DEGREE, "drive": DRIVE, "weight": WEIGHT}
    text = script
    for name, value in {**numbers, "every": EVERY, "amplitude": AMPLITUDE}.items():
        text = text.replace(f"{{{name}}}", repr(value))
    command = [sys.executable, "-c", text, *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("FOUND")]
    if not lines:
        raise RuntimeError("\n".join(done.stderr.splitlines()[-5:]))
    return Found(*json.loads(lines[-1].removeprefix("FOUND")))
