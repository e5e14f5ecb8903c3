"""Equal keys are byte-equal source, and equal source is equal keys: each field of a description, and any few.

A program is written from a `Description`, and the digest of that finds its key again. So three things must
hold: what the digest does not see is nothing that the source depends on; each order, name and number that it
is to see, it sees; and the source depends on nothing else, such as what this process did before.
"""

import os
import re
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from brian2 import ms, second, um
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import neuromodsim as nms
from neuromodsim.backends import alone, cpp, identity, sources
from neuromodsim.description.geometry import Grid
from neuromodsim.description.model import Model
from neuromodsim.errors import NeuromodsimError
from neuromodsim.simulation.wiring import draw_pairs
from tests.backends.described import ALIKE, EVERYTHING, LINE, OTHER, SAME

KINDS = (nms.Experiment, nms.Circuit, nms.Population, nms.Modulator, nms.Projection, Model, nms.NeuronModel)
KINDS += (nms.ModulatorModel, nms.SynapseModel, nms.Parameter, nms.Table, nms.Task, nms.Phase, nms.Event)
KINDS += (nms.Recording,)
# Tried elsewhere: in programs of replicas, on a grid, or as the order of the parts of a circuit.
ELSEWHERE = {"Circuit.replicas", "Parameter.own", "Modulator.grid"}

# What cannot change alone: a size is that of parts and pairs too, and a unit is in the equations.
TOLD_TWICE = {"Experiment.dt", "Population.size", "Projection.name", "Projection.wiring"}
TOLD_TWICE |= {"NeuronModel.sends", "Parameter.value", "SynapseModel.modulators", "Table.unit"}


def described(experiment, how="event-driven"):
    pairs = draw_pairs(experiment, 0)
    return identity.describe(experiment, experiment.recording, how, pairs)


def source(description, folder):
    """Return the key of the source of a description, delays left out, and all of its files."""
    folder.mkdir()
    manifest = cpp.write(description, folder)
    main = folder / "main.cpp"
    main.write_text(re.sub(r"(_delay(_\d+)?\[0\] = ).*;", r"\1;", main.read_text()))
    return sources.key(folder, manifest)


def test_every_field_of_a_description_is_changed_here():
    """Fails when a field is added to a description and nobody says whether it is another program."""
    known = {name.partition(",")[0] for name in (*OTHER, *SAME, *ALIKE)} | ELSEWHERE
    inherited = {f.name for f in fields(Model)}
    for kind in KINDS:
        for field in fields(kind):
            own = kind is Model or not issubclass(kind, Model) or field.name not in inherited
            alike = {"where": "meaning", "high": "low", "model": "name"}.get(field.name, field.name)
            together = {"name", "model", "summary", "circuit"}
            if own and f"{kind.__name__}.{alike}" not in known:
                assert field.name in together and kind is not Model, f"{kind.__name__}.{field.name}"


@pytest.mark.parametrize("what", OTHER)
def test_a_digest_sees_every_field_that_reaches_a_program(what):
    """Fails when a field, or its order, is left out of the digest: the key of another program is found."""
    assert described(OTHER[what](EVERYTHING)).digest() != described(EVERYTHING).digest()


def test_no_two_descriptions_share_a_digest():
    """Fails when the digest sees that something is different, but not what."""
    digests = [described(change(EVERYTHING)).digest() for change in {**OTHER, **ALIKE}.values()]
    assert len(set(digests)) == len(digests)


def test_no_field_can_be_left_out_of_the_digest(monkeypatch):
    """Fails when a change of a field is one of another field too, so that a digest without it would pass."""
    every = {name: described(change(EVERYTHING)) for name, change in OTHER.items()}
    kinds = {kind.__name__: kind for kind in KINDS}
    survive = []
    for told in sorted({what.partition(",")[0] for what in OTHER} - TOLD_TWICE):
        kind, name = told.split(".")

        def rest(value, kind=kinds[kind], name=name):
            return [f for f in fields(value) if not (isinstance(value, kind) and f.name == name)]

        monkeypatch.setattr(identity, "fields", rest)
        # Those of the field itself and what it is a change of, which soonest become one.
        near = [
            described(EVERYTHING),
            *(one for what, one in every.items() if what.partition(",")[0] == told),
        ]
        if not (_two_are_one(near) or _two_are_one([described(EVERYTHING), *every.values()])):
            survive.append(told)
    assert survive == []


def _two_are_one(descriptions):
    return len({one.digest() for one in descriptions}) < len(descriptions)


@pytest.mark.parametrize("what", SAME)
def test_what_a_run_brings_is_in_no_digest(what):
    """Fails when a run with another number, or another text for readers, writes its source again."""
    assert described(SAME[what](EVERYTHING)).digest() == described(EVERYTHING).digest()


def test_a_grid_and_its_length_are_seen():
    """Fails when the length of a voxel, which is compiled in, is taken for a value of a run."""
    (pool,) = LINE.circuit.modulators
    finer = nms.Line(8 * um, 2 * um)
    other = replace(LINE, circuit=replace(LINE.circuit, modulators=(replace(pool, grid=finer),)))
    assert isinstance(finer, Grid) and described(LINE).digest() != described(other).digest()


# --- what may stand in a description, and whether two such values are told apart ---

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False),
    st.text(max_size=4),
    st.binary(max_size=3),
    st.sampled_from([np.float64(1.0), np.float32(1.0), np.int32(1), np.int64(1), np.bool_(True)]),
)
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=2), st.integers(0, 2)), inner, max_size=3),
        st.tuples(st.text(max_size=2), st.text(min_size=1, max_size=2)).map(lambda t: nms.Phase(*t)),
        st.tuples(st.text(max_size=2), st.text(max_size=2)).map(lambda t: nms.Event(*t)),
    ),
    max_leaves=8,
)


def spelled(value):
    """Return a value as text that another value does not have, by another way than the digest's."""
    if is_dataclass(value):
        inside = [(f.name, spelled(getattr(value, f.name))) for f in fields(value)]
    elif isinstance(value, dict):
        inside = [(spelled(k), spelled(v)) for k, v in value.items()]
    elif isinstance(value, list | tuple):
        inside = [spelled(v) for v in value]
    else:
        inside = repr(value)
    return repr((type(value).__module__, type(value).__qualname__, inside))


@settings(max_examples=400, deadline=None)
@given(NESTED, NESTED)
def test_two_values_are_told_alike_if_and_only_if_they_are_alike(one, other):
    """Fails when two values run into each other, or a type, an order or a length goes unseen."""
    for a, b in ((one, other), ([one, other], [other, one]), ([one], one), ((one,), [one])):
        assert (b"".join(identity.told(a)) == b"".join(identity.told(b))) == (spelled(a) == spelled(b))


@settings(max_examples=100, deadline=None)
@given(st.permutations(list(range(4))), st.permutations(list(range(4))))
def test_any_other_order_of_anything_is_another_description(one, other):
    """Fails when something is sorted before it is told."""
    named = {f"p{k}": nms.Phase(f"p{k}", "t") for k in range(4)}
    for kind in (lambda o: {f"p{k}": named[f"p{k}"] for k in o}, lambda o: tuple(named[f"p{k}"] for k in o)):
        alike = b"".join(identity.told(kind(one))) == b"".join(identity.told(kind(other)))
        assert alike == (one == other)


def test_the_program_of_a_third_factor_is_seen():
    assert described(EVERYTHING, "clock-driven").digest() != described(EVERYTHING, "event-driven").digest()


def test_a_number_without_its_unit_type_or_kind_is_another():
    """Fails when zeros of two units, types or wirings are told alike."""
    alike = [0 * um, 0 * second, np.float64(0), np.int64(0), 0, 0.0, False, None, 1 * um, 1 * second]
    alike += [nms.FixedOutDegree(2), nms.FixedInDegree(2), nms.Table(shape=(1,), meaning="", unit=um)]
    alike += [nms.Table(shape=(1,), meaning=""), np.zeros(2, np.int32), np.zeros(1), np.zeros((1, 1))]
    assert len({b"".join(identity.told(value)) for value in alike}) == len(alike)


def test_the_size_of_a_population_that_nothing_leads_to_is_seen():
    cells = nms.Population(name="lonely", size=3, model=EVERYTHING.circuit.populations[0].model)
    both = [replace(LINE.circuit, populations=(replace(cells, size=size),)) for size in (3, 4)]
    one, other = (described(replace(LINE, circuit=circuit)).digest() for circuit in both)
    assert one != other


def test_pairs_of_a_run_that_are_not_all_of_them_make_another_program():
    """Fails when rows are walked along because the wiring says so, where ``prepare`` brings other pairs."""
    drawn = draw_pairs(EVERYTHING, 0)
    turned = {**drawn, "dense": tuple(end[::-1].copy() for end in drawn["dense"])}
    fewer = {**drawn, "dense": tuple(end[:-1] for end in drawn["dense"])}
    shown = [
        identity.describe(EVERYTHING, EVERYTHING.recording, "event-driven", pairs)
        for pairs in (drawn, turned, fewer)
    ]
    assert [one.wired["dense"] for one in shown] == [(18, True), (18, False), (17, False)]
    assert len({one.digest() for one in shown}) == 3


@pytest.mark.cpp
def test_prepared_pairs_are_those_of_the_run_on_each_device():
    """All to all by its wiring; but what prepares a run lets cell 0 lead to the last, many times."""
    (cells, sinks), (dense, *_) = EVERYTHING.circuit.populations, EVERYTHING.circuit.projections
    first = replace(
        cells.model, threshold="i == 0", reset="", refractory="", step="", tables={}, method="exact"
    )
    first = replace(first, equations="v : 1\ndrive : 1\nseen : 1", parameters={})
    last = replace(sinks.model, equations="u : 1", threshold="", reset="")
    pairs = (np.zeros(18, np.int32), np.full(18, 2, np.int32))
    turned = replace(
        EVERYTHING,
        task=None,
        circuit=nms.Circuit(
            populations=(replace(cells, model=first, parts={}), replace(sinks, model=last)),
            projections=(dense,),
        ),
        recording=nms.Recording(states={"sinks.u": 1 * ms}),
        duration=3 * ms,
        prepare=lambda setting: nms.Prepared(pairs={"dense": pairs}),
    )
    for device in ("numpy", "cpp"):
        u = nms.simulate(turned, device=device, progress=False)["state/sinks"].u.values[-1]
        assert u[2] > 0 and u[0] == u[1] == 0, device


def test_what_has_no_digest_is_written_anew_each_time():
    """Fails when an object is known by its place in memory, which another may have later."""
    (dense, *others) = EVERYTHING.circuit.projections
    odd = identity._with(dense, update_interval=object())
    circuit = identity._with(EVERYTHING.circuit, projections=(odd, *others))
    assert described(identity._with(EVERYTHING, circuit=circuit)).digest() is None


# --- source ---

SEEN: dict[str, str] = {}  # source by digest, over all examples
CHANGES = st.lists(st.sampled_from(sorted({**OTHER, **ALIKE})), max_size=3, unique=True)
RUNS = st.lists(st.sampled_from(sorted(SAME)), max_size=6, unique=True)


def with_all(experiment, names):
    for name in names:
        experiment = {**OTHER, **SAME, **ALIKE}[name](experiment)
    return experiment


def check(changes, brought, folder):
    """Compare the source of a description with that of the same one with other values, from itself."""
    try:
        one = with_all(EVERYTHING, changes)
        other = with_all(one, brought)
        first, second = described(one), described(other)
        written = source(first, folder / "first")
    except (NeuromodsimError, ValueError, KeyError, SyntaxError):
        assume(False)  # changes that do not go together
    assert SEEN.setdefault(first.digest(), written) == written
    # Not from what is left of it, but with every value that a run would bring.
    raw = identity.Description(other, other.recording, "event-driven", second.wired, "cpp")
    again = source(raw, folder / "second")
    assert again == written
    if first.digest() != second.digest():
        assert source(second, folder / "third") == written


# The same few examples each time; NEUROMODSIM_EXAMPLES=120 for others and more.
EXAMPLES = int(os.environ.get("NEUROMODSIM_EXAMPLES", "5"))


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES == 5, suppress_health_check=list(HealthCheck)
)
@given(CHANGES, RUNS)
def test_equal_digests_are_equal_source(tmp_path_factory, changes, brought):
    """Fails when source depends on what is erased, on an earlier network, or on the order of a set."""
    check(changes, brought, tmp_path_factory.mktemp("projects"))


EMPTY = replace(EVERYTHING.circuit, populations=(), modulators=(), projections=(), links={})
ONLY_TASK = replace(EVERYTHING, circuit=EMPTY, recording=nms.Recording(events={"task.first": ()}))
ONLY_CELLS = replace(
    EVERYTHING,
    task=None,
    circuit=replace(EMPTY, populations=EVERYTHING.circuit.populations[:1]),
    recording=nms.Recording(
        spikes={"left": nms.Window()}, states={"cells.v": 1 * ms}, events={"cells.high": ("seen", "v")}
    ),
)
ONLY_RULE = replace(
    EVERYTHING,
    task=None,
    circuit=replace(EVERYTHING.circuit, projections=EVERYTHING.circuit.projections[1:2]),
    recording=nms.Recording(states={"plastic.w": 10 * ms}),
)
# Less than everything, where that holds what is changed: most of the time goes into source beside it.
SMALLER = dict.fromkeys(("Task", "Phase", "Event", "Table"), ONLY_TASK)
SMALLER |= dict.fromkeys(("NeuronModel", "Population"), ONLY_CELLS)
SMALLER |= dict.fromkeys(("SynapseModel", "ModulatorModel"), ONLY_RULE)


def smallest(name, change):
    """Return what a change is tried in: something in which it changes what is described."""
    there = SMALLER.get(name.partition(".")[0], EVERYTHING)
    return there if described(change(there)).digest() != described(there).digest() else EVERYTHING


@pytest.mark.slow
def test_every_change_that_is_to_be_seen_is_another_program(tmp_path, monkeypatch):
    """Fails when a field that makes another program by its digest has ceased to reach the source."""
    # Brian2 may keep what it has made of code of the first project: that can only make others more like it.
    monkeypatch.setattr(alone, "forget", lambda: None)
    base, lost = {}, []
    for k, (name, change) in enumerate(OTHER.items()):
        there = smallest(name, change)
        if id(there) not in base:
            base[id(there)] = source(described(there), tmp_path / f"base_{k}")
        if source(described(change(there)), tmp_path / str(k)) == base[id(there)]:
            lost.append(name)
    assert lost == []


def test_all_changes_that_make_no_other_program_make_none_together(tmp_path):
    """Fails when one of them reaches the source."""
    base = source(described(EVERYTHING), tmp_path / "base")
    for number, changes in enumerate((SAME, ALIKE)):
        changed = with_all(EVERYTHING, changes)
        assert source(described(changed), tmp_path / str(number)) == base
