"""A population as a Brian2 group, with the traces that its cells keep for their synapses."""

from brian2.equations.equations import SUBEXPRESSION
from brian2.utils.stringtools import get_identifiers

from neuromodsim.builder.cell_traces import add_traces
from neuromodsim.builder.draft import Draft
from neuromodsim.builder.groups import add_group, rewriter
from neuromodsim.builder.layers import arrange_cells
from neuromodsim.builder.lookup import of_own_column
from neuromodsim.description.model import NeuronModel, parsed
from neuromodsim.description.population import Population
from neuromodsim.numerics import integration
from neuromodsim.numerics.randomness import clash

ALWAYS = "i >= 0"  # a condition that all rows meet; Brian2 takes no plain True for one


def add_population(draft: Draft, population: Population) -> None:
    """Add the cells of a population."""
    model = population.model
    rewrite = rewriter(draft, mixed=any(clash(model.equations, code) for code in _within_equations(model)))
    declared, decay = draft.traces.equations(population.name)
    step = rewrite(model.step) + decay
    for name, table in model.tables.items():
        step = of_own_column(step, name, table, population.size)
    differential = bool(parsed(model.equations).diff_eq_names)
    threshold = ALWAYS if model.sends == "always" else model.threshold
    events = {"spike": threshold} if threshold else {}
    group = add_group(
        draft,
        population.name,
        population.size,
        model,
        f"{rewrite(model.equations)}\n{declared}",
        events={name: rewrite(condition) for name, condition in {**events, **model.events}.items()},
        reset=rewrite(model.reset) or None,
        refractory=rewrite(model.refractory) or False,
        method=integration.method(model.method, step if differential else ""),
    )
    updater = group.state_updater
    if step and not differential:
        updater = group.run_regularly(step, when="groups", order=0, clock=draft.built.clock)
    for name, code in model.on_event.items():
        # After the event is found, in the same step: Brian2 looks for it in this slot, too.
        group.run_on_event(name, rewrite(code), when="after_thresholds", order=1)
    # Once the group is there: setters read its list of spikes.
    add_traces(draft.traces, population.name, group, draft.built)
    if population.layer is not None:
        arrange_cells(group, updater, population.layer)


def _within_equations(model: NeuronModel) -> list[str]:
    """Return code that stands in one piece with equations: that of every step, and what reads them."""
    equations = parsed(model.equations)
    expressions = {name for name, equation in equations.items() if equation.type == SUBEXPRESSION}
    codes = (model.threshold, model.reset, model.refractory, *model.events.values(), *model.on_event.values())
    reading = [code for code in (*codes, model.step) if expressions & get_identifiers(code)]
    return [*reading, model.step] if equations.diff_eq_names else reading
