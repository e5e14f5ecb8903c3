"""Many random rules as the projections of one circuit, so that a program is built once for all of them."""

from collections.abc import Sequence

import numpy as np
from brian2 import ms, second

import neuromodsim as nms
from tests.differential import quick, rules, spikes
from tests.differential.rules import Rule
from tests.differential.spikes import Spikes
from tests.pretend import ALWAYS, OURS
from tests.three_factor.listed import cell, number, table


def modulator(name: str) -> nms.ModulatorModel:
    """Return a modulator that steps from level to level, another in each region."""
    before, parts = 0.0, []
    for begin, value in spikes.COURSES[name]:
        parts.append(f"{value - before}*int(timestep(t, dt) >= {begin})")
        before = value
    share = " + ".join(f"{value}*int(i == {k})" for k, value in enumerate(spikes.REGIONS[name]))
    return nms.ModulatorModel(
        name=f"model_{name}",
        summary="Steps, to another height in each region.",
        source=OURS,
        equations="amount : 1",
        level="amount",
        step=f"amount = ({' + '.join(parts)})*({share})",
    )


def model(rule: Rule) -> nms.SynapseModel:
    """Return a rule as a model of ours."""
    lines = [f"d{name}/dt = {slope} : 1 (event-driven)" for name, slope in rule.slopes.items()]
    lines += [f"{name} : 1" for name in rule.others if not (rule.tags and name == "w")]
    lines += [f"{name} = {text} : 1" for name, text in rule.expressions.items()]
    numbers = {name: value * second for name, value in rules.TAUS.items()} | {"amount": rules.AMOUNT}
    if rule.tags:
        numbers |= {f"tau_{k}": rules.TAU_TAGS[k] * second for k in range(len(rule.tags))}
        numbers |= {"tau_w": rules.TAU_W * second}
        lines += [f"d{tag}/dt = -{tag}/tau_{k} : 1" for k, tag in enumerate(rule.tags)]
        lines += [f"dw/dt = {' + '.join(f'{tag}*{gate}/tau_w' for tag, gate in rule.tags.items())} : 1"]
    if rule.bounds:
        numbers |= {"low": rule.bounds[0], "high": rule.bounds[1]}
    return nms.SynapseModel(
        name=f"rule_{rule.seed}",
        summary="Drawn at random.",
        source=OURS,
        equations="\n".join([*lines, *(f"{name} : 1" for name in rule.reads)]),
        on_pre=rule.codes["pre"],
        on_post=rule.codes["post"],
        on_event={"burst": rule.codes["burst"]} if "burst" in rule.codes else {},
        modulators=rule.reads,
        bounds={"w": ("low", "high")} if rule.bounds else {},
        parameters={name: number(value) for name, value in numbers.items()},
        initial=rule.initial,
    )


def _times(steps: int | tuple[int, ...] | None):
    return None if steps is None else np.array(steps) * ms


def _projection(rule: Rule) -> nms.Projection:
    first = (spikes.PRE[rule.source].start, spikes.POST[rule.target].start)
    i, j = ([pair[k] - first[k] for pair in rule.pairs] for k in range(2))
    return nms.Projection(
        name=f"s{rule.seed}",
        source=rule.source,
        target=rule.target,
        model=model(rule),
        wiring=nms.Pairs(tuple(i), tuple(j)),
        delay=_times(rule.delay),
        post_delay=_times(rule.post_delay),
        modulators={name: f"modulator_{name}" for name in rule.reads},
        compartment_of=rule.regions if rule.reads else (),
    )


def _population(
    name: str, trains: Sequence[Sequence[int]], parts: dict[str, range], burst: str, crowded: bool
):
    more = _crowd() if crowded else {"extra": "v : 1"}
    fires = cell(name, trains, events={"burst": burst}, **more)
    reset = f"{fires.reset}\nv = v*0.5 + {spikes.RISE[name]}*(i + 1)"
    return nms.Population(
        name=name,
        size=len(trains),
        model=nms.NeuronModel(**{**vars(fires), "reset": reset}),
        parts={part: len(cells) for part, cells in parts.items() if part != name},
    )


def _crowd() -> dict:
    """Return what cells have if each name of a rule is one of theirs, too, with a value that is far off."""
    numbers = {name: 100 * second for name in (*rules.TAUS, "tau_0", "tau_1", "tau_w")}
    numbers |= dict.fromkeys(("amount", "low", "high"), -40.0)
    taken = sorted({"w", "d", "s", *(n for names in rules.NAMES for n in names)} - set(numbers))
    used = "+".join(f"{name}/second" if "tau" in name else name for name in numbers)
    return {
        "extra": "\n".join(["v : 1", f"used = {used} : 1", *(f"{name} : 1" for name in taken)]),
        "parameters": {name: number(value) for name, value in numbers.items()},
        "initial": dict.fromkeys(taken, 50.0),
    }


def experiment(drawn: Sequence[Rule], around: Spikes, crowded: bool = False) -> nms.Experiment:
    """Return an experiment with each rule between cells that all of them share.

    In a crowded one, cells of both sides have variables and parameters called as those of the rules.
    """
    when = " or ".join(f"timestep(t, dt) == {step}" for step in around.burst)
    ends = {"pre": (around.pre, spikes.PRE), "post": (around.post, spikes.POST)}
    tables = {f"{name}.{name}_at": table(trains) for name, (trains, _) in ends.items()}
    states = {f"s{r.seed}.{n}": spikes.STEPS * ms for r in drawn for n in r.recorded}
    return nms.Experiment(
        name="drawn",
        summary="Random rules.",
        source=OURS,
        circuit=nms.Circuit(
            populations=tuple(
                _population(n, trains, parts, when, crowded) for n, (trains, parts) in ends.items()
            ),
            modulators=tuple(
                nms.Modulator(name=f"modulator_{n}", model=modulator(n), regions=2) for n in spikes.COURSES
            ),
            projections=tuple(map(_projection, drawn)),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states=states),
        duration=spikes.STEPS * ms,
        dt=1 * ms,
        prepare=lambda setting: tables,
    )


def found(
    drawn: Sequence[Rule], around: Spikes, device: str, how: str, crowded: bool = False
) -> list[np.ndarray]:
    """Return what is recorded of each rule at the end, each of shape ``(variable, synapse)``."""
    with quick.making():
        subject = experiment(drawn, around, crowded)
        run = nms.simulate(subject, device=device, third_factor=how, progress=False)
    values = []
    for rule in drawn:
        branch = run[f"synapses/s{rule.seed}"]
        names = ["weight" if name == "w" else name for name in rule.recorded]
        values.append(np.array([branch[name].values[-1] for name in names]))
    return values
