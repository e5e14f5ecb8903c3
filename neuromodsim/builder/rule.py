"""What the rule of a projection becomes: what is left of its model, and code for each of its pathways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from neuromodsim.builder.draft import Draft
from neuromodsim.builder.ends import End
from neuromodsim.builder.links import courses_read, levels_read
from neuromodsim.description.event_names import EventName
from neuromodsim.description.model import ModulatorModel, SynapseModel
from neuromodsim.description.projection import Projection, RuleProgram
from neuromodsim.errors import WrongInput
from neuromodsim.transforms import pace, third_factor
from neuromodsim.transforms.derived import Program
from neuromodsim.transforms.pace import Paced
from neuromodsim.transforms.synaptic_links import links_of
from neuromodsim.transforms.traces import fresh


@dataclass(frozen=True)
class Rule:
    """A rule as a projection runs it.

    ``codes`` holds what spikes (``"pre"``) and other events of the source do, and ``post`` what spikes
    (``"post"``) and other events of the target do, each by the name of Brian2's pathway; ``events`` the event
    of each pathway; ``step`` what every synapse does in every step.
    """

    model: SynapseModel
    paces: list[Paced]
    program: Program
    codes: Mapping[str, str]
    post: Mapping[str, str]
    events: Mapping[str, str]
    step: str = ""

    @property
    def text(self) -> str:
        """All that synapses read, as one text."""
        return "\n".join((self.program.equations, *self.codes.values(), *self.post.values(), self.step))


def derive_rule(draft: Draft, projection: Projection, source: End, target: End) -> Rule:
    """Return what the rule of a projection becomes in one of its programs.

    Raises
    ------
    WrongInput
        If it has no form that this program can have.
    """
    if draft.how != "auto":
        return _derived(draft, projection, source, target, draft.how)
    try:
        return _derived(draft, projection, source, target, "event-driven")
    except WrongInput:  # what is wrong in both is said of the second
        return _derived(draft, projection, source, target, "clock-driven")


def _derived(draft: Draft, projection: Projection, source: End, target: End, how: RuleProgram) -> Rule:
    """Return what the rule of a projection becomes in this program."""
    name = projection.name
    model = draft.traces.models.get(name, projection.model)
    read = _levels(draft, projection, model)
    components = draft.experiment.components()
    near = pace.around(model, components[source.group.name], components[target.group.name])
    written = {p.name: p.model for p in draft.experiment.circuit.projections}[name]
    near |= dict.fromkeys(links_of(written), "link") | dict.fromkeys(
        courses_read(draft, projection), "region"
    )
    model, paces = pace.paced(model, near, how == "clock-driven", lambda n: fresh(f"{name}_{n}", draft.taken))
    around = {*source.group.variables, *target.group.variables}
    cell = {} if target.population is None else third_factor.cell_variables(target.population.model)
    program = third_factor.derive(model, read, how, around, cell)
    named = {event: EventName.read(event) for event in program.on_event}
    # A path of its own, which no event of the source is called.
    theirs = {e: fresh(f"post_{n.event}", draft.taken) for e, n in named.items() if n.of == "post"}
    own = {event: code for event, code in program.on_event.items() if event not in theirs}
    codes = {path: _of_one(draft, c) for path, c in {"pre": program.on_pre, **own}.items() if c}
    reacting = {"post": program.on_post} | {path: program.on_event[e] for e, path in theirs.items()}
    post = {path: _of_one(draft, c) for path, c in reacting.items() if c}
    events = {path: path for path in codes} | {
        path: named[e].event for e, path in theirs.items() if path in post
    }
    events |= dict.fromkeys({"pre", "post"} & {*codes, *post}, "spike")
    return Rule(model, paces, program, codes, post, events, _of_one(draft, program.step))


def _levels(draft: Draft, projection: Projection, model: SynapseModel) -> dict[str, ModulatorModel]:
    """Return the model behind each name of a modulator in a rule, with the level that the name stands for."""
    modulators = draft.modulators
    levels = levels_read(projection, model, modulators)
    return {here: replace(modulators[m].model, level=level) for here, (m, level) in levels.items()}


def _of_one(draft: Draft, code: str) -> str:
    """Return code of synapses in which the number of sources or targets is that of one replica."""
    count = draft.circuit.tasks
    return re.sub(r"\bN_(pre|post)\b", rf"(N_\1/{count})", code) if draft.several else code
