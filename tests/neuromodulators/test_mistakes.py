"""What a neuromodulator must not be given: each mistake is told in one sentence, before anything runs."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import mmolar, molar, ms, nmolar, second, um

import neuromodsim as nms
from neuromodsim.equations import (
    D1_EJDRUP,
    D2_EJDRUP,
    D2_TERMINAL_DREYER,
    MEAN_FIELD_RELEASE,
    NOMIFENSINE,
    TERMINAL_AUTORECEPTOR,
)
from tests.neuromodulators.parts import CLOSED, STEADY, experiment
from tests.neuromodulators.test_effects import CELLS, dopamine, effect

NUCLEUS = nms.Population(name="vta", size=1, model=STEADY)
BOX = nms.Box((3, 2, 2) * um, 1 * um)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"effects": nms.Effect(TERMINAL_AUTORECEPTOR, on="vta")},
            "effects of 'dopamine' must be a tuple of E",
        ),
        ({"effects": (TERMINAL_AUTORECEPTOR,)}, "effects of 'dopamine' must be a tuple of Effect"),
        ({"autoreceptors": (D2_TERMINAL_DREYER,)}, "autoreceptors of 'dopamine' must be a tuple of Autor"),
        (
            {"effects": (nms.Effect(TERMINAL_AUTORECEPTOR, on="vta"),) * 2},
            "effect 'terminal_autoreceptor' on 'vta' twice",
        ),
        ({"drugs": NOMIFENSINE}, r"drugs of 'dopamine' must be a tuple of Drug\(...\)"),
        ({"sites": 2.5}, "sites of 'dopamine' are a whole number from 1 up; got 2.5"),
        ({"sites": 0}, "sites of 'dopamine' are a whole number from 1 up; got 0"),
        ({"sites": 3, "wiring": nms.AllToAll()}, "'dopamine' has both sites and a wiring"),
    ],
)
def test_parts_of_the_wrong_kind_are_refused(given, message):
    """An effect without its comma failed much later, in words about iteration."""
    with pytest.raises(nms.WrongInput, match=message):
        nms.Neuromodulator("dopamine", pool=CLOSED, nucleus=NUCLEUS, release=MEAN_FIELD_RELEASE, **given)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"cels": (0, 0, 0)}, "no population in compartment_of of dopamine 'cels'; did you mean cells"),
        ({"cells": (0, 1)}, "a compartment for each of the 3 rows of 'cells'; got 2"),
        ({"cells": (0, 12, 3)}, "must map 'cells' to compartments from 0 to 11; got 12"),
        (
            {"cells": (0, -1, 3)},
            "Each of the compartments of 'cells' in 'compartment_of' .* from 0 up; got -1",
        ),
    ],
)
def test_places_outside_the_pool_are_refused(place, message):
    """A name with a slip was passed over, and its cells were taken to be well mixed."""
    with pytest.raises(nms.WrongInput, match=message):
        nms.add_neuromodulators(
            CELLS, nms.Neuromodulator("dopamine", pool=CLOSED, geometry=BOX, compartment_of=place)
        )


@pytest.mark.parametrize(
    ("sources", "targets", "message"),
    [
        ((0, 0), (1,), "Pairs need as many targets as sources; got 1 for 2"),
        ((1,), (0,), "Pairs name the source 1; there are only 0 to 0"),
        ((0,), (12,), "Pairs name the target 12; there are only 0 to 11"),
        ((0,), (-1,), "Pairs name the target -1; there are only 0 to 11"),
    ],
)
def test_sites_outside_the_pool_are_refused(sources, targets, message):
    one = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        geometry=BOX,
        nucleus=NUCLEUS,
        release=MEAN_FIELD_RELEASE,
        wiring=nms.Pairs(sources, targets),
    )
    with pytest.raises(nms.WrongInput, match=message):
        nms.simulate(experiment(one), device="numpy")


OTHER_GRIDS = {
    "fewer voxels": nms.Box((2, 2, 2) * um, 1 * um),
    "another shape": nms.Box((2, 3, 2) * um, 1 * um),
    "larger voxels": nms.Box((6, 4, 4) * um, 2 * um),
    "no space": nms.WellMixed(regions=12),
}


def reading_one(geometry, compartment_of=None):
    """Return two pools, of which the second is lost faster where the first is high."""
    first = nms.Neuromodulator("first", pool=CLOSED, geometry=BOX, compartment_of=compartment_of or {})
    faster = effect({"k_loss": "k_loss + A*level"}, ("level",), A=1 / second / nmolar)
    second_ = nms.Neuromodulator(
        "second_one",
        pool=CLOSED,
        geometry=geometry,
        effects=(nms.Effect(faster, on="second_one", reads={"level": "first.C"}),),
    )
    return nms.add_neuromodulators(nms.Circuit(populations=()), first, second_)


@pytest.mark.parametrize("other", OTHER_GRIDS)
def test_a_pool_reads_no_pool_whose_regions_are_others(other):
    """Voxel 7 of one box was read in voxel 7 of another, wherever that lay."""
    with pytest.raises(
        nms.WrongInput, match="'second_one' reads 'first' region by region, and their regions"
    ):
        reading_one(OTHER_GRIDS[other])
    circuit = reading_one(BOX)
    assert circuit.links == {"second_one.first_C": "first.C"}
    voxels = OTHER_GRIDS[other].voxels
    placed = reading_one(OTHER_GRIDS[other], {"second_one": (0,) * voxels})
    assert placed.links == circuit.links


def test_a_loss_that_divides_by_another_level_has_a_longest_step():
    """It was not a number where there was none of the other, and the check failed on it."""
    ratio = effect({"k_loss": "k_loss + rate*D1/(D1 + 0.1*D2)"}, ("D1", "D2"), rate=1 / second)
    one = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        geometry=BOX,
        receptors={"D1": D1_EJDRUP, "D2": D2_EJDRUP},
        effects=(nms.Effect(ratio, on="dopamine"),),
        initial={"C": 10 * nmolar, "D1": 0.01, "D2": 0.5},
    )
    with pytest.raises(nms.WrongInput, match=r"at most 51[0-9.]* µs"):
        nms.simulate(replace(experiment(one), dt=1 * ms), device="numpy")
    nms.simulate(experiment(one), device="numpy", duration=1 * ms)


@pytest.mark.parametrize(
    ("initial", "message"),
    [
        ({"c": 10 * nmolar}, "no variable of dopamine to start from 'c'; did you mean C"),
        (
            {"C": np.ones((3, 2, 2)) * nmolar},
            r"'dopamine.C' must have the shape \(2, 2, 3\); got \(3, 2, 2\)",
        ),
        ({"C": np.ones(5) * nmolar}, "'dopamine.C' takes one value or 12; got 5"),
    ],
)
def test_initial_values_that_fit_nothing_are_refused(initial, message):
    """A slip in a name left the pool empty; axes in the order x, y, z were read as z, y, x."""
    one = nms.Neuromodulator("dopamine", pool=CLOSED, geometry=BOX, initial=initial)
    with pytest.raises(nms.WrongInput, match=message):
        nms.simulate(experiment(one), device="numpy")


def test_an_initial_value_of_what_is_not_there_is_refused_when_it_is_added():
    """It was told only by a run. What drugs and effects bring can be given."""
    brings = replace(effect({"k_loss": "k_loss*(1 + level + extra)"}, ("level",)), equations="extra : 1")
    one = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        receptors={"D1": D1_EJDRUP},
        effects=(nms.Effect(brings, on="dopamine", reads={"level": "D1"}),),
        initial={"C": 10 * nmolar, "D1": 0.01, "extra": 0.5},
    )
    assert nms.add_neuromodulators(nms.Circuit(populations=()), one).modulators[0].initial["extra"] == 0.5
    with pytest.raises(
        nms.WrongInput, match="no variable of dopamine to start from 'D3'; known: C, D1, extra"
    ):
        nms.add_neuromodulators(nms.Circuit(populations=()), replace(one, initial={"D3": 0.1}))


def test_a_value_by_the_name_of_an_effect_or_a_receptor_is_told_its_path():
    """It said only that there is no such parameter, of a name that `cite` and `show` know."""
    gain = replace(effect({"v_rest": "v_rest*(1 + slope*D1)"}, ("D1",), slope=0.1), name="d1_gain")
    one = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        receptors={"D1": D1_EJDRUP, "other": D1_EJDRUP},
        effects=(nms.Effect(gain, on="cells"),),
    )
    subject = experiment(one, circuit=CELLS)
    for path, said in (
        ("d1_gain.slope", r"'d1_gain' is a part of another model.* write cells\.slope\."),
        ("d1_ejdrup.K_d", r"write dopamine\.D1_K_d or dopamine\.other_K_d\."),
        ("d1_gain.wrong", r"no parameter 'd1_gain\.wrong'"),
    ):
        with pytest.raises(nms.WrongInput, match=said):
            nms.simulate(subject, device="numpy", parameters={path: 0.5})


def test_a_box_can_start_from_an_array_of_its_shape():
    start = np.arange(12.0).reshape(2, 2, 3)
    one = nms.Neuromodulator("dopamine", pool=CLOSED, geometry=BOX, initial={"C": start * nmolar})
    run = nms.simulate(experiment(one), device="numpy", duration=1 * ms)
    assert run["modulators/dopamine"].C.values[0] == pytest.approx(start)


def test_one_name_for_two_levels_is_refused():
    """Fails when cells that are to read two levels read the first of them twice: ``a_b_c`` for both."""

    def senses(name, level):
        on_cells = nms.Effect(effect({"v_rest": f"v_rest*(1 + {level})"}, (level,)), on="cells")
        return nms.Neuromodulator(name, pool=CLOSED, receptors={level: D1_EJDRUP}, effects=(on_cells,))

    one, other = senses("a", "b_c"), senses("a_b", "c")
    with pytest.raises(nms.WrongInput, match=r"'cells' would read both 'a\.b_c' and 'a_b\.c' as 'a_b_c'"):
        nms.add_neuromodulators(CELLS, one, other)


def test_two_populations_of_one_name_are_not_made_one():
    """Fails when the second of two populations of a name takes the place of the first."""
    twice = nms.Circuit(populations=(*CELLS.populations, *CELLS.populations))
    with pytest.raises(nms.WrongInput, match="'cells' names both a population and another population"):
        nms.add_neuromodulators(twice, nms.Neuromodulator("dopamine", pool=CLOSED))


@pytest.mark.parametrize(
    "make",
    [
        lambda: nms.Effect(CLOSED, on="cells"),
        lambda: nms.Effect(effect({"v_rest": "v_rest*D1"}), on=CELLS.populations[0]),
        lambda: nms.Effect(effect({"v_rest": "v_rest*D1"}), on="cells", reads={"D2": "D1"}),
        lambda: nms.Autoreceptor(name="a", receptor=CLOSED, effect=effect({"v_rest": "v_rest*D1"})),
        lambda: nms.Autoreceptor(
            name="a", receptor=D1_EJDRUP, effect=effect({"v": "v*D1"}), acts_on="nowhere"
        ),
        lambda: nms.Neuromodulator("a", pool=D1_EJDRUP),
        lambda: nms.Neuromodulator("a", pool=CLOSED, geometry=(3, 3)),
        lambda: nms.Neuromodulator("a", pool=CLOSED, receptors=(D1_EJDRUP,)),
        lambda: nms.Neuromodulator("a", pool=CLOSED, receptors={"D1": CLOSED}),
        lambda: nms.Neuromodulator("a b", pool=CLOSED),
        lambda: nms.add_neuromodulators(nms.Neuromodulator("a", pool=CLOSED)),
        lambda: nms.add_neuromodulators(CELLS, CLOSED),
    ],
)
def test_what_is_no_part_of_a_neuromodulator_is_refused(make):
    """Fails when a part of another kind sets off an error of Python, or is passed over."""
    with pytest.raises(nms.WrongInput):
        make()


def test_a_circuit_of_replicas_is_refused():
    """It would read levels that only one copy has, and lost the number of copies."""
    with pytest.raises(nms.WrongInput, match=r"before it is copied.* got a circuit of 3 replicas"):
        nms.add_neuromodulators(replace(CELLS, replicas=3), dopamine())


def test_an_experiment_does_not_set_replicas_itself():
    """The program had a task of two rows, which both acted on one circuit."""
    one = experiment(dopamine(), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match=r"must not set 'replicas'.* got 2"):
        nms.simulate(replace(one, circuit=replace(one.circuit, replicas=2)), device="numpy")


@pytest.mark.parametrize("dose", [10 * molar, 10 * mmolar])
def test_a_molar_dose_is_refused(dose):
    """Fails when a dose in molar in place of nanomolar gives a run."""
    with pytest.raises(nms.WrongInput, match="'dose of nomifensine' must be at most 1 mM"):
        NOMIFENSINE(dose)


def test_a_point_given_in_micrometres_is_refused_with_the_size_of_the_grid():
    """Fails when the message leaves it open which point is wrong, and in which unit points are."""
    with pytest.raises(
        nms.WrongInput, match=r"The point \(1, 1, 0\) .* \(3e-06, 2e-06, 2e-06\), all in metres"
    ):
        BOX.voxel_of([[0, 0, 0], [1, 1, 0]])
