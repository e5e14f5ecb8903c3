"""What a neuromodulator changes: cells, synapses, release, other pools; and what its levels teach."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from brian2 import Hz, ms, mV, nmolar, second, um

import neuromodsim as nms
from neuromodsim.equations import (
    D1_EJDRUP,
    D2_TERMINAL_DREYER,
    EXTRACELLULAR,
    MEAN_FIELD_RELEASE,
    PHASIC_DOPAMINE,
    QUANTAL_RELEASE,
    TERMINAL_AUTORECEPTOR,
)
from tests.neuromodulators.parts import CLOSED, EVERY_SPIKE, STEADY, experiment
from tests.pretend import ALWAYS, OURS, WIDE, spike_source, spike_table

LEVEL = {"dopamine.C": 50 * nmolar}
CELL = nms.NeuronModel(
    name="resting",
    summary="Rests where it is told to.",
    source=OURS,
    equations="""
    v = v_rest + shift : volt  # where it rests; v_rest in a comment stays
    shift : volt (constant)
    """,
    parameters={"v_rest": nms.Parameter(-70 * mV, "rest")},
)


def effect(changes, reads=("D1",), name="effect", **parameters):
    given = {n: nms.Parameter(v, "for this test") for n, v in parameters.items()}
    return nms.EffectModel(
        name=name, summary="Changes.", source=OURS, changes=changes, reads=reads, parameters=given
    )


def dopamine(*effects, **more):
    return nms.Neuromodulator("dopamine", pool=CLOSED, receptors={"D1": D1_EJDRUP}, effects=effects, **more)


CELLS = nms.Circuit(populations=(nms.Population(name="cells", size=3, model=CELL),))


def test_a_parameter_becomes_an_expression_wherever_it_is_read():
    """The level of D1 is set, dopamine is none, so it decays at koff: v follows within a step."""
    twice = nms.Effect(effect({"v_rest": "v_rest*(1 + K*D1)"}, K=0.5), on="cells")
    described = experiment(
        dopamine(twice), circuit=CELLS, record={"cells.v": 10 * ms, "dopamine.D1": 10 * ms}
    )
    run = nms.simulate(described, device="numpy", parameters={"dopamine.D1": 0.4, "cells.shift": 1 * mV})
    level = run["modulators/dopamine"].D1.values
    assert level[0, 0] == 0.4 and level[-1, 0] < 0.1
    assert run["state/cells"].v.values == pytest.approx(
        np.repeat(-70 * (1 + 0.5 * level[:-1]) + 1, 3, axis=1), rel=1e-12
    )


def test_the_parameter_keeps_its_name_and_takes_other_values():
    one = nms.Effect(effect({"v_rest": "v_rest*(1 + K*D1)"}, K=0.5), on="cells")
    described = experiment(dopamine(one), circuit=CELLS, record={"cells.v": 10 * ms})
    given = {"cells.v_rest": -60 * mV, "cells.K": 1.0, "dopamine.D1": 1.0}
    run = nms.simulate(described, device="numpy", parameters=given)
    assert run["state/cells"].v.values[0] == pytest.approx(-120)
    assert [m.name for m in described.components()["cells"].made_of] == ["resting", "effect"]


def test_two_effects_on_one_parameter_apply_one_after_the_other():
    first = nms.Effect(effect({"v_rest": "v_rest + A*D1"}, name="first", A=10 * mV), on="cells")
    second_ = nms.Effect(effect({"v_rest": "v_rest*(1 + B*D1)"}, name="second", B=1.0), on="cells")
    described = experiment(dopamine(first, second_), circuit=CELLS, record={"cells.v": 10 * ms})
    run = nms.simulate(described, device="numpy", parameters={"dopamine.D1": 0.5})
    # The second takes the place of v_rest within the first.
    assert run["state/cells"].v.values[0] == pytest.approx(-70 * 1.5 + 5)


def test_cells_read_their_own_voxel():
    one = nms.Effect(effect({"v_rest": "v_rest*(1 + K*D1)"}, K=1.0), on="cells")
    line = nms.Line(4 * um, 1 * um)
    grid = dopamine(
        one, geometry=line, compartment_of={"cells": line.voxel_of([[3.5e-6], [0.1e-6], [2.0e-6]])}
    )
    described = experiment(grid, circuit=CELLS, record={"cells.v": 10 * ms})
    run = nms.simulate(described, device="numpy", parameters={"dopamine.D1": [0.1, 0.2, 0.3, 0.4]})
    assert run["state/cells"].v.values[0] == pytest.approx([-98, -77, -91])


def test_an_autoreceptor_scales_release():
    """Release per spike is divided by 1 + 3 R; R is held at its start by a step far below 1/koff."""
    nucleus = nms.Population(name="vta", size=1, model=STEADY)
    auto = nms.Autoreceptor(name="D2", receptor=D2_TERMINAL_DREYER, effect=TERMINAL_AUTORECEPTOR)
    one = nms.Neuromodulator(
        "dopamine", pool=CLOSED, nucleus=nucleus, release=MEAN_FIELD_RELEASE, autoreceptors=(auto,)
    )
    described = experiment(one, record={"dopamine.C": 0.1 * ms})
    steps = {}
    for start in (0.0, 0.5):
        run = nms.simulate(described, device="numpy", duration=1 * ms, parameters={"dopamine.D2": start})
        steps[start] = float(run["modulators/dopamine"].C.values[1, 0])
    assert steps[0.0] == pytest.approx(56.9, abs=0.05)  # pρQ/(α N_A), one synchronous spike of all
    assert steps[0.0] / steps[0.5] == pytest.approx(2.5, rel=1e-3)


def test_one_pool_can_change_another():
    """Cross-talk: what reads a level of another pool is linked to it, region by region."""
    noradrenaline = nms.Neuromodulator("noradrenaline", pool=CLOSED, geometry=nms.WellMixed(regions=2))
    uptake = effect(
        {"k_loss": "k_loss + k_net/(1 + C_na/K_na)"}, ("C_na",), k_net=10 / second, K_na=100 * nmolar
    )
    taken = nms.Effect(uptake, on="dopamine", reads={"C_na": "noradrenaline.C"})
    both = nms.Neuromodulator("dopamine", pool=CLOSED, geometry=nms.WellMixed(regions=2), effects=(taken,))
    described = experiment(both, noradrenaline)
    start = {"dopamine.C": 100 * nmolar, "noradrenaline.C": [0, 100] * nmolar}
    run = nms.simulate(described, device="numpy", parameters=start)
    assert run["modulators/dopamine"].C.values[-1] == pytest.approx(
        [100 * np.exp(-1.0), 100 * np.exp(-0.5)], rel=1e-6
    )


def test_a_plasticity_rule_reads_a_level_by_its_path():
    """A rule names ``dopamine.D1``; the same rule with the concentration learns another amount."""
    found = {level: learned("event-driven", level) for level in ("dopamine.D1", "dopamine.C")}
    assert abs(found["dopamine.D1"]).max() > 0
    assert not np.allclose(found["dopamine.D1"], found["dopamine.C"])


def learned(how, level="dopamine.D1", dt=0.1, device="numpy", effects=()):
    """Return weights after pairings in a box where two cells lie in different voxels."""
    box = nms.Box((4, 3, 2) * um, 1 * um)
    trains = [[0.010, 0.050, 0.090], [0.020, 0.045, 0.095], [0.030, 0.060], [0.001]]
    rule = WIDE
    if level == "dopamine.C":  # a rule that reads a concentration has its unit
        equations = WIDE.equations.replace("(d_tonic + d)", "(d/(1*umolar))").replace(
            "d                                    : 1 ", "d : mmolar"
        )
        parameters = {n: p for n, p in WIDE.parameters.items() if n != "d_tonic"}
        rule = replace(WIDE, equations=equations, parameters=parameters)
    release = nms.Projection(
        name="puff", source="cells", target="dopamine", model=PUFF, wiring=nms.Pairs((2, 3), (0, 23))
    )
    plastic = nms.Projection(
        name="plastic",
        source="cells",
        target="cells",
        model=rule,
        wiring=nms.Pairs((0, 1), (1, 0)),
        modulators={"d": level},
    )
    circuit = nms.Circuit(
        populations=(nms.Population(name="cells", size=4, model=spike_source(4, 3)),),
        projections=(plastic, release),
    )
    one = nms.Neuromodulator(
        "dopamine",
        pool=EXTRACELLULAR,
        geometry=box,
        receptors={"D1": D1_EJDRUP},
        effects=effects,
        compartment_of={
            "cells": box.voxel_of([[0.5e-6] * 3, [3.5e-6, 2.5e-6, 1.5e-6], [1e-7] * 3, [1e-7] * 3])
        },
    )
    modulated = nms.add_neuromodulators(
        nms.Circuit(populations=circuit.populations, projections=(plastic,)), one
    )
    modulated = nms.Circuit(
        populations=modulated.populations,
        modulators=modulated.modulators,
        projections=(*modulated.projections, release),
        links=modulated.links,
    )
    described = nms.Experiment(
        name="pretend_box",
        summary="A test.",
        source=OURS,
        circuit=modulated,
        conditions=ALWAYS,
        recording=nms.Recording(states={"plastic.w": 200 * ms}),
        duration=200 * ms,
        dt=dt * ms,
    )
    values = {"cells.spike_time": spike_table(trains), "plastic.tau_c": 100 * ms}
    run = nms.simulate(described, device=device, parameters=values, third_factor=how)
    return run["synapses/plastic"].weight.values[-1]


PUFF = nms.SynapseModel(
    name="puff",
    summary="Adds to the concentration.",
    source=OURS,
    on_pre="C_post += puff_size",
    parameters={"puff_size": nms.Parameter(5000 * nmolar, "what a puff adds")},
)


def test_the_event_driven_program_follows_occupancy_in_each_cells_voxel():
    """Lazy and clock-driven programs come together at first order, for D1 in a box with uptake."""
    gaps = [np.abs(learned("event-driven", dt=dt) - learned("clock-driven", dt=dt)) for dt in (0.4, 0.2, 0.1)]
    weights = np.abs(learned("event-driven", dt=0.1))
    assert weights[0] != pytest.approx(weights[1], rel=0.05)  # their voxels differ
    assert (gaps[2] < 1e-2 * weights).all()
    for coarse, fine in pairwise(gaps):
        assert coarse / fine == pytest.approx(2, rel=0.1)


def test_an_effect_changes_what_a_synapse_does_at_a_spike():
    """An amplitude that follows a receptor: with none of it the synapse learns nothing."""
    gate = effect({"a_plus": "a_plus*K*D1"}, K=1.0)
    plain, gated = learned("event-driven"), learned("event-driven", effects=(nms.Effect(gate, on="plastic"),))
    slow = learned("clock-driven", effects=(nms.Effect(gate, on="plastic"),))
    assert 0 < abs(gated[0]) < 0.9 * abs(plain[0])
    assert gated == pytest.approx(slow, rel=0.02)


def test_mistakes_in_effects_are_named():
    with pytest.raises(nms.WrongInput, match="changes 'v_reset', which 'resting' does not read"):
        experiment(dopamine(nms.Effect(effect({"v_reset": "v_reset*D1"}), on="cells")), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match="target of effect 'cell'"):
        experiment(dopamine(nms.Effect(effect({"v_rest": "v_rest*D1"}), on="cell")), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match="level of dopamine 'D3'"):
        experiment(dopamine(nms.Effect(effect({"v_rest": "v_rest*D3"}, ("D3",)), on="cells")), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match="both have a parameter 'v_rest'"):
        experiment(
            dopamine(nms.Effect(effect({"v_rest": "v_rest*D1"}, v_rest=1 * mV), on="cells")), circuit=CELLS
        )
    halves = effect({"v_rest": "v_rest*(1 - K*D1)"}, K=0.5)
    twice = (nms.Effect(halves, on="cells", reads={"D1": f"dopamine.{level}"}) for level in ("D1", "C"))
    with pytest.raises(nms.WrongInput, match="both have a parameter 'K', which would be one for both"):
        experiment(dopamine(*twice), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match="modulator 'noradrenaline'"):
        other = nms.Effect(effect({"v_rest": "v_rest*D1"}), on="cells", reads={"D1": "noradrenaline.D1"})
        experiment(dopamine(other), circuit=CELLS)


def test_mistakes_in_neuromodulators_are_named():
    with pytest.raises(nms.WrongInput, match="both a nucleus and a release"):
        nms.Neuromodulator("dopamine", pool=CLOSED, release=EVERY_SPIKE)
    with pytest.raises(nms.WrongInput, match="has a 'cells' already"):
        experiment(nms.Neuromodulator("cells", pool=CLOSED), circuit=CELLS)
    with pytest.raises(nms.WrongInput, match="no multiple of dx"):
        nms.Box((3, 3, 3.5) * um, 1 * um)
    with pytest.raises(nms.WrongInput, match="3 lengths are needed"):
        nms.Box((3, 3) * um, 1 * um)
    with pytest.raises(nms.WrongInput, match="'no flux' or 'periodic'"):
        nms.Line(3 * um, 1 * um, "open")
    with pytest.raises(nms.WrongInput, match="must be positive; got -3 µm"):
        nms.Line(-3 * um, 1 * um)
    with pytest.raises(nms.WrongInput, match="outside the grid"):
        nms.Line(3 * um, 1 * um).voxel_of([[4e-6]])
    with pytest.raises(nms.WrongInput, match="2 coordinates; got 1"):
        nms.Sheet((3, 3) * um, 1 * um).voxel_of([[4e-6]])
    with pytest.raises(nms.WrongInput, match="number per volume"):
        nms.WellMixed().sites(3 * Hz)


def test_release_sites_are_counted_from_their_density():
    box = nms.Box((30, 30, 30) * um, 1 * um)
    assert box.sites(0.04 / um**3) == 1080
    assert nms.WellMixed(volume=1000 * um**3, regions=3).sites(0.04 / um**3) == 120


def test_a_modulator_of_another_kind_stays_beside_neuromodulators():
    phasic = nms.Modulator(name="phasic", model=PHASIC_DOPAMINE)
    circuit = nms.Circuit(populations=CELLS.populations, modulators=(phasic,))
    assert {m.name for m in nms.add_neuromodulators(circuit, dopamine()).modulators} == {"phasic", "dopamine"}


def test_release_by_chance_is_not_warned_of(caplog):
    """Brian2 holds any rand() in a synapse for one that depends on the order of synapses."""
    quantal = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        nucleus=nms.Population(name="source", size=2, model=STEADY),
        release=QUANTAL_RELEASE,
        sites=3,
    )
    nms.simulate(experiment(quantal), device="numpy", duration=10 * ms)
    assert not [record for record in caplog.records if "order of execution" in record.getMessage()]
    unclear = "C_post = C_post*2 + 1*nmolar*int(rand() < 0.5)"
    order = nms.SynapseModel(
        name="order", summary="Reads what it writes.", source=OURS, on_pre=unclear, random="sequence"
    )
    other = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        nucleus=nms.Population(name="source", size=2, model=STEADY),
        release=order,
    )
    nms.simulate(experiment(other), device="numpy", duration=1 * ms, record={"states": {}})
    assert [record for record in caplog.records if "order of execution" in record.getMessage()]
