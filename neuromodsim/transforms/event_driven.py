"""The event-driven program of a third-factor rule: a synapse is up to date when something touches it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
from neuromodsim.transforms.rule import Borrowed, Key, Levels, Rule, driven_by, integrate, passed_on
from neuromodsim.units.quantities import unit_text


@dataclass(frozen=True)
class _Turns:
    """What follows a weight with bounds: its turns, as its region notes them, its way now and ahead."""

    noted: str
    way: str
    ahead: str
    functions: Turning

    @classmethod
    def of(cls, weight: str, terms: int, fresh: Fresh) -> "_Turns":
        """Return names that nobody uses yet."""
        noted, way, ahead = (fresh(f"{part}_{weight}") for part in ("turns", "way", "ahead"))
        heading, note, settled = (fresh(f"{part}_{weight}") for part in ("heading", "noted", "settled"))
        return cls(noted, way, ahead, Turning(heading, note, settled, terms))


class EventDriven:
    """Writes the event-driven program of one rule, each new name one that nobody uses yet."""

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
        # An eligibility as a synapse stores it, c/g, which does not change between spikes, and as it is now,
        # for as long as the code of a spike runs.
        self.scaled = {c: fresh(f"{c}_scaled") for c in rule.traces}
        self.now = {c: fresh(f"{c}_now") for c in rule.traces}
        self.g = {c: fresh(f"g_{c}") for c in rule.traces}
        # A synapse owes its weight what K has gained since it was last touched.
        self.integral = {key: fresh(f"K_{key[0]}_{key[1]}") for key in rule.moves}
        self.seen = {key: fresh(f"{name}_seen") for key, name in self.integral.items()}
        self.steps = fresh("steps")
        self.borrowed = Borrowed(fresh)
        self.levels = Levels(model, modulators, self.borrowed)
        # What a driver of 1/g has brought a trace to since the last synchronisation, divided by its g.
        self.brought = {key: fresh(f"L_{key[0]}_{key[1]}") for key in rule.drives}
        # Where K turns, a weight with bounds may have met one and left it again.
        bounded = [weight for weight in rule.weights if weight in model.bounds]
        self.row = fresh("region_row") if bounded else ""
        moved = bounded if not rule.drives else rule.weights
        self.move = {key: fresh(f"{self.integral[key]}_move") for w in moved for key in rule.terms(w)}
        self.turning = {w: _Turns.of(w, len(rule.terms(w)), fresh) for w in bounded}

    def program(self) -> Program:
        """Return the program."""
        model = self.model
        running, advance, after, fresh_start = self._region()
        on_event = {event: self._touched(code) for event, code in model.on_event.items()}
        return Program(
            equations=self._synapse(),
            on_pre=self._touched(model.on_pre),
            on_post=self._touched(model.on_post),
            on_event=on_event,
            step=self._touched(model.step),
            region_equations=self.copies.equations + running,
            region_step=self.copies.step + advance,
            region_after=after,
            region_reset=fresh_start,
            region_parameters={
                here: origin for origin, here in self.borrowed.names.items() if here in used(advance)
            },
            linked=self.copies.linked,
            signals=self.copies.signals,
            read_from_region=self._read_from_region(),
            initial_region=dict.fromkeys(self.g.values(), 1.0),
            synchronise=self._synchronise(),
            shown=self.scaled,
            decay_rates=self._decay_rates(),
            row=self.row,
            turnings=tuple(turns.functions for turns in self.turning.values()),
        )

    def _read_from_region(self) -> tuple[str, ...]:
        """Return the variables of the region that synapses read."""
        return (
            *self.g.values(),
            *self.integral.values(),
            *self.brought.values(),
            *(turns.noted for turns in self.turning.values()),
            *self.copies.read_in(self.equations, self._kept(), self.model),
        )

    def _decay_rates(self) -> tuple[str, ...]:
        """Return the rates by which a run chooses its synchronisation interval.

        What only drives others may decay twice as far, to exp(-10): a spike of it still adds to a trace what
        it should to 12 digits, and a short rise of a synaptic potential would touch every synapse often.
        """
        moving = {trace for _, trace in self.rule.gates}
        alone = {c for c in self.rule.traces if self.rule.driven(c) and c not in moving}
        rates = {c: sympy_to_str(rate) for c, rate in self.rule.traces.items()}
        return tuple(f"({rate})/2" if c in alone else rate for c, rate in rates.items())

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
        return text + "".join(f"\n{seen} : {self._integral_unit(key)}" for key, seen in self.seen.items())

    def _integral_unit(self, key: Key) -> str:
        weight, trace = (self.equations[name].unit for name in key)
        return unit_text(weight / trace)

    def _present(self) -> dict[str, str]:
        """Return what weights and eligibilities are at this moment, for equations that read them."""
        present = {c: f"({self._at_present(c)})" for c in self.rule.traces}
        return present | {w: f"({self._settled(w, turning_code.LOOK)})" for w in self.rule.weights}

    def _at_present(self, trace: str) -> str:
        """Return the expression of a trace brought up to date."""
        drivers = self.rule.drivers(trace)
        if not drivers:
            return f"{self.scaled[trace]}*{self.g[trace]}"
        return f"({self.scaled[trace]} + {self._brought(trace, drivers)})*{self.g[trace]}"

    def _brought(self, trace: str, drivers: Iterable[str]) -> str:
        return " + ".join(f"{self.scaled[d]}*{self.brought[trace, d]}" for d in drivers)

    def _settled(self, weight: str, why: int) -> str:
        """Return the expression of a weight brought up to date."""
        terms = [(self.scaled[key[1]], self.integral[key], self.seen[key]) for key in self.rule.terms(weight)]
        if weight not in self.turning:
            owed = " + ".join(f"{share}*({now} - {seen})" for share, now, seen in terms)
            return f"{weight} + {owed}"
        given = ", ".join(name for term in terms for name in term)
        # Brian2 passes no whole number where a function takes a real one.
        ends_of = self.model.bounds[weight]
        low, high = (f"1.0*{end}" if self.model.parameters[end].integer else end for end in ends_of)
        ends = f"{low}, {high}, {self.turning[weight].noted}, {self.row}, {why}"
        return f"{self.turning[weight].functions.settled}({weight}, {given}, {ends})"

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
        seen = "".join(f"{self.seen[key]} = {number}\n" for key, number in self.integral.items())
        traces = [c for c in self.rule.traces if c in read]
        before = "".join(f"{self.now[c]} = {self._at_present(c)}\n" for c in traces)
        names = {c: self.now[c] for c in traces}
        after = "".join(f"\n{line}" for line in clip(self.model, set_here, names))
        after += "".join(f"\n{line}" for line in self._kept_again([c for c in traces if c in set_here]))
        code = swap(code, {**names, **self.copies.renamed})
        return f"{self._settle(turning_code.TOUCH)}{seen}{before}{code}{after}"

    def _kept_again(self, changed: list[str]) -> list[str]:
        """Return statements that store traces which the code of a spike has set."""
        first = [c for c in changed if not self.rule.drivers(c)]
        text = []
        for driver in first:
            # A trace that it drives is no other at this moment, though this driver will drive it differently.
            text += [
                f"{self.scaled[c]} -= ({self.now[driver]}/{self.g[driver]} - {self.scaled[driver]})"
                f"*{self.brought[c, driver]}"
                for c in self.rule.driven(driver)
                if c not in changed
            ]
            text.append(f"{self.scaled[driver]} = {self.now[driver]}/{self.g[driver]}")
        for c in [c for c in changed if c not in first]:
            text.append(
                f"{self.scaled[c]} = {self.now[c]}/{self.g[c]} - ({self._brought(c, self.rule.drivers(c))})"
            )
        return text

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
        driven = [c for c in self.rule.traces if self.rule.drivers(c)]
        scaled = "".join(f"{self.scaled[c]} = {self._at_present(c)}\n" for c in driven)
        scaled += "".join(f"{self.scaled[c]} *= {self.g[c]}\n" for c in self.rule.traces if c not in driven)
        # Times itself, since a plain 0 would have no unit.
        restart = "".join(f"{seen} = 0*{seen}\n" for seen in self.seen.values())
        return self._settle(turning_code.RESTART) + scaled + restart

    def _region(self) -> tuple[str, str, str, str]:
        """Return the equations of the accumulators, their update per step, and their synchronisation.

        The third text follows the update where decay factors are the same for all regions.
        """
        one = " (shared)" if self._alike() else ""
        running = f"{self.steps} : 1{one}\n" + "".join(f"{g} : 1{one}\n" for g in self.g.values())
        running += "".join(f"{self.integral[k]} : {self._integral_unit(k)}\n" for k in self.integral)
        running += "".join(f"{self.brought[k]} : {self._integral_unit(k)}\n" for k in self.brought)
        running += "".join(f"{n} : integer\n" for t in self.turning.values() for n in (t.noted, t.way))
        advance = "".join(self._advance(weight) for weight in self.rule.weights)
        advance += "".join(self._bring(*key) for key in self.rule.drives)
        # Not a product of small steps, whose rounding would add up over a long eligibility.
        decay = {c: f"exp(-{self.steps}*dt*({sympy_to_str(rate)}))" for c, rate in self.rule.traces.items()}
        after = f"{self.steps} += 1\n" + "".join(f"{self.g[c]} = {value}\n" for c, value in decay.items())
        start = f"{self.steps} = 0\n" + "".join(f"{g} = 1\n" for g in self.g.values())
        start += "".join(f"{name} = 0*{name}\n" for name in (*self.integral.values(), *self.brought.values()))
        start += "".join(f"{turns.noted} = 0\n" for turns in self.turning.values())
        return (running, advance, after, start) if one else (running, advance + after, "", start)

    def _alike(self) -> bool:
        """Return whether the decay factors of a rule that reads cells, so has a row for each, are shared."""
        return bool(self.rule.signals) and not any(p.own for p in self.model.parameters.values())

    def _advance(self, weight: str) -> str:
        """Return how the numbers of a weight move in a step; of a bounded one, where they turn too."""
        keys = self.rule.terms(weight)
        moves = {key: self._integrated(key) for key in keys if key in self.rule.gates}
        if weight not in self.turning and len(moves) == len(keys) and not self._driving(keys):
            return "".join(f"{self.integral[k]} += {self.g[k[1]]}*({move})\n" for k, move in moves.items())
        text = "".join(f"{self.move[key]} = {move}\n" for key, move in moves.items())
        text += "".join(f"{self.move[key]} = {self._through(key)}\n" for key in self._driving(keys))
        if weight in self.turning:
            text += self._noted(weight, keys)
        return text + "".join(f"{self.integral[key]} += {self.g[key[1]]}*{self.move[key]}\n" for key in keys)

    def _noted(self, weight: str, keys: list[Key]) -> str:
        """Return code that notes where the numbers of a bounded weight turn."""
        turns, calls = self.turning[weight], self.turning[weight].functions
        moves, numbers = (", ".join(named[key] for key in keys) for named in (self.move, self.integral))
        return (
            f"{turns.ahead} = {calls.heading}({turns.way}, {moves})\n"
            f"{turns.noted} = {calls.noted}({turns.noted}, {turns.way}, {turns.ahead}, {numbers}, i)\n"
            f"{turns.way} = {turns.ahead}\n"
        )

    def _driving(self, keys: list[Key]) -> list[Key]:
        """Return those of these terms whose trace moves the weight by what it drives."""
        gated = {key[1] for key in keys if key in self.rule.gates}
        return [key for key in keys if gated & set(self.rule.driven(key[1]))]

    def _through(self, key: Key) -> str:
        """Return how a driver moves a weight in a step: itself, and by what it drives and has driven."""
        weight, driver = key
        parts = [self.move[key]] if key in self.rule.gates else []
        for trace in self.rule.driven(driver):
            if (weight, trace) in self.rule.gates:
                gate, drive = self.rule.gates[weight, trace], self.rule.drives[trace, driver]
                rates = (self.rule.traces[trace], self.rule.traces[driver])
                parts.append(self._here(passed_on(gate, drive, *rates, self.levels)))
                ratio = f"{self.g[trace]}/{self.g[driver]}"
                parts.append(f"{self.brought[trace, driver]}*({ratio})*{self.move[weight, trace]}")
        return " + ".join(f"({part})" for part in parts)

    def _bring(self, trace: str, driver: str) -> str:
        """Return how far a driver brings a trace in a step."""
        drive, rates = self.rule.drives[trace, driver], (self.rule.traces[trace], self.rule.traces[driver])
        share = self._here(driven_by(drive, *rates, self.levels))
        return f"{self.brought[trace, driver]} += {self.g[driver]}/{self.g[trace]}*({share})\n"

    def _integrated(self, key: Key) -> str:
        gate, rate = self.rule.gates[key], self.rule.traces[key[1]]
        return self._here(integrate(gate, rate, self.levels))

    def _here(self, text: str) -> str:
        """Return an expression of a rule as the region reads it."""
        return swap(text, {**self.copies.renamed, **self.copies.read_of_cells})
