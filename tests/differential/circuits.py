"""Many random rules as the projections of one circuit, so that a program is built once for all of them."""

from collections.abc import Sequence

import numpy as np
from brian2 import ms, second

import neuromodsim as nms
from tests.differential import rules
from tests.differential.rules import Rule
from tests.pretend import ALWAYS, OURS
from tests.three_factor.listed import cell, number, table

LEVEL = nms.ModulatorModel(
    name="level",
    summary="A step, to another height in each region.",
    source=OURS,
    equations="d : 1",
    level="d",
    step=f"""
    risen = int(timestep(t, dt) >= {rules.RISES})
    d = ({rules.LEVELS[0]}*int(i == 0) + {rules.LEVELS[1]}*int(i == 1))*risen
    """,
)


def model(rule: Rule) -> nms.SynapseModel:
    """Return a rule as a model of ours."""
    lines = [f"d{name}/dt = {slope} : 1 (event-driven)" for name, slope in rule.slopes.items()]
    lines += [f"{name} : 1" for name in rule.others if not (rule.tag and name == "w")]
    lines += [f"{name} = {text} : 1" for name, text in rule.expressions.items()]
    if rule.tag:
        lines += [f"d{rule.tag}/dt = -{rule.tag}/tau_tag : 1", f"dw/dt = {rule.tag}*d/tau_w : 1"]
    numbers = {name: value * second for name, value in rules.TAUS.items()} | {"amount": rules.AMOUNT}
    if rule.tag:
        numbers |= {"tau_tag": rules.TAU_TAG * second, "tau_w": rules.TAU_W * second}
    if rule.bounds:
        numbers |= {"low": rule.bounds[0], "high": rule.bounds[1]}
    return nms.SynapseModel(
        name=f"rule_{rule.seed}",
        summary="Drawn at random.",
        source=OURS,
        equations="\n".join([*lines, "d : 1"] if rule.reads else lines),
        on_pre=rule.codes["pre"],
        on_post=rule.codes["post"],
        on_event={"burst": rule.codes["burst"]} if "burst" in rule.codes else {},
        modulators=("d",) if rule.reads else (),
        bounds={"w": ("low", "high")} if rule.bounds else {},
        parameters={name: number(value) for name, value in numbers.items()},
        initial=rule.initial,
    )


def experiment(drawn: Sequence[Rule]) -> nms.Experiment:
    """Return an experiment in which every rule has cells of its own within its populations."""
    populations, projections, tables = [], [], {}
    for rule in drawn:
        a, b, s = f"a{rule.seed}", f"b{rule.seed}", f"s{rule.seed}"
        trains = [*([()] * rule.first), *rule.pre]
        when = " or ".join(f"timestep(t, dt) == {step}" for step in rule.burst)
        parts = {f"{a}_aside": rule.first, f"{a}_firing": rules.CELLS} if rule.first else {}
        populations += [
            nms.Population(
                name=a, size=len(trains), model=cell(a, trains, events={"burst": when}), parts=parts
            ),
            nms.Population(name=b, size=rules.CELLS, model=cell(b, rule.post)),
        ]
        tables |= {f"{a}.{a}_at": table(trains), f"{b}.{b}_at": table(rule.post)}
        projections.append(
            nms.Projection(
                name=s,
                source=f"{a}_firing" if rule.first else a,
                target=b,
                model=model(rule),
                delay=None if rule.delay is None else rule.delay * ms,
                modulators={"d": "level"} if rule.reads else {},
                region_of=rule.regions if rule.reads else (),
            )
        )
    states = {f"s{r.seed}.{n}": rules.STEPS * ms for r in drawn for n in r.recorded}
    return nms.Experiment(
        name="drawn",
        summary="Random rules.",
        source=OURS,
        circuit=nms.Circuit(
            populations=tuple(populations),
            modulators=(nms.Modulator(name="level", model=LEVEL, regions=2),),
            projections=tuple(projections),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states=states),
        duration=rules.STEPS * ms,
        dt=1 * ms,
        prepare=lambda setting: tables,
    )


def found(drawn: Sequence[Rule], device: str, how: str) -> list[np.ndarray]:
    """Return all variables of each rule at the end, each of shape ``(variable, synapse)``."""
    run = nms.simulate(experiment(drawn), device=device, third_factor=how, progress=False)
    values = []
    for rule in drawn:
        branch = run[f"synapses/s{rule.seed}"]
        names = ["weight" if name == "w" else name for name in rule.recorded]
        values.append(np.array([branch[name].values[-1] for name in names]))
    return values
