"""The names of a circuit's components: each stands for one of them."""

from collections.abc import Iterator

from neuromodsim.description.circuit import Circuit
from neuromodsim.errors import WrongInput

# Objects of every network, and the first words of paths that mean something else.
TAKEN = {"simulation": "the network", "step_clock": "the clock", "note": "what `prepare` notes"}
# Objects that Brian2 and we make for a component, by what their names add to its own.
OF_CELLS = ("stateupdater", "subgroup", "spikes", "spike_thresholder", "spike_resetter")
OF_SYNAPSES = (
    "pre",
    "post",
    "region",
    "clock",
    "flush_clock",
    "room_clock",
    "stateupdater",
    "region_stateupdater",
    "pre_paces",
    "post_paces",
    "region_paces",
)


def component_names(circuit: Circuit) -> Iterator[tuple[str, str]]:
    """Yield the name of each component of a circuit, and what kind of component it is."""
    yield "task", "the task"
    for population in circuit.populations:
        yield population.name, "a population"
        for part in population.parts:
            yield part, f"a part of '{population.name}'"
    for modulator in circuit.modulators:
        yield modulator.name, "a modulator"
    for projection in circuit.projections:
        yield projection.name, "a projection"


def expect_distinct_names(circuit: Circuit) -> None:
    """Raise `WrongInput` for two components of one name, or one named like an object made for another."""
    found: dict[str, str] = dict(TAKEN)
    for name, what in component_names(circuit):
        if name in found:
            also = f"another {what.removeprefix('a ')}" if found[name] == what else what
            raise WrongInput(f"'{name}' names both {found[name]} and {also}; rename one of them.")
        found[name] = what
    cells = [*(p.name for p in circuit.populations), *(m.name for m in circuit.modulators)]
    cells += [part for p in circuit.populations for part in p.parts]
    made = {f"{name}_{end}": name for name in cells for end in OF_CELLS}
    made |= {f"{p.name}_{end}": p.name for p in circuit.projections for end in OF_SYNAPSES}
    for name in found:
        if name in made:
            raise WrongInput(
                f"'{name}' names {found[name]} and an object made for '{made[name]}'; rename it."
            )
