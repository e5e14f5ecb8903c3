"""The same strings as a script for Brian2 alone, without anything of ours.

What relaxes is clock-driven and stepped by a method that is exact for it, eligibilities are stepped by
Euler's rule, cells fire as a table says, and a modulator is a table too. This is right for rules whose code
means to Brian2 what it says, which is not so of subexpressions.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from brian2 import Network, NeuronGroup, Synapses, TimedArray, ms, prefs, second
from brian2.utils.stringtools import get_identifiers

from tests.differential import quick, rules, spikes
from tests.differential.rules import Rule
from tests.differential.spikes import STEPS, Spikes

ALIAS = re.compile(r"(?:^|;|\n)\s*\w+ = [a-z_]\w*\s*(?:;|\n|$)", re.IGNORECASE)
WHERE = re.compile(r"where\(([^,()]*), ([^,()]*), ([^,()]*)\)")
OWN = "own_v"  # the name by hand of what a rule calls as its cells call theirs
NUMBERS = {
    **{name: value * second for name, value in rules.TAUS.items()},
    **{f"tau_{k}": value * second for k, value in enumerate(rules.TAU_TAGS)},
    "tau_w": rules.TAU_W * second,
    "amount": rules.AMOUNT,
    "low": rules.BOUNDS[0],
    "high": rules.BOUNDS[1],
}


def same(rule: Rule) -> bool:
    """Whether a script means the same.

    Not where subexpressions are worked out before code begins, nor after ``a = w``, where on NumPy ``a *= 2``
    changes both; and a matrix of many equations takes long.
    """
    aliased = any(ALIAS.search(_bare(code)) for code in rule.codes.values())
    return not (rule.expressions or aliased or (_coupled(rule) and len(rule.slopes) > 2))


def _coupled(rule: Rule) -> bool:
    return any((set(rule.slopes) - {name}) & get_identifiers(slope) for name, slope in rule.slopes.items())


def weights(drawn: Sequence[Rule], around: Spikes) -> list[np.ndarray]:
    """Return what is recorded of each rule at the end, each of shape ``(variable, synapse)``."""
    with quick.making(), _numpy():
        ends = (_cells("pre", around.pre, around.burst), _cells("post", around.post, around.burst))
        network = Network(*ends)
        synapses = [_synapses(rule, *ends, network) for rule in drawn]
        network.run(STEPS * ms, namespace={})
    return [
        np.array([np.asarray(getattr(group, _named(rule, name))) for name in rule.recorded])
        for rule, group in zip(drawn, synapses, strict=True)
    ]


@contextmanager
def _numpy() -> Iterator[None]:
    """Let Brian2 run on NumPy, and put its preference back."""
    before = prefs.codegen.target
    prefs.codegen.target = "numpy"
    try:
        yield
    finally:
        prefs.codegen.target = before


def _cells(side: str, trains: Sequence[Sequence[int]], burst: Sequence[int]) -> NeuronGroup:
    fires = np.zeros((STEPS, len(trains)))
    for cell, train in enumerate(trains):
        fires[list(train), cell] = 1
    table = TimedArray(fires, dt=1 * ms)
    return NeuronGroup(
        len(trains),
        "v : 1",
        threshold="fires(t, i) > 0.5",
        reset=f"v = v*0.5 + {spikes.RISE[side]}*(i + 1)",
        events={"burst": " or ".join(f"timestep(t, dt) == {step}" for step in burst)},
        namespace={"fires": table},
        dt=1 * ms,
    )


def _synapses(rule: Rule, pre: NeuronGroup, post: NeuronGroup, network: Network) -> Synapses:
    slopes = {_named(rule, name): _named(rule, slope) for name, slope in rule.slopes.items()}
    lines = [f"d{name}/dt = {slope} : 1 (clock-driven)" for name, slope in slopes.items()]
    lines += [f"{name} : 1" for name in (*rule.others, *rule.tags)]
    lines += [f"{n} = course_{n}(t, j) : 1 (constant over dt)" for n in rule.reads]
    namespace = NUMBERS | {f"course_{n}": _course(n, rule.regions) for n in rule.reads}
    clip = "\nw = clip(w, low, high)" if rule.bounds else ""
    codes = {event: f"{_named(rule, _bare(code))}{clip}" for event, code in rule.codes.items()}
    group = Synapses(
        pre,
        post,
        "\n".join(lines),
        on_pre={event: code for event, code in codes.items() if event != "post"},
        on_post={"post": codes["post"]},
        on_event={event: "burst" if event == "burst" else "spike" for event in codes},
        method="exact" if _coupled(rule) else "exponential_euler",
        namespace=namespace,
        dt=1 * ms,
    )
    i, j = zip(*rule.pairs, strict=True)
    group.connect(i=list(i), j=list(j))
    late = [rule.delays(pair) for pair in range(len(rule.pairs))]
    group.pre.delay, group.post.delay = ([one[k] for one in late] * ms for k in range(2))
    for name, value in rule.initial.items():
        setattr(group, _named(rule, name), value)
    group.state_updater.when = "after_synapses"
    if rule.tags:
        step = "".join(f"w += {tag}*{gate}*dt/tau_w\n" for tag, gate in rule.tags.items())
        step += "".join(f"{tag} -= {tag}*dt/tau_{k}\n" for k, tag in enumerate(rule.tags))
        group.run_regularly(step + clip, when="groups", dt=1 * ms)
    network.add(group)
    return group


def _course(modulator: str, regions: Sequence[int]) -> TimedArray:
    course = [[spikes.level(modulator, step, region) for region in regions] for step in range(STEPS)]
    return TimedArray(np.array(course), dt=1 * ms)


def _named(rule: Rule, text: str) -> str:
    """Return a text in which what a rule has itself is called otherwise than what its cells have."""
    return re.sub(rf"\b{rules.CELL}\b", OWN, text) if rule.shares else text


def _bare(code: str) -> str:
    """Return code without remarks and, as Brian2 has no ``where``, with sums of products in its place."""
    bare = "\n".join(line.partition("#")[0].strip() for line in code.split("\n"))
    return WHERE.sub(r"(\2*int(\1) + \3*(1 - int(\1)))", bare)
