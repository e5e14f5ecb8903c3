"""The Go/No-Go task in a rate model, with the same two modulators.

Each stimulus and each compound k has a preference p for Go and a value v:

    drive = Σ p x ,   value = Σ v x ,   P(Go) = 1/(1 + exp(−drive/temperature))
    dd/dt = (reward − value − d)/tau_d          dopamine, during the outcome
    dp/dt = eta (1 + faster n) d (action − P(Go)) x ,    dv/dt = eta_v d x
    dq/dt = eta_q (reward − q)                  predicted outcome of Go, by compound
    dn/dt = −n/tau_n + (1 − n)/tau_rise         noradrenaline; the second term where |reward − q| > surprising
    temperature = temperature_0 (1 + exploration n)

A policy gradient with a critic. An agent that has learned not to respond receives and expects no reward, so
that dopamine does not change and nothing is learned; noradrenaline ends this state. Bursting is not
modelled.
"""

from dataclasses import replace

from brian2 import ms, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import ModulatorModel, NeuronModel, Parameter, SynapseModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.sources import MEI_2025
from neuromodsim.protocols.go_nogo.experiment import SHIFT, TRIAL, TRIALS, add_columns
from neuromodsim.protocols.go_nogo.task import go_nogo_task

SPIKING = go_nogo_task(2)
OF_SPIKES = ("net_at_zero", "value_per_net")  # what turns the critic's spikes into a value
NET = next(line for line in SPIKING.equations.splitlines() if line.strip().startswith("net ="))
TASK = replace(
    SPIKING,
    name="go_nogo_rates_task",
    summary="The Go/No-Go task with stochastic choices from rates.",
    equations=SPIKING.equations.replace(
        NET,
        """
        net = drive + temperature*luck : 1
        temperature = temperature_0*(1 + exploration*noradrenaline) : 1
        p_go = 1/(1 + exp(-drive/temperature)) : 1
        drive         : 1           # preference for Go
        worth         : 1           # value of what is there
        luck          : 1           # chance, logistic
        mistake = comparing*(outcome - worth) : 1
        tag = action - p_go : 1
        went = comparing*action : 1
        surprised     : 1           # distance of the outcome from what was predicted
        noradrenaline : 1 (linked)
        """,
    ),
    timeline=tuple(
        replace(phase, on_enter=phase.on_enter + "\nu = rand()\nluck = log(u/(1 - u))\n")
        if phase.name == "cue"
        else replace(
            phase, on_enter=phase.on_enter.replace("(critic_net - net_at_zero)*value_per_net", "1*worth")
        )
        for phase in SPIKING.timeline
    ),
    parameters={
        **{name: p for name, p in SPIKING.parameters.items() if name not in OF_SPIKES},
        "temperature_0": Parameter(0.25, "temperature of choices at baseline", low=0.0, evidence="assumed"),
        "exploration": Parameter(
            0.0, "increase of the temperature at a level of one", low=0.0, evidence="assumed"
        ),
    },
)

UNIT = NeuronModel(
    name="rate_unit",
    summary="A stimulus or a compound: its preference for Go, its value, and the outcome of Go.",
    source=MEI_2025,
    equations="""
    dp/dt = eta*(1 + faster*noradrenaline)*dopamine*tag*comparing*x   : 1  # preference for Go
    dv/dt = eta_v*dopamine*comparing*x                                : 1  # value
    dq/dt = eta_q*(outcome - q)*went*x*compounds                      : 1  # what Go brings
    x = int(i == cue_shown) + int(i == heard) + int(i == compound)    : 1  # 1 while it is there
    compounds = int(i > 3)                                            : 1
    missed = abs(outcome - q)*went*x*compounds                        : 1
    dopamine      : 1 (linked)
    noradrenaline : 1 (linked)
    tag           : 1 (linked)
    went          : 1 (linked)
    comparing     : 1 (linked)
    outcome       : 1 (linked)
    cue_shown     : integer (linked)
    heard         : integer (linked)
    compound      : integer (linked)
    """,
    method="euler",
    parameters={
        "eta": Parameter(2 / second, "learning rate of the actor", low=0 / second, evidence="assumed"),
        "eta_v": Parameter(1 / second, "learning rate of the critic", low=0 / second, evidence="assumed"),
        "eta_q": Parameter(2 / second, "learning rate of the prediction", low=0 / second, evidence="assumed"),
        "faster": Parameter(
            0.0, "increase of the learning rate at a level of one", low=0.0, evidence="assumed"
        ),
    },
    initial={"p": "0.3 + 0.05*randn()"},  # Go comes first
)

DOPAMINE = ModulatorModel(
    name="rate_dopamine",
    summary="Follows the prediction error.",
    source=MEI_2025,
    level="d",
    equations="""
    dd/dt = (released*mistake - d)/tau_d : 1
    mistake                              : 1 (linked)
    """,
    method="euler",
    parameters={
        "tau_d": Parameter(30 * ms, "time constant", low=10 * ms, evidence="assumed"),
        "released": Parameter(1.0, "0 if none is released", low=0.0, high=1.0, evidence="assumed"),
    },
)

NORADRENALINE = ModulatorModel(
    name="rate_noradrenaline",
    summary="Increases with an outcome that violates the prediction, and decays over trials.",
    source=MEI_2025,
    level="n",
    equations="""
    dn/dt = -n/tau_n + (1 - n)*alarm/tau_rise                                        : 1
    alarm = (1 - deaf)*int(surprised > surprising) + clip(tonic + deaf*told, 0, 1)   : 1
    surprised                                                                        : 1 (linked)
    told                                                                             : 1 (linked)
    """,
    method="euler",
    parameters={
        "tau_n": Parameter(30 * second, "decay", low=1 * second, evidence="assumed"),
        "tau_rise": Parameter(100 * ms, "rise", low=10 * ms, evidence="assumed"),
        "surprising": Parameter(
            1.7, "prediction error at which surprise is signalled", low=0.0, evidence="assumed"
        ),
        "tonic": Parameter(0.0, "constant drive", low=0.0, high=1.0, evidence="assumed"),
        "deaf": Parameter(0.0, "1 if an oracle replaces surprise", low=0.0, high=1.0, evidence="assumed"),
    },
)

SUMS = SynapseModel(
    name="rate_sums",
    summary="Preference, value and surprise of the present stimuli.",
    source=MEI_2025,
    equations="""
    drive_post = p_pre*x_pre      : 1 (summed)
    worth_post = v_pre*x_pre      : 1 (summed)
    surprised_post = missed_pre   : 1 (summed)
    """,
)

GAIN = {"task.exploration": 5.0}
PLASTICITY = {"units.faster": 3.0}
BOTH = {**GAIN, **PLASTICITY}

EXPERIMENT = Experiment(
    name="go_nogo_rates",
    summary="The Go/No-Go task with a simple rate-based actor and critic.",
    source=MEI_2025,
    circuit=Circuit(
        populations=(Population(name="units", size=8, model=UNIT),),
        modulators=(
            Modulator(name="dopamine", model=DOPAMINE),
            Modulator(name="noradrenaline", model=NORADRENALINE),
        ),
        projections=(Projection(name="sums", source="units", target="task", model=SUMS),),
        links={
            **{f"units.{n}": f"task.{n}" for n in ("tag", "went", "comparing", "outcome")},
            **{f"units.{n}": f"task.{n}" for n in ("cue_shown", "heard", "compound")},
            "units.dopamine": "dopamine.d",
            "units.noradrenaline": "noradrenaline.n",
            "dopamine.mistake": "task.mistake",
            "noradrenaline.surprised": "task.surprised",
            "noradrenaline.told": "task.told",
            "task.noradrenaline": "noradrenaline.n",
        },
    ),
    task=TASK,
    conditions={
        "da_na": Condition(
            summary="Dopamine-dependent learning; surprise increases noradrenaline.", parameters=BOTH
        ),
        "da_only": Condition(summary="Noradrenaline has no effect."),
        "na_plasticity_only": Condition(
            summary="Noradrenaline only accelerates learning.", parameters=PLASTICITY
        ),
        "na_gain_only": Condition(
            summary="Noradrenaline only increases the randomness of choices.", parameters=GAIN
        ),
        "na_tonic": Condition(
            summary="Constant noradrenaline level.", parameters={**BOTH, "noradrenaline.tonic": 0.005}
        ),
        "na_oracle": Condition(
            summary="Noradrenaline is driven by an oracle for the rule change.",
            parameters={**BOTH, "noradrenaline.deaf": 1.0, "task.oracle_trials": 30.0},
        ),
        "no_da": Condition(summary="No dopamine.", parameters={**BOTH, "dopamine.released": 0.0}),
    },
    recording=Recording(
        states={"noradrenaline.n": TRIAL, "units.p": 10 * TRIAL},
        events={
            "task.trial_end": (
                *("visual", "auditory", "go_cue", "block", "action", "correct", "reward", "latency", "value"),
                *("net", "errors"),
            )
        },
    ),
    duration=TRIALS * TRIAL,
    dt=10 * ms,
    parameters={"task.shift_trial": float(SHIFT)},
    finish=add_columns,
)
