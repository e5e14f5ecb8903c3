"""A pool with its receptors and drugs as one model, so that a voxel is one row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from neuromodsim.description.drug import MOST, NONE, Drug
from neuromodsim.description.layout import equations_laid_out, swap
from neuromodsim.description.model import EffectModel, ModulatorModel, Parameter, ReceptorModel, parsed
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms.effect import apply, tidy

SLOPE = re.compile(r"\bd(\w+)\s*/\s*dt\b")


def pool_with(
    pool: ModulatorModel, receptors: Mapping[str, ReceptorModel], drugs: Sequence[Drug]
) -> ModulatorModel:
    """Return one model of a pool, the receptors that see it, and the drugs in it.

    Parameters
    ----------
    pool
        The concentration, ``C``, and what moves it.
    receptors
        Each receptor by its name, which its level gets; everything else of it is prefixed.
    drugs
        At their doses. Each adds its dose, ``nomifensine``, which all of its targets share, and its affinity
        at each, ``DAT_nomifensine_K_i``.

    Raises
    ------
    WrongInput
        If a drug has no target here, is there twice or at two doses, or two parts share a name.
    """
    for drug in drugs:
        if any(other.name == drug.name and other.dose != drug.dose for other in drugs):
            raise WrongInput(f"{drug.name} is in '{pool.name}' at two doses.")
        if sum((other.name, other.target) == (drug.name, drug.target) for other in drugs) > 1:
            raise WrongInput(f"{drug.name} is in '{pool.name}' twice for {drug.target}.")
    model = pool
    for name, receptor in receptors.items():
        model = _with_receptor(model, name, receptor, [d for d in drugs if d.target == name])
    model = with_blockers(model, [drug for drug in drugs if drug.target not in receptors])
    if model is pool:
        return pool
    return replace(model, made_of=(pool, *receptors.values(), *model.made_of))


def with_blockers(model: ModulatorModel, drugs: Sequence[Drug]) -> ModulatorModel:
    """Return a pool with drugs that compete for its transporters or enzymes.

    Raises
    ------
    WrongInput
        If a drug has no target here.
    """
    for target in dict.fromkeys(drug.target for drug in drugs):
        model = _competing(model, [drug for drug in drugs if drug.target == target])
    return model


def _affinity(drug: Drug) -> str:
    return f"{drug.target}_{drug.name}_K_i"


def _dose(drug: Drug) -> dict[str, Parameter]:
    """Return a drug's dose, which all of its targets share, and its affinity here."""
    where = drug.K_i.where or drug.source.citation
    return {
        drug.name: Parameter(drug.dose, f"concentration of {drug.name}", low=NONE, high=MOST),
        _affinity(drug): replace(drug.K_i, where=where),
    }


def _competing(model: ModulatorModel, drugs: list[Drug]) -> ModulatorModel:
    """Return a pool with drugs that compete for one transporter or enzyme: Km (1 + dose/Ki + dose/Ki)."""
    first = drugs[0]
    if first.target not in model.transporters:
        raise unknown(f"target of {first.name}", first.target, model.transporters)
    affinity = model.transporters[first.target]
    taken = " + ".join(f"{drug.name}/{_affinity(drug)}" for drug in drugs)
    competition = EffectModel(
        name=first.name,
        summary=first.summary,
        source=first.source,
        changes={affinity: f"{affinity}*(1 + {taken})"},
        reads=(),
        parameters={name: p for drug in drugs for name, p in _dose(drug).items()},
    )
    doses = [drug.name for drug in drugs]  # which a drug's other targets have in common
    return replace(apply(competition, model, {}, shared=doses), made_of=model.made_of)


def _with_receptor(
    model: ModulatorModel, name: str, receptor: ReceptorModel, ligands: list[Drug]
) -> ModulatorModel:
    own = (*parsed(receptor.equations), *receptor.parameters, *receptor.tables)
    renamed = {n: name if n == receptor.level else f"{name}_{n}" for n in own}
    parameters = {renamed[n]: p for n, p in receptor.parameters.items()}
    equations = receptor.equations
    if ligands:
        equations, more = _with_ligands(name, receptor, renamed, ligands)
        parameters |= more
    fractions = {f"{name}_{drug.name}": (0.0, 1.0) for drug in ligands}
    ranges = {
        renamed[n]: tuple(_renamed(end, renamed) for end in ends) for n, ends in receptor.ranges.items()
    }
    doses = {drug.name for drug in ligands}  # which another target may have brought
    both = {*model.parameters, *model.tables, *parsed(model.equations)} & {
        *parameters,
        *renamed.values(),
    } - doses
    if both:
        raise WrongInput(f"'{sorted(both)[0]}' names two things of '{model.name}'; rename the receptor.")
    return replace(
        model,
        equations=f"{tidy(model.equations)}\n{tidy(_renamed(equations, renamed))}",
        parameters={**model.parameters, **parameters},
        tables={**model.tables, **{renamed[n]: table for n, table in receptor.tables.items()}},
        initial={**model.initial, **_starts(name, receptor, renamed, ligands)},
        ranges={**model.ranges, **ranges, **fractions},
        single=(*model.single, *(renamed[n] for n in receptor.single)),
    )


def _starts(
    name: str, receptor: ReceptorModel, renamed: Mapping[str, str], ligands: list[Drug]
) -> dict[str, Any]:
    """Return where a receptor starts; ligands are there from the start, and in balance with it."""
    initial = {renamed[n]: _renamed(v, renamed) for n, v in receptor.initial.items()}
    all_bound = " + ".join(f"{d.name}/{_affinity(d)}" for d in ligands)
    for drug in ligands:
        initial[f"{name}_{drug.name}"] = f"{drug.name}/{_affinity(drug)}/(1 + {all_bound})"
    if ligands and name not in initial:
        parts = (f"{name}_{d.name}_efficacy*({initial[f'{name}_{d.name}']})" for d in ligands)
        initial[name] = " + ".join(parts)
    return initial


def _with_ligands(
    name: str, receptor: ReceptorModel, renamed: dict[str, str], ligands: list[Drug]
) -> tuple[str, dict[str, Parameter]]:
    """Return a receptor's equations with competing ligands: all of them share what is free.

    Its level is what all ligands together do, so what the modulator itself has bound is the rest.
    """
    if "free" not in renamed:
        raise WrongInput(f"'{receptor.name}' has no fraction 'free' that a drug could bind to.")
    renamed["bound"] = f"{name}_bound"
    slopes = {drug.name: _binding(name, drug) for drug in ligands}
    efficacy = {drug.name: f"{name}_{drug.name}_efficacy" for drug in ligands}
    taken = " - ".join(f"{name}_{drug}" for drug in slopes)
    own = " - ".join(f"{efficacy[drug]}*{name}_{drug}" for drug in slopes)
    lines = [f"bound = {receptor.level} - {own} : 1  # by the modulator itself"]
    for line in tidy(equations_laid_out(receptor.equations)).split("\n"):
        left, _, right = line.partition("=")
        expression, _, unit = right.partition(":")
        if left.strip() == "free":
            line = f"free = 1 - bound - {taken} : 1  # what nothing is bound to"
        elif left.strip() == f"d{receptor.level}/dt":
            # The modulator binds and leaves as before, but only what it has bound itself leaves.
            bound = swap(expression.strip(), {receptor.level: "bound"})
            more = " + ".join(f"{efficacy[drug]}*{slope}" for drug, slope in slopes.items())
            line = f"{left}= {bound} + {more} :{unit}"
        lines.append(line)
    lines += [f"d{name}_{drug}/dt = {slope} : 1" for drug, slope in slopes.items()]
    parameters = dict[str, Parameter]()
    for drug in ligands:
        parameters |= _of_ligand(name, drug)
    return "\n".join(lines), parameters


def _binding(receptor: str, drug: Drug) -> str:
    """Return how fast a drug binds to a receptor, and leaves it: as fast as the modulator if nothing says."""
    leaves = f"{receptor}_{drug.name}_k_off" if drug.k_off else "k_off"
    return f"{leaves}*({drug.name}/{_affinity(drug)}*free - {receptor}_{drug.name})"


def _of_ligand(receptor: str, drug: Drug) -> dict[str, Parameter]:
    """Return the parameters that a drug brings to a receptor."""
    meaning = f"efficacy of {drug.name}: 0 for an antagonist, 1 for a full agonist"
    efficacy = Parameter(drug.efficacy, meaning, low=0.0, high=1.0)
    own = {f"{receptor}_{drug.name}_k_off": drug.k_off} if drug.k_off else {}
    return {**_dose(drug), f"{receptor}_{drug.name}_efficacy": efficacy, **own}


def _renamed(text: Any, names: Mapping[str, str]) -> Any:
    """Return equations with other names, comments left as they are."""
    if not isinstance(text, str):
        return text
    lines = []
    for line in text.split("\n"):
        code, mark, comment = line.partition("#")
        code = SLOPE.sub(lambda m: f"d{names.get(m[1], m[1])}/dt", code)
        lines.append(swap(code, names) + mark + comment)
    return "\n".join(lines)
