"""The clock-driven program of a rule in which traces are driven or cells are read: exact within each step.

What the rule reads is held at its value at the start of a step, except for levels that decay, as in the
event-driven program. A step is then one linear map of the traces and weights of a synapse, the same for all
synapses of a cell: its region computes the coefficients and each synapse applies them.
"""

from collections.abc import Mapping

from brian2.equations import Equations
from brian2.parsing.sympytools import sympy_to_str

from neuromodsim.description.layout import swap
from neuromodsim.description.model import ModulatorModel, SynapseModel
from neuromodsim.transforms import bounds
from neuromodsim.transforms.code_names import Fresh, used
from neuromodsim.transforms.copies import Copies
from neuromodsim.transforms.derived import Program
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.rule import Borrowed, Levels, Rule, driven_by, integrate, passed_on
from neuromodsim.units.quantities import unit_text


class ClockDriven:
    """Writes the clock-driven program of one rule, each new name one that nobody uses yet."""

    def __init__(
        self,
        model: SynapseModel,
        equations: Equations,
        rule: Rule,
        modulators: Mapping[str, ModulatorModel],
        fresh: Fresh,
        cell: Mapping[str, str],
    ) -> None:
        self.model, self.equations, self.rule = model, equations, rule
        self.copies = Copies.of(model, equations, fresh, {name: cell[name] for name in rule.signals})
        self.borrowed = Borrowed(fresh)
        self.levels = Levels(model, modulators, self.borrowed)
        self.share = {key: fresh(f"{key[0]}_of_{key[1]}") for key in (*rule.moves, *rule.drives)}

    def program(self) -> Program:
        """Return the program."""
        model, copies = self.model, self.copies
        moved = {*self.rule.traces, *self.rule.weights}
        kept = [n for n in self.equations if n not in {*moved, *model.parameters, *model.modulators}]
        text = swap(lines(self.equations, kept), copies.renamed)
        text += "".join(f"\n{n} : {unit_text(self.equations[n].dim)}" for n in self.equations if n in moved)
        code = {event: self._code(c) for event, c in model.on_event.items()}
        step = copies.step + self._coefficients()
        return Program(
            equations=text,
            on_pre=self._code(model.on_pre),
            on_post=self._code(model.on_post),
            on_event=code,
            step=self._code(model.step),
            region_equations=copies.equations + self._declared(),
            region_step=step,
            region_parameters={n: origin for origin, n in self.borrowed.names.items() if n in used(step)},
            linked=copies.linked,
            signals=copies.signals,
            read_from_region=(
                *self.share.values(),
                *copies.read_in(self.equations, kept, model),
            ),
            every_step=self._step(),
        )

    def _code(self, code: str) -> str:
        return swap(bounds.after(self.model, code), self.copies.renamed)

    def _declared(self) -> str:
        units = {
            key: unit_text(self.equations[key[0]].unit / self.equations[key[1]].unit) for key in self.share
        }
        return "".join(f"{name} : {units[key]}\n" for key, name in self.share.items())

    def _coefficients(self) -> str:
        """Return code for what each trace, if it is 1, adds to a weight or another trace in a step."""
        here = {**self.copies.renamed, **self.copies.read_of_cells}
        parts = {key: self._parts(*key) for key in self.share}
        return "".join(f"{self.share[k]} = {swap(' + '.join(p), here)}\n" for k, p in parts.items())

    def _parts(self, moved: str, trace: str) -> list[str]:
        rule, rates = self.rule, self.rule.traces
        if (moved, trace) in rule.drives:
            drive = driven_by(rule.drives[moved, trace], rates[moved], rates[trace], self.levels)
            return [f"exp(-dt*({sympy_to_str(rates[moved])}))*({drive})"]
        gate = rule.gates.get((moved, trace))
        parts = [] if gate is None else [f"({integrate(gate, rates[trace], self.levels)})"]
        for driven in [d for d in rule.driven(trace) if (moved, d) in rule.gates]:
            gate, drive = rule.gates[moved, driven], rule.drives[driven, trace]
            parts.append(f"({passed_on(gate, drive, rates[driven], rates[trace], self.levels)})")
        return parts

    def _step(self) -> str:
        """Return code of a step: weights first, then what is driven, then what drives, each by old values."""
        rule, text = self.rule, []
        for weight in rule.weights:
            text.append(f"{weight} += " + " + ".join(f"{self.share[k]}*{k[1]}" for k in rule.terms(weight)))
        first = sorted(rule.traces, key=lambda trace: not rule.drivers(trace))
        for trace in first:
            parts = [f"{trace}*exp(-dt*({sympy_to_str(rule.traces[trace])}))"]
            parts += [f"{self.share[trace, driver]}*{driver}" for driver in rule.drivers(trace)]
            text.append(f"{trace} = {' + '.join(parts)}")
        held = bounds.clip(self.model, [*rule.weights, *rule.traces], {})
        return "\n".join([*text, *held])
