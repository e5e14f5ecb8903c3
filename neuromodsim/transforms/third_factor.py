"""The third factor: a weight change proportional to eligibility times a neuromodulator.

A rule is written once, as in papers::

    dc/dt = -c / tau_c : 1        eligibility trace, left by spike pairs
    dw/dt = c * d / tau_w : volt  weight, changed by dopamine d in proportion to eligibility

and two programs are derived from it. The *clock-driven* program integrates it as written, in every step and
at every synapse. The *event-driven* program updates a synapse only at spikes. Between two updates the
eligibility of all synapses decays by the same factor, so with the accumulators

    g(t) = exp(-t/tau_c)   and   K(t) = integral of g * M,  where M multiplies c in dw/dt,

the pending weight change of a synapse that stores its eligibility as c/g is exactly (c/g) * (K - K at the
last update), without an exponential per event, for any time course of M. Within a step, decaying terms of M
are integrated in closed form if the modulator follows dX/dt = -X/tau, so exponential dopamine is exact;
anything else is constant within the step. Every few tau_c all synapses are synchronised and g and K are
reset, before rounding errors can accumulate; the same synchronisation precedes each sample.

An eligibility may be driven between spikes by another trace, times a variable of the target cell or at a
constant rate; each driver then needs two more accumulators (`event_driven`), and the clock-driven program of
such a rule makes the same, exact steps (`clock_driven`).

Bounds are respected at every step in both programs (`bounds`); `turning` describes the event-driven method.
"""

from collections.abc import Collection, Mapping

from brian2.equations import Equations
from brian2.equations.equations import FLOAT
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import laid_out, swap
from neuromodsim.description.model import ModulatorModel, NeuronModel, SynapseModel, parsed
from neuromodsim.description.projection import RuleProgram
from neuromodsim.errors import WrongInput
from neuromodsim.transforms import bounds
from neuromodsim.transforms.clock_driven import ClockDriven
from neuromodsim.transforms.code_names import Fresh, written_in
from neuromodsim.transforms.copies import Copies
from neuromodsim.transforms.derived import Program
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.event_driven import EventDriven
from neuromodsim.transforms.inline import RANDOM
from neuromodsim.transforms.rule import Rule, analyse
from neuromodsim.transforms.statements import worked_out
from neuromodsim.units.quantities import unit_text

# Less often would divide by a smaller g, and rounding grows as it falls; more often would touch every synapse
# for nothing.
FLUSH_AFTER = 5.0  # time constants of the fastest eligibility: g falls to exp(-5)


def derive(
    model: SynapseModel,
    modulators: Mapping[str, ModulatorModel],
    how: RuleProgram,
    around: Collection[str] = (),
    cell: Mapping[str, str] | None = None,
) -> Program:
    """Return the program of a rule.

    Parameters
    ----------
    model
        The synapse, with its rule in the form *eligibility × modulator*.
    modulators
        The model behind each name in ``model.modulators``.
    how
        ``"event-driven"`` or ``"clock-driven"``.
    around
        Names that code of the synapse would take for something else, as those of its target's variables.
    cell
        The unit of each variable of the target cell, by each name that the rule may call it by.

    Raises
    ------
    WrongInput
        If ``how`` is event-driven and the rule does not have this form.
    """
    cell = cell or {}
    moved = bool(model.modulators) or moved_by_cell(model, cell)
    if not moved and not model.bounds:
        return Program(model.equations, model.on_pre, model.on_post, model.on_event, model.step)
    model = laid_out(model)
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    if not moved:
        return _plain(model, equations)
    codes = (model.on_pre, model.on_post, model.step, *model.on_event.values())
    texts = (model.equations, *codes, *model.parameters, *model.tables, *modulators)
    fresh = Fresh({*written_in(*texts), *around})
    if how == "clock-driven":
        rule = _exact_by_clock(model, equations, cell)
        if rule is None:
            return _clock(model, equations, fresh)
        return ClockDriven(model, equations, rule, modulators, fresh, cell).program()
    rule = analyse(model, equations, cell)
    return EventDriven(model, equations, rule, modulators, fresh, cell).program()


def cell_variables(model: NeuronModel) -> dict[str, str]:
    """Return the unit of each variable of a cell that it can give to a rule, by both of its names.

    A subexpression that is drawn at random wherever it is read is none.
    """
    equations = parsed(model.equations)
    texts = worked_out(equations)
    units: dict[str, str] = {}
    for name, equation in equations.items():
        drawn = RANDOM & get_identifiers(texts.get(name, ""))
        if equation.var_type == FLOAT and "constant" not in equation.flags and not drawn:
            units |= dict.fromkeys((name, f"{name}_post"), unit_text(equation.dim))
    return units


def moved_by_cell(model: SynapseModel, cell: Collection[str]) -> bool:
    """Return whether a rule without modulators moves a weight by traces times variables of its cell.

    Others are stepped by the clock, and so are those that hold a trace within bounds.
    """
    if not written_in(model.equations) & set(cell):
        return False
    model = laid_out(model)
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    rule = _exact_by_clock(model, equations, cell)
    return bool(rule and rule.weights and rule.signals and not set(rule.traces) & set(model.bounds))


def _exact_by_clock(model: SynapseModel, equations: Equations, cell: Collection[str]) -> Rule | None:
    """Return a rule that has more than eligibility times modulator, if every step of it can be exact."""
    try:
        rule = analyse(model, equations, cell)
    except WrongInput:
        return None
    return rule if rule.drives or rule.signals else None


def _plain(model: SynapseModel, equations: Equations) -> Program:
    """Return the program of a synapse that reads no modulator, with its bounds."""
    held = bounds.integrated(equations, equations)
    return Program(
        equations=model.equations,
        on_pre=bounds.after(model, model.on_pre),
        on_post=bounds.after(model, model.on_post),
        on_event={event: bounds.after(model, code) for event, code in model.on_event.items()},
        step=bounds.after(model, model.step),
        every_step="\n".join(bounds.clip(model, held, {})),
    )


def _clock(model: SynapseModel, equations: Equations, fresh: Fresh) -> Program:
    plain = _plain(model, equations)
    kept = [name for name in equations if name not in {*model.parameters, *model.modulators}]
    copies = Copies.of(model, equations, fresh, {})
    return Program(
        equations=swap(lines(equations, kept), copies.renamed),
        on_pre=swap(plain.on_pre, copies.renamed),
        on_post=swap(plain.on_post, copies.renamed),
        on_event={event: swap(code, copies.renamed) for event, code in plain.on_event.items()},
        step=swap(plain.step, copies.renamed),
        region_equations=copies.equations,
        region_step=copies.step,
        linked=copies.linked,
        read_from_region=tuple(copies.renamed.values()),
        every_step=plain.every_step,
    )


def synchronisation_interval(rates: list[float], dt: float) -> float:
    """Return the synchronisation interval in seconds, for decay rates in 1/s: whole steps of ``dt``."""
    return max(1, round(FLUSH_AFTER / max(rates) / dt)) * dt
