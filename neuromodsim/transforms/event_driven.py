"""The event-driven program of a third-factor rule: a synapse is up to date when something touches it."""

from collections.abc import Mapping

from brian2.equations import Equations
from brian2.equations.equations import SUBEXPRESSION
from brian2.parsing.sympytools import sympy_to_str

from neuromodsim.description.layout import swap
from neuromodsim.description.model import ModulatorModel, SynapseModel
from neuromodsim.numerics import turning_code
from neuromodsim.numerics.turning import Turning
from neuromodsim.transforms.bounds import clip
from neuromodsim.transforms.code_names import Fresh, assigned, used
from neuromodsim.transforms.copies import Copies
from neuromodsim.transforms.derived import Program
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.rule import Borrowed, Rule, integrate
from neuromodsim.units.quantities import unit_text

Key = tuple[str, str]  # weight, eligibility


class EventDriven:
    """Writes the event-driven program of one rule, each new name one that nobody uses yet."""

    def __init__(
        self,
        model: SynapseModel,
        equations: Equations,
        rule: Rule,
        modulators: Mapping[str, ModulatorModel],
        fresh: Fresh,
    ) -> None:
        self.model, self.equations, self.rule, self.modulators = model, equations, rule, modulators
        self.copies = Copies.of(model, equations, fresh)
        # An eligibility as a synapse stores it, c/g, which does not change between spikes, and as it is now,
        # for as long as the code of a spike runs.
        self.scaled = {c: fresh(f"{c}_scaled") for c in rule.traces}
        self.now = {c: fresh(f"{c}_now") for c in rule.traces}
        self.g = {c: fresh(f"g_{c}") for c in rule.traces}
        # A synapse owes its weight what K has gained since it was last touched.
        self.integral = {key: fresh(f"K_{key[0]}_{key[1]}") for key in rule.gates}
        self.seen = {key: fresh(f"{name}_seen") for key, name in self.integral.items()}
        self.steps = fresh("steps")
        self.borrowed = Borrowed(fresh)
        # Where K turns, a weight with bounds may have met one and left it again.
        bounded = [weight for weight in rule.weights if weight in model.bounds]
        self.row = fresh("region_row") if bounded else ""
        self.move = {key: fresh(f"{self.integral[key]}_move") for w in bounded for key in rule.terms(w)}
        self.turns = {w: fresh(f"turns_{w}") for w in bounded}
        self.way = {w: fresh(f"way_{w}") for w in bounded}
        self.ahead = {w: fresh(f"ahead_{w}") for w in bounded}
        self.turning = {w: _turning(w, len(rule.terms(w)), fresh) for w in bounded}

    def program(self) -> Program:
        """Return the program."""
        model, rule = self.model, self.rule
        running, advance, fresh_start = self._region()
        on_event = {event: self._touched(code) for event, code in model.on_event.items()}
        return Program(
            equations=self._synapse(),
            on_pre=self._touched(model.on_pre),
            on_post=self._touched(model.on_post),
            on_event=on_event,
            region_equations=self.copies.equations + running,
            region_step=self.copies.step + advance,
            region_reset=fresh_start,
            region_parameters={
                here: origin for origin, here in self.borrowed.names.items() if here in used(advance)
            },
            linked=self.copies.linked,
            read_from_region=(
                *self.g.values(),
                *self.integral.values(),
                *self.turns.values(),
                *self.copies.read_in(self.equations, self._kept(), model),
            ),
            initial_region=dict.fromkeys(self.g.values(), 1.0),
            synchronise=self._synchronise(),
            shown=self.scaled,
            decay_rates=tuple(sympy_to_str(rate) for rate in rule.traces.values()),
            row=self.row,
            turnings=tuple(self.turning.values()),
        )

    def _kept(self) -> list[str]:
        """Return the variables that stay as the rule has them."""
        moved = {*self.rule.traces, *self.rule.weights, *self.model.parameters, *self.model.modulators}
        return [name for name in self.equations if name not in moved]

    def _synapse(self) -> str:
        units = {
            name: unit_text(self.equations[name].dim) for name in (*self.rule.traces, *self.rule.weights)
        }
        text = swap(lines(self.equations, self._kept()), {**self._present(), **self.copies.renamed})
        text += "".join(f"\n{w} : {units[w]}" for w in self.rule.weights)
        text += "".join(f"\n{self.scaled[c]} : {units[c]}" for c in self.rule.traces)
        return text + "".join(f"\n{self.seen[key]} : {self._integral_unit(key)}" for key in self.rule.gates)

    def _integral_unit(self, key: Key) -> str:
        weight, trace = (self.equations[name].unit for name in key)
        return unit_text(weight / trace)

    def _present(self) -> dict[str, str]:
        """Return what weights and eligibilities are at this moment, for equations that read them."""
        present = {c: f"({self.scaled[c]}*{self.g[c]})" for c in self.rule.traces}
        return present | {w: f"({self._settled(w, turning_code.LOOK)})" for w in self.rule.weights}

    def _settled(self, weight: str, why: int) -> str:
        """Return the expression of a weight brought up to date."""
        terms = [(self.scaled[key[1]], self.integral[key], self.seen[key]) for key in self.rule.terms(weight)]
        if weight not in self.turning:
            owed = " + ".join(f"{share}*({now} - {seen})" for share, now, seen in terms)
            return f"{weight} + {owed}"
        given = ", ".join(name for term in terms for name in term)
        low, high = self.model.bounds[weight]
        ends = f"{low}, {high}, {self.turns[weight]}, {self.row}, {why}"
        return f"{self.turning[weight].settled}({weight}, {given}, {ends})"

    def _settle(self, why: int) -> str:
        return "".join(f"{weight} = {self._settled(weight, why)}\n" for weight in self.rule.weights)

    def _touched(self, code: str) -> str:
        """Return code of a spike that finds the synapse as it is now."""
        if not code:
            return ""
        code = swap(code, self._inner(code))
        read, set_here = used(code), assigned(code)
        # The weight is brought up to date first, with the eligibility as it was: what this spike adds to it
        # counts from now on.
        seen = "".join(f"{self.seen[key]} = {self.integral[key]}\n" for key in self.rule.gates)
        traces = [c for c in self.rule.traces if c in read]
        before = "".join(f"{self.now[c]} = {self.scaled[c]}*{self.g[c]}\n" for c in traces)
        names = {c: self.now[c] for c in traces}
        after = "".join(f"\n{line}" for line in clip(self.model, set_here, names))
        after += "".join(f"\n{self.scaled[c]} = {self.now[c]}/{self.g[c]}" for c in traces if c in set_here)
        code = swap(code, {**names, **self.copies.renamed})
        return f"{self._settle(turning_code.TOUCH)}{seen}{before}{code}{after}"

    def _inner(self, code: str) -> dict[str, str]:
        """Return what subexpressions that code reads are made of, if they depend on an eligibility or weight.

        Such code must see what it has changed itself a line before.
        """
        moved = {*self.rule.traces, *self.rule.weights}
        substituted = dict(self.equations.get_substituted_expressions(include_subexpressions=True))
        return {
            name: f"({substituted[name].code})"
            for name in self._kept()
            if self.equations[name].type == SUBEXPRESSION
            and name in used(code)
            and substituted[name].identifiers & moved
        }

    def _synchronise(self) -> str:
        scaled = "".join(f"{self.scaled[c]} *= {self.g[c]}\n" for c in self.rule.traces)
        # Times itself, since a plain 0 would have no unit.
        restart = "".join(f"{self.seen[key]} = 0*{self.seen[key]}\n" for key in self.rule.gates)
        return self._settle(turning_code.RESTART) + scaled + restart

    def _region(self) -> tuple[str, str, str]:
        """Return the equations of the accumulators, their update per step, and their synchronisation."""
        running = f"{self.steps} : 1\n" + "".join(f"{g} : 1\n" for g in self.g.values())
        running += "".join(f"{self.integral[k]} : {self._integral_unit(k)}\n" for k in self.rule.gates)
        running += "".join(f"{n} : integer\n" for w in self.turning for n in (self.turns[w], self.way[w]))
        advance = "".join(self._advance(weight) for weight in self.rule.weights)
        # Not a product of small steps, whose rounding would add up over a long eligibility.
        decay = {c: f"exp(-{self.steps}*dt*({sympy_to_str(rate)}))" for c, rate in self.rule.traces.items()}
        advance += f"{self.steps} += 1\n" + "".join(f"{self.g[c]} = {value}\n" for c, value in decay.items())
        start = f"{self.steps} = 0\n" + "".join(f"{g} = 1\n" for g in self.g.values())
        start += "".join(f"{name} = 0*{name}\n" for name in self.integral.values())
        return running, advance, start + "".join(f"{name} = 0\n" for name in self.turns.values())

    def _advance(self, weight: str) -> str:
        """Return how the numbers of a weight move in a step; of a bounded one, where they turn too."""
        keys = self.rule.terms(weight)
        moves = {key: self._integrated(key) for key in keys}
        if weight not in self.turning:
            return "".join(f"{self.integral[k]} += {self.g[k[1]]}*({move})\n" for k, move in moves.items())
        names, way, ahead = self.turning[weight], self.way[weight], self.ahead[weight]
        text = "".join(f"{self.move[key]} = {move}\n" for key, move in moves.items())
        text += f"{ahead} = {names.heading}({way}, {', '.join(self.move[key] for key in keys)})\n"
        numbers = ", ".join(self.integral[key] for key in keys)
        text += f"{self.turns[weight]} = {names.noted}({self.turns[weight]}, {way}, {ahead}, {numbers}, i)\n"
        text += f"{way} = {ahead}\n"
        return text + "".join(f"{self.integral[key]} += {self.g[key[1]]}*{self.move[key]}\n" for key in keys)

    def _integrated(self, key: Key) -> str:
        gate, rate = self.rule.gates[key], self.rule.traces[key[1]]
        return swap(integrate(gate, rate, self.model, self.modulators, self.borrowed), self.copies.renamed)


def _turning(weight: str, terms: int, fresh: Fresh) -> Turning:
    """Return the functions that follow a weight with bounds, by names of their own."""
    heading, noted, settled = (fresh(f"{part}_{weight}") for part in ("heading", "noted", "settled"))
    return Turning(heading, noted, settled, terms)
