"""Links between variables of components, looked at before anything is drawn or built."""

from collections.abc import Mapping
from typing import Any

from brian2.units import get_dimensions

from neuromodsim.description import expectations
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, NeuronModel, parsed
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.quantities import unit_text


def expect_links(experiment: Experiment) -> None:
    """Raise `WrongInput` unless every link leads from one variable to another that it can be read as.

    Also where a variable is marked ``(linked)`` and no link says what it reads, and where ``compartment_of``
    places what is not there, or in regions that are not there.
    """
    circuit, components = experiment.circuit, experiment.components()
    synaptic = {p.name for p in circuit.projections}
    readable = {name: _variables(m) for name, m in components.items()}
    rows = _rows(experiment)
    for read, written in circuit.links.items():
        _expect_link(read, written, readable, synaptic, rows, circuit)
    for name, model in components.items():
        for variable, (_, linked) in _variables(model).items():
            if linked and f"{name}.{variable}" not in circuit.links:
                raise WrongInput(
                    f"'{name}.{variable}' is marked (linked), but the circuit has no link for it."
                )
    _expect_regions(circuit, rows)


def _variables(model: Model) -> dict[str, tuple[Any, bool]]:
    """Return the dimensions of each variable and parameter of a model, and whether it is linked."""
    equations = parsed(model.all_equations())
    found = {n: (e.dim, "linked" in e.flags) for n, e in equations.items()}
    found |= {n: (get_dimensions(p.value), False) for n, p in model.parameters.items()}
    if isinstance(model, NeuronModel) and model.refractory:
        found |= {
            "lastspike": (parsed("x : second")["x"].dim, False),
            "not_refractory": (get_dimensions(1), False),
        }
    return found


def _rows(experiment: Experiment) -> dict[str, int]:
    circuit = experiment.circuit
    rows = {p.name: p.size for p in circuit.populations} | {m.name: m.regions for m in circuit.modulators}
    return rows | ({} if experiment.task is None else {"task": circuit.tasks})


def _expect_link(
    read: str,
    written: str,
    readable: Mapping[str, Mapping[str, Any]],
    synaptic: set[str],
    rows: Mapping[str, int],
    circuit: Circuit,
) -> None:
    """Refuse one link that cannot be made."""
    said = f"The link of '{read}' to '{written}'"
    reader, name = _end(said, read, readable, set())
    others = {name: variables for name, variables in readable.items() if name not in synaptic}
    writer, source = _end(said, written, others, synaptic)
    (wanted, marked), (given, chained) = readable[reader][name], readable[writer][source]
    if not marked:
        raise WrongInput(f"{said} needs '{read}' marked (linked) in the equations of '{reader}'.")
    if chained:
        raise WrongInput(f"{said} reads what is linked itself; link '{read}' to what that one reads.")
    if wanted != given:
        raise WrongInput(
            f"{said} needs one unit: '{read}' is in {unit_text(wanted)}, '{written}' in {unit_text(given)}."
        )
    reader = _row_by_row(circuit, reader)
    mapped = any(m.name == writer and reader in m.compartment_of for m in circuit.modulators)
    if rows[writer] not in (1, rows[reader]) and not mapped and not circuit.replicas:
        raise WrongInput(
            f"{said} is row by row, and '{reader}' has {rows[reader]} rows where '{writer}' has "
            f"{rows[writer]}; link to one row, to as many rows, or to a modulator with "
            f"'compartment_of' for '{reader}'."
        )


def _row_by_row(circuit: Circuit, reader: str) -> str:
    """Return whose rows read a link row by row: of synapses, those of their target."""
    owners = {n: p.name for p in circuit.populations for n in (p.name, *p.parts)}
    targets = {p.name: owners.get(p.target, p.target) for p in circuit.projections}
    return targets.get(reader, reader)


def _end(
    said: str, path: str, readable: Mapping[str, Mapping[str, Any]], synaptic: set[str]
) -> tuple[str, str]:
    """Return the component and the variable at one end of a link, or refuse what is none."""
    component, _, variable = path.partition(".")
    if not variable or "." in variable:
        raise WrongInput(f"{said} must be between variables, written component.variable; got '{path}'.")
    if component in synaptic:
        raise WrongInput(
            f"{said} names '{component}', a projection, whose variables no link reads; links lead to cells, "
            "modulators and the task."
        )
    if component not in readable:
        raise unknown(f"component for {said[0].lower()}{said[1:]}:", component, readable)
    if variable not in readable[component]:
        raise unknown(f"variable of {component} to link", variable, readable[component])
    return component, variable


def _expect_regions(circuit: Circuit, rows: Mapping[str, int]) -> None:
    """Refuse a spatial mapping of what is not there, of too few of its rows, or to unknown regions."""
    for modulator in circuit.modulators:
        for name, given in modulator.compartment_of.items():
            if name not in rows:
                raise unknown(f"population in compartment_of of {modulator.name}", name, rows)
            what = f"'compartment_of' of '{modulator.name}'"
            expectations.compartments(what, name, given, rows[name], modulator.regions)
    regions = {m.name: m.regions for m in circuit.modulators}
    owners = {n: p.name for p in circuit.populations for n in (p.name, *p.parts)}
    for projection in circuit.projections:
        if not projection.compartment_of:
            continue
        if not projection.model.modulators:
            raise WrongInput(
                f"'compartment_of' of '{projection.name}' has no effect: its rule "
                f"'{projection.model.name}' reads no modulator."
            )
        target = owners.get(projection.target, projection.target)
        for here in projection.model.modulators:
            name = projection.modulators.get(here, here).partition(".")[0]
            if name in regions:
                what = f"'compartment_of' of '{projection.name}'"
                expectations.compartments(
                    what, target, projection.compartment_of, rows[target], regions[name]
                )
