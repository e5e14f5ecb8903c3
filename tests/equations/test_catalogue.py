"""One table over all models: what holds for each of them, and for those that will come."""

import inspect
import re
from collections import defaultdict
from functools import cache

import pytest
from brian2.equations import Equations
from brian2.units import have_same_dimensions

import neuromodsim as nms
from neuromodsim.catalogue import catalogue
from neuromodsim.description.paths import dimensions
from neuromodsim.description.task import Task
from neuromodsim.transforms.task import all_events
from neuromodsim.units.quantities import parse, text
from tests.pretend import OURS

MODELS = catalogue.models()
CODES = ("equations", "threshold", "reset", "refractory", "step", "on_pre", "on_post")


def words(code):
    """Return the names that a piece of code uses, comments and units left out."""
    lines = [line.partition("#")[0] for line in code.splitlines()]
    return set(re.findall(r"[A-Za-z_]\w*", "\n".join(lines)))


def code_of(model):
    """Return all that a model says, in one text."""
    parts = [getattr(model, field, "") for field in CODES]
    parts += [*getattr(model, "on_event", {}).values(), *getattr(model, "changes", {}).values()]
    parts += [bound for pair in getattr(model, "bounds", {}).values() for bound in pair]
    parts += [value for value in model.initial.values() if isinstance(value, str)]
    events = getattr(model, "events", {})
    if isinstance(model, Task):
        parts += [part for event in all_events(model).values() for part in (event.when, event.do)]
    else:
        parts += [*events.values()]
    return "\n".join(parts)


@cache
def every_variant():
    """Return every experiment; of a family, each value of each axis once."""
    return [one for name in catalogue.listed() for one in catalogue.variants(name)]


@cache
def read_elsewhere():
    """Return what others read of each model: projections (``window_post``, delays) and preparations."""
    found = defaultdict(set)
    for experiment in every_variant():
        components = experiment.components()
        prepare = getattr(experiment.prepare, "func", experiment.prepare)  # of one that is given its set
        prepared = inspect.getsource(prepare) if prepare else ""
        for owner, model in components.items():
            found[model.name] |= set(re.findall(rf"\b{owner}\.(\w+)", prepared))
        parts = {part: p.name for p in experiment.circuit.populations for part in p.stretches()}
        for projection in experiment.circuit.projections:
            for wait in (projection.delay, projection.post_delay):
                found[projection.model.name] |= words(wait) if isinstance(wait, str) else set()
            used = words(code_of(projection.model))
            for ending, end in {"_pre": projection.source, "_post": projection.target}.items():
                read = {w.removesuffix(ending) for w in used if w.endswith(ending)}
                found[components[parts.get(end, end)].name] |= read
    return found


def read_by_release(model):
    """Return what releases read of a pool, which is there for any of them."""
    if getattr(model, "level", "") != "C":
        return set()
    releases = [words(code_of(m)) for m in MODELS.values() if "C_post" in words(code_of(m))]
    return {w.removesuffix("_post") for w in set().union(*releases) if w.endswith("_post")}


@pytest.mark.parametrize("name", MODELS)
def test_equations_parse_with_their_declarations(name):
    model = MODELS[name]
    equations = model.all_equations() if isinstance(model, Task) else model.equations
    parsed = Equations(f"{re.sub(r'randn?[(][)]', '1', equations)}\n{model.declarations()}")
    assert set(model.parameters) <= set(parsed)


@pytest.mark.parametrize("name", MODELS)
def test_every_parameter_is_used(name):
    model = MODELS[name]
    used = words(code_of(model)) | read_elsewhere()[name] | read_by_release(model)
    assert set(model.parameters) <= used, sorted(set(model.parameters) - used)


@pytest.mark.parametrize("name", MODELS)
def test_every_parameter_says_what_it_means_and_lies_in_its_range(name):
    for key, parameter in MODELS[name].parameters.items():
        assert len(parameter.meaning) > 3, key
        assert parameter.with_value(key, parameter.value) == parameter, key
        again = parse(text(parameter.value))
        assert have_same_dimensions(again, parameter.value) and again == parameter.value, key


@pytest.mark.parametrize("name", sorted(catalogue.folders()))
def test_every_number_of_the_catalogue_says_how_sure_it_is(name):
    unsaid = [key for key, parameter in MODELS[name].parameters.items() if not parameter.evidence]
    assert not unsaid


@pytest.mark.parametrize("name", MODELS)
def test_every_model_has_a_summary_and_a_source_with_a_doi(name):
    model = MODELS[name]
    assert model.summary.endswith(".") and "\n" not in model.summary
    assert re.fullmatch(r"10\.\d{4,}/\S+", model.source.doi)
    assert str(model.source.year) in model.source.citation
    assert f"doi = {{{model.source.doi}}}" in model.source.bibtex()
    assert model.source.key in model.source.bibtex()


@pytest.mark.parametrize("name", MODELS)
def test_every_initial_value_has_a_variable(name):
    assert set(MODELS[name].initial) <= set(dimensions(MODELS[name]))


@pytest.mark.parametrize("name", MODELS)
def test_tables_say_what_they_mean(name):
    for table in MODELS[name].tables.values():
        assert len(table.meaning) > 3 and len(table.shape) in (1, 2)


def test_code_is_read_without_its_comments():
    assert words("x = y  # z") == {"x", "y"}


def test_a_name_is_not_taken_twice():
    """Two models of one name would hide each other in paths such as ``dopamine_stdp.tau_c``."""
    seen = {}
    for experiment in every_variant():
        for whole in experiment.components().values():
            for model in whole.made_of or (whole,):
                assert seen.setdefault(model.name, model).equations == model.equations, model.name


@pytest.mark.parametrize("name", catalogue.experiments())
def test_every_experiment_names_its_conditions_and_sources(name):
    for experiment in catalogue.variants(name):
        assert experiment.name.split()[0] == name and experiment.summary.endswith(".")
        assert all(condition.summary.endswith(".") for condition in experiment.conditions.values())
        assert all(source.doi for source in experiment.sources().values())


def test_a_wrong_name_is_told_the_nearest():
    with pytest.raises(nms.WrongInput, match="did you mean dopamine_stdp"):
        catalogue.model("dopamin_stdp")
    with pytest.raises(nms.WrongInput, match="did you mean distal_reward"):
        catalogue.experiment("distal_rewards")
    with pytest.raises(nms.WrongInput, match="tau_c"):
        MODELS["dopamine_stdp"].with_parameters(tau_e=1)


@pytest.mark.parametrize(
    "written",
    [
        {"parameters": {"protected": nms.Parameter(1.0, "share")}},
        {"equations": "dprotected/dt = -protected/second : 1"},
        {"equations": "protected : 1 (constant)"},
        {"equations": "v : 1", "step": "protected = 2*v"},
    ],
)
def test_a_word_of_cpp_is_no_name(written):
    """Fails when such a name comes as far as the compiler, whose error does not name it."""
    with pytest.raises(nms.WrongInput, match="'protected' of 'cell' is a word of C"):
        nms.NeuronModel(name="cell", summary="A cell.", source=OURS, **written)
