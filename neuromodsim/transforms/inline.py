"""What a synapse's code reads of subexpressions: the expression itself, with the values of the moment.

Brian2 works a subexpression of a synapse out from the values that variables have where the code begins:
before an event-driven variable is brought up to date, and before any statement has changed one. Here an
expression takes the place of its name in each statement that reads it.
"""

from dataclasses import replace

from brian2.equations import Equations
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import bare
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.reductions import reduces
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.statements import joined, statements, worked_out

RANDOM = frozenset({"rand", "randn", "poisson", "binomial"})


def inlined(model: SynapseModel) -> SynapseModel:
    """Return a synapse whose code reads no subexpression by its name.

    Raises
    ------
    WrongInput
        If what code reads is drawn at random, or is held for a time step although an event-driven
        variable is in it.
    """
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    texts = worked_out(equations)
    _expect_no_old_values(model, equations, texts)

    def plain(code: str) -> str:
        code = bare(code)
        lines = statements(code)
        read = set().union(*(get_identifiers(line.expression) for line in lines)) & set(texts)
        for name in read:
            if RANDOM & get_identifiers(texts[name]):
                raise WrongInput(
                    f"'{name}' of '{model.name}' is drawn at random wherever it is read; code of synapses "
                    f"draws such a number itself, as in '{name} = rand()'."
                )
        # As it stands where nothing is read, so that its key stays that of the code as written.
        return joined([line.reading(texts) for line in lines]) if read else code

    return replace(
        model,
        on_pre=plain(model.on_pre),
        on_post=plain(model.on_post),
        step=plain(model.step),
        on_event={event: plain(code) for event, code in model.on_event.items()},
    )


def _expect_no_old_values(model: SynapseModel, equations: Equations, texts: dict[str, str]) -> None:
    """Raise `WrongInput` if a value computed once per step reads an event-driven variable."""
    at_spikes = {name for name in equations if "event-driven" in equations[name].flags}
    for name, equation in equations.items():
        if not (reduces(equation) or "constant over dt" in equation.flags):
            continue
        read = get_identifiers(equation.expr.code)
        for inner in read & set(texts):
            read |= get_identifiers(texts[inner])
        if read & at_spikes:
            raise WrongInput(
                f"'{name}' of '{model.name}' is computed in every step and reads "
                f"'{min(read & at_spikes)}', which is event-driven, so known at spikes only; make that a "
                "clock-driven equation."
            )
