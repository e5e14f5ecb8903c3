"""A cell is rewarded for spikes near those of a target cell: six parameter sets of Legenstein et al. (2008).

Computer simulation 3 of the article (Fig. 8, Table 1). A linear Poisson cell learns by `R_STDP_ALPHA`; half
of its inputs also reach a target cell, at the largest weight, with ten more. Each pair of a spike of the
learner and one of the target, Δ = t_learner - t_target, gives at its later spike, 0.4 s later, the reward

    κ(Δ) = A+ (exp(-u/τ_1) - exp(-u/τ_2)),  u = Δ + T_e > 0;    -A- (exp(u/τ_1) - exp(u/τ_2)),  u < 0

A- = 50 ms/(τ_1 - τ_2), A+ is a little larger, and T_e is such that inputs to the target alone reward later
spikes of the learner and punish earlier ones. Learning should raise the weights that the target has, and
lower the others. The theory predicts both changes, and that in four of twelve cases they go the wrong way.
All values were read in the authors' program (ModelDB 116837, ``compsim3``).

Here ten learners with a target each share their inputs, in steps of 1 ms instead of 0.1 ms. The ratio of
STDP amplitudes is such that the area under the window remains the published one. T_e is rounded to a step,
and rewards come by T_e later if the spike of the learner was the later one. Sets 1 to 5 have 50 inputs of
each kind; the others are silent. A run returns ``changes``: of the weights that the target has (``strong``)
and of others, per hour.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from brian2 import Hz, ms, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import AllToAll, OneToOne
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import ModulatorModel, NeuronModel, Parameter, SynapseModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.neurons.poisson import POISSON
from neuromodsim.equations.plasticity.r_stdp_alpha import R_STDP_ALPHA
from neuromodsim.equations.sources import LEGENSTEIN_2008

CELLS, KIND, OTHERS = 10, 100, 10  # learners; inputs of each kind at most; inputs of the target alone
DELAY, TAU_2 = 400, 4.0  # ms: of reward; rise of its kernel
WHERE = "ModelDB 116837, compsim3"


@dataclass(frozen=True)
class Published:
    """One set of values; times in ms, rates in Hz."""

    tau: float  # of synapses
    scale: float  # sum of all weights, if they are largest, in spikes per input spike
    base: float  # rate without input
    A: float  # amplitude of pre before post
    alpha: float  # that of post before pre, relative
    window: float  # of pairs
    kappa: float  # decay of the reward kernel
    ratio: float  # of its amplitudes
    T_e: float  # its shift, rounded
    n: int  # inputs
    nu: float  # their rate
    hours: float  # of the published simulation


SETS = {
    "set_1": Published(10, 1.2, 10, 0.0005 * 2.77, 1.05, 20, 20, 1.07, 7, 100, 6, 5.0),
    "set_2": Published(7, 2.0, 5, 0.0002 * 2.77, 1.02, 15, 16, 1.10, 5, 100, 6, 10.0),
    "set_3": Published(20, 1.0, 6, 0.0002 * 2.77, 1.10, 25, 40, 1.08, 12, 100, 6, 19.9),
    "set_4": Published(7, 2.0, 5, 0.0002 * 2.77, 1.07, 25, 16, 1.12, 5, 100, 6, 13.0),
    "set_5": Published(10, 1.5, 6, 0.0005 * 2.77, 1.10, 25, 20, 1.20, 6, 100, 6, 2.0),
    "set_6": Published(25, 1.0, 3, 0.0010 * 2.77, 1.01, 25, 20, 1.07, 12, 200, 3, 18.0),
}


def _read(value: object, meaning: str, low: object = None) -> Parameter:
    return Parameter(value, meaning, WHERE, low, evidence="reported")


LINEAR_POISSON = NeuronModel(
    name="linear_poisson",
    summary="Fires at random, at a rate that is the sum of its inputs.",
    source=LEGENSTEIN_2008,
    equations="dI_synaptic/dt = -I_synaptic/tau : Hz  # what inputs add to the rate",
    threshold="rand() < (base + I_synaptic)*dt",
    parameters={
        "tau": _read(10 * ms, "time constant of synapses", 0.1 * ms),
        "base": _read(10 * Hz, "rate without input", 0 * Hz),
    },
)

FIXED = SynapseModel(
    name="fixed_rate",
    summary="Each spike adds to the rate of its target.",
    source=LEGENSTEIN_2008,
    on_pre="I_synaptic_post += added",
    parameters={"added": Parameter(1 * Hz, "what a spike adds to the rate")},
)

PAIR_REWARD = ModulatorModel(
    name="pair_reward",
    summary="Dopamine in one step for each pair of a learner's and a target's spike.",
    source=LEGENSTEIN_2008,
    equations="""
    dl_1/dt = -l_1/tau_1 : 1   # spikes of the learner, shifted
    dl_2/dt = -l_2/tau_2 : 1
    dt_1/dt = -t_1/tau_1 : 1   # spikes of the target
    dt_2/dt = -t_2/tau_2 : 1
    d                    : Hz  # reward, a pulse of one step
    """,
    method="exponential_euler",
    step="d = 0*Hz",
    level="d",
    parameters={
        "tau_1": _read(20 * ms, "decay of the kernel", 0.1 * ms),
        "tau_2": _read(TAU_2 * ms, "rise of the kernel", 0.1 * ms),
        "A_plus": _read(3.3, "amplitude for learner after target", 0.0),
        "A_minus": _read(3.1, "amplitude for learner before target", 0.0),
    },
)

BY_LEARNER = SynapseModel(
    name="reward_at_learner",
    summary="A spike of the learner after the target's is rewarded.",
    source=LEGENSTEIN_2008,
    on_pre="""
    d_post += A_plus_post*(t_1_post - t_2_post)/dt
    l_1_post += 1
    l_2_post += 1
    """,
    parameters={"shift": _read(7 * ms, "by how much a spike of the learner may come earlier", 0 * ms)},
)

BY_TARGET = SynapseModel(
    name="reward_at_target",
    summary="A spike of the target after the learner's is punished.",
    source=LEGENSTEIN_2008,
    on_pre="""
    d_post -= A_minus_post*(l_1_post - l_2_post)/dt
    t_1_post += 1
    t_2_post += 1
    """,
)

RULE = replace(
    R_STDP_ALPHA,
    name="r_stdp_alpha_of_rates",
    summary="As R_STDP_ALPHA, onto a cell whose input is a rate.",
    parameters={
        **R_STDP_ALPHA.parameters,
        "w_unit": Parameter(1 * Hz, "rate of a weight of one"),
    },
)


def in_steps(alpha: float, window: float, step: float = 1.0) -> float:
    """Return the ratio of amplitudes that keeps the area under the window in steps.

    Two spikes of one step count as pre before post, which adds half a step of potentiation.

    Examples
    --------
    >>> round(in_steps(1.05, 20, step=1e-4), 4), round(in_steps(1.05, 20), 4)
    (1.05, 1.1025)
    """
    kept = np.exp(-step / window)
    return float((1 / (1 - kept) - window / step * (1 - alpha)) * (1 - kept) / kept)


def of_set(name: str) -> Condition:
    """Return the condition of a published set."""
    s = SETS[name]
    added = s.scale / s.n / (s.tau * ms)
    active = np.arange(2 * KIND) % KIND < s.n / 2
    minus = 50 / (s.kappa - TAU_2)
    return Condition(
        summary=f"The {name.replace('_', ' ')} of Table 1.",
        parameters={
            "shared.rate": active * s.nu * Hz,
            "others.rate": s.nu * Hz,
            "learners.tau": s.tau * ms,
            "targets.tau": s.tau * ms,
            "learners.base": s.base * Hz,
            "plastic.w_unit": added,
            "to_targets.added": added,
            "others_to_targets.added": added,
            "plastic.A_plus": s.A,
            "plastic.alpha": in_steps(s.alpha, s.window),
            "plastic.tau_plus": s.window * ms,
            "plastic.tau_minus": s.window * ms,
            "reward.tau_1": s.kappa * ms,
            "reward.A_plus": s.ratio * minus,
            "reward.A_minus": minus,
            "by_learner.shift": s.T_e * ms,
        },
    )


def draw_weights(setting: Setting) -> dict[str, Any]:
    """Draw weights around half of the largest."""
    return {"plastic.w": np.clip(setting.rng.normal(0.5, 0.1, 2 * KIND * CELLS), 0.3, 0.7)}


def measure_changes(run: Any) -> None:
    """Add the mean change of the weights of each learner, of each kind of input, and its firing rate."""
    import xarray as xr

    if "synapses" not in run.children or "plastic" not in run["synapses"].children:
        return  # a run that was not asked to keep weights
    w = run["synapses/plastic"].weight
    hours = float(w.time[-1] - w.time[0]) / 3600
    change = (w.values[-1] - w.values[0]).reshape(2, KIND, CELLS)
    active = SETS[run.attrs["condition"]].n // 2
    run["changes"] = xr.Dataset(
        {"change": (("kind", "cell"), change[:, :active].mean(axis=1) / hours, {"units": "1/hour"})},
        coords={"kind": ["strong", "weak"]},
    )


def projection(name: str, source: str, target: str, model: SynapseModel, **more: Any) -> Projection:
    """Return a projection, from every source to every target unless ``wiring`` is another."""
    return Projection(name=name, source=source, target=target, model=model, **{"wiring": AllToAll(), **more})


EXPERIMENT = Experiment(
    name="target_spikes",
    summary="A cell is rewarded for spikes near those of another cell: six published sets of parameters.",
    source=LEGENSTEIN_2008,
    circuit=Circuit(
        populations=(
            Population(name="shared", size=2 * KIND, model=POISSON, parts={"strong": KIND, "weak": KIND}),
            Population(name="others", size=OTHERS, model=POISSON),
            Population(name="learners", size=CELLS, model=LINEAR_POISSON),
            Population(name="targets", size=CELLS, model=LINEAR_POISSON),
        ),
        modulators=(Modulator(name="reward", model=PAIR_REWARD, regions=CELLS),),
        projections=(
            projection("plastic", "shared", "learners", RULE, modulators={"d": "reward"}),
            projection("to_targets", "strong", "targets", FIXED),
            projection("others_to_targets", "others", "targets", FIXED),
            projection(
                "by_learner", "learners", "reward", BY_LEARNER, wiring=OneToOne(), delay=f"{DELAY}*ms + shift"
            ),
            projection("by_target", "targets", "reward", BY_TARGET, wiring=OneToOne(), delay=DELAY * ms),
        ),
    ),
    conditions={name: of_set(name) for name in SETS},
    parameters={"targets.base": 0 * Hz},
    recording=Recording(states={"plastic.w": 600 * second}),
    duration=3600 * second,
    dt=1 * ms,
    prepare=draw_weights,
    finish=measure_changes,
)
