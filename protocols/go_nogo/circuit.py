"""Actor, critic and predictive network, with four nuclei.

    stimuli ──┬──► actor: Go, No-Go (E, and I of the other) ──► net rates ──► action
              └──► critic (E, I) ──► value ──┐
    outcome ─────────────────────────────────┴──► dopamine cells ──► D1, D2 ──► weights of actor and critic
    stimulus and action ──► predicted ──► error cells ──► noradrenaline cells ──► α1, β ──► E cells, weights
    outcome ──────────────► observed ──┘

Each group of the actor strongly excites the interneurons of the other, so that only the winner is active.
Only synapses onto the winner then acquire eligibility traces, and the chosen action need not be signalled.
"""

from brian2 import Hz, mV, pA, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import Pairs
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.neurons.error_cell import ERROR_CELL
from neuromodsim.equations.neurons.izhikevich_conductance import FAST_SPIKING, IZHIKEVICH_CONDUCTANCE
from neuromodsim.equations.plasticity.prediction import OBSERVATION, PREDICTION
from neuromodsim.equations.plasticity.reward_stdp import REWARD_STDP
from neuromodsim.equations.synapses.fixed_current import FIXED_CURRENT
from neuromodsim.protocols.go_nogo.cells import BACKGROUND, EXCITES, INHIBITS, SHARES, SHOWN, TELLS, VALUE
from neuromodsim.protocols.go_nogo.neuromodulators import FOREBRAIN, MODULATORS
from neuromodsim.protocols.go_nogo.task import AUDITORY, GROUP_E, GROUP_I, count
from neuromodsim.transforms.expansion import add_neuromodulators

STRENGTH = 1 / 60  # of an observation: with all of its cells, a mismatch of 2
PER_STIMULUS, PER_MEMORY = 25, 8  # cells of a pool
OUTCOMES, PER_ERROR = 3, 8
SHARED = 20  # background cells of a group

Block = tuple[range, range]


def blocks(*pairs: Block) -> Pairs:
    """Return all pairs of each block of sources and targets."""
    both = [(i, j) for sources, targets in pairs for i in sources for j in targets]
    return Pairs(tuple(i for i, _ in both), tuple(j for _, j in both))


def stretch(group: int, size: int) -> range:
    """Return the indices of a group, of equal sizes."""
    return range(group * size, (group + 1) * size)


GO_E, NOGO_E = stretch(0, GROUP_E), stretch(1, GROUP_E)
GO_I, NOGO_I = stretch(0, GROUP_I), stretch(1, GROUP_I)


def cells(visual: int) -> tuple[Population, ...]:
    """Return the cells, with as many pools as two or four visual stimuli need."""
    stimuli, compounds = visual + AUDITORY, visual * AUDITORY
    felt = (stimuli + compounds) * PER_STIMULUS  # cells that stand for what is shown
    return (
        Population(
            name="inputs",
            size=felt + (2 * compounds + OUTCOMES) * PER_MEMORY,
            model=SHOWN,
            parts={
                "features": stimuli * PER_STIMULUS,
                "compounds": compounds * PER_STIMULUS,
                "memory": 2 * compounds * PER_MEMORY,
                "outcomes": OUTCOMES * PER_MEMORY,
            },
            initial={
                "pool": f"(i < {felt})*(i//{PER_STIMULUS}) + (i >= {felt})*"
                f"({stimuli + compounds} + (i - {felt})//{PER_MEMORY})",
                "rate_on": f"50*Hz + 250*Hz*(i >= {felt})",
            },
        ),
        Population(name="background", size=2 * SHARED, model=BACKGROUND),
        Population(
            name="actor",
            size=2 * GROUP_E,
            model=IZHIKEVICH_CONDUCTANCE,
            parts={"go": GROUP_E, "nogo": GROUP_E},
            initial={"toward_action": f"1*(i < {GROUP_E})"},
        ),
        Population(name="critic", size=GROUP_E, model=IZHIKEVICH_CONDUCTANCE),
        Population(
            name="interneurons",
            size=3 * GROUP_I,
            model=FAST_SPIKING,
            parts={"go_inhibitory": GROUP_I, "nogo_inhibitory": GROUP_I, "critic_inhibitory": GROUP_I},
        ),
        Population(
            name="error_cells",
            size=2 * OUTCOMES * PER_ERROR,
            model=ERROR_CELL,
            initial={"side": f"1 - 2*(i >= {OUTCOMES * PER_ERROR})"},
        ),
    )


ACTOR_ETA, CRITIC_ETA = 0.9 * mV / second, 0.27 * mV / second
ACTOR_RULE = REWARD_STDP.with_parameters(eta=ACTOR_ETA)
CRITIC_RULE = REWARD_STDP.with_parameters(eta=CRITIC_ETA, a_plus=0.0, a_minus=0.0, a_alone=1.0, w_max=5 * mV)
# Go comes first, so that every compound is tried: onto Go, synapses begin a little stronger.
PREPOTENT = f"clip(1 + 0.4*(j < {GROUP_E}) + 0.1*randn(), 0, 2)*mV"
DOPAMINE_READ = {"D1": "dopamine.D1", "D2": "dopamine.D2"}

PLASTIC = (
    Projection(
        name="features_to_actor",
        source="features",
        target="actor",
        model=ACTOR_RULE.with_parameters(share=0.5),
        modulators=DOPAMINE_READ,
        initial={"w": PREPOTENT},
    ),
    Projection(
        name="compounds_to_actor",
        source="compounds",
        target="actor",
        model=ACTOR_RULE,
        modulators=DOPAMINE_READ,
        initial={"w": PREPOTENT},
    ),
    Projection(
        name="compounds_to_critic",
        source="compounds",
        target="critic",
        model=CRITIC_RULE,
        modulators=DOPAMINE_READ,
        initial={"w": "clip(1.6 + 0.1*randn(), 0, 3)*mV"},
    ),
    Projection(
        name="predictions",
        source="memory",
        target="error_cells",
        model=PREDICTION.with_parameters(eta=1e-5),
        initial={"w": STRENGTH / 2},  # anything may happen
    ),
)

FIXED = (
    Projection(
        name="recurrent",
        source="actor",
        target="actor",
        model=EXCITES,
        wiring=blocks((GO_E, GO_E), (NOGO_E, NOGO_E)),
        initial={"w": 0.1 * mV},
    ),
    Projection(
        name="rivalry",
        source="actor",
        target="interneurons",
        model=EXCITES,
        wiring=blocks((GO_E, NOGO_I), (NOGO_E, GO_I)),
        initial={"w": 2 * mV},
    ),
    Projection(
        name="inhibition",
        source="interneurons",
        target="actor",
        model=INHIBITS,
        wiring=blocks((GO_I, GO_E), (NOGO_I, NOGO_E)),
        initial={"w": 0.5},
    ),
    Projection(
        name="critic_to_inhibitory",
        source="critic",
        target="critic_inhibitory",
        model=EXCITES,
        initial={"w": 0.1 * mV},
    ),
    Projection(
        name="critic_inhibition",
        source="critic_inhibitory",
        target="critic",
        model=INHIBITS,
        initial={"w": 0.025},
    ),
    Projection(
        name="shared",
        source="background",
        target="actor",
        model=SHARES,
        wiring=blocks((stretch(0, SHARED), GO_E), (stretch(1, SHARED), NOGO_E)),
        initial={"w": 0.2 * mV},
    ),
    Projection(
        name="observations",
        source="outcomes",
        target="error_cells",
        model=OBSERVATION.with_parameters(strength=STRENGTH),
        wiring=blocks(
            *(
                (stretch(o, PER_MEMORY), stretch(sign * OUTCOMES + o, PER_ERROR))
                for o in range(OUTCOMES)
                for sign in (0, 1)
            )
        ),
    ),
)

ONTO_NUCLEI = (
    Projection(name="value_E", source="critic", target="vta", model=VALUE, initial={"w": 0.5 * Hz}),
    Projection(name="value_I", source="critic_inhibitory", target="vta", model=VALUE, initial={"w": -2 * Hz}),
    Projection(
        name="surprise", source="error_cells", target="coeruleus", model=FIXED_CURRENT, initial={"w": 40 * pA}
    ),
    Projection(name="oracle", source="task", target="coeruleus", model=TELLS, initial={"w": 200 * pA}),
    Projection(
        name="reassurance",
        source="outcomes",
        target="forebrain",
        model=FIXED_CURRENT,
        wiring=blocks((stretch(2, PER_MEMORY), range(FOREBRAIN))),  # of the outcome that is a reward
        initial={"w": 0 * pA},
    ),
    Projection(
        name="alarm", source="error_cells", target="forebrain", model=FIXED_CURRENT, initial={"w": 0 * pA}
    ),
)

COUNTED = {
    "go_E": "go",
    "nogo_E": "nogo",
    "go_I": "go_inhibitory",
    "nogo_I": "nogo_inhibitory",
    "critic_E": "critic",
    "critic_I": "critic_inhibitory",
    "errors": "error_cells",
    "bursts": "vta",
    "alarms": "coeruleus",
}
COUNTS = tuple(
    Projection(name=f"count_{name}", source=source, target="task", model=count(name))
    for name, source in COUNTED.items()
)


def network(visual: int = 2) -> Circuit:
    """Return the network, with nuclei and what they release, for two or four visual stimuli."""
    return add_neuromodulators(
        Circuit(
            populations=cells(visual),
            projections=(*PLASTIC, *FIXED, *ONTO_NUCLEI, *COUNTS),
            links={
                **{
                    f"inputs.{n}": f"task.{n}"
                    for n in ("cue_shown", "heard", "compound", "memory", "happened")
                },
                "vta.comparing": "task.comparing",
                "vta.outcome": "task.outcome",
            },
        ),
        *MODULATORS,
    )
