"""Initial values that the first step replaces are refused; those that something reads are in the run."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second, um

import neuromodsim as nms
from neuromodsim import equations
from tests.unit.fields import TAG, P, cell, experiment, last, of_task, pool, synapse, task

SAID = (
    r"^'{}' is set by the code of '{}' in the first step, before any equation or code reads it, so that a "
    r"value given to it could be seen in a sample at time 0 alone; leave it out\.$"
)
CUES = (
    nms.Phase("a", "a_time", on_enter="cue = 1\ny = 2*x; x = 1"),
    nms.Phase("b", "b_time", "cue = 0\nz = 5"),
)


def trials(**fields):
    given = {"equations": "cue : 1\nx : 1\ny : 1\nz : 1", "timeline": CUES} | fields
    names = ("cue", "x", "y", "z")
    return experiment(task=task(**given), record=("p.w", *(f"task.{name}" for name in names)))


def refused(subject, path, value):
    component = path.partition(".")[0]
    with pytest.raises(nms.WrongInput, match=SAID.format(path, component)) as caught:
        nms.simulate(subject, device="numpy", parameters={path: value})
    assert "\n" not in str(caught.value)


def second_sample(subject, path, **changed):
    run = nms.simulate(subject, device="numpy", **changed)
    component, name = path.split(".")
    return float(run[f"state/{component}"][name].values[1].flat[0])


def test_what_the_first_phase_sets_cannot_be_given_to_a_task():
    subject = trials()
    refused(subject, "task.cue", 3.0)
    refused(subject, "task.y", 1.0)
    for given in ({"parameters": {"task.cue": 3.0}}, {"prepare": lambda setting: {"task.cue": 3.0}}):
        with pytest.raises(nms.WrongInput, match=r"'task.cue' is set by the code"):
            nms.simulate(replace(subject, **given), device="numpy")
    condition = {"odd": nms.Condition(summary="?", parameters={"task.cue": 3.0})}
    with pytest.raises(nms.WrongInput, match=r"'task.cue' is set by the code"):
        nms.simulate(replace(subject, conditions=condition), device="numpy")


def test_what_it_reads_first_or_a_later_phase_sets_can():
    """Catches a check that looks at names only, and one that takes later phases for the first."""
    subject = trials()
    assert second_sample(subject, "task.y", parameters={"task.x": 3.0}) == 6
    assert second_sample(subject, "task.z", parameters={"task.z": 3.0}) == 3


def test_a_first_phase_that_may_be_skipped_sets_nothing_for_sure():
    skipped = (replace(CUES[0], when="x > 5"), CUES[1])
    assert second_sample(trials(timeline=skipped), "task.y", parameters={"task.y": 3.0}) == 3


def test_a_run_that_does_not_begin_with_the_first_phase_keeps_what_it_is_given():
    assert second_sample(trials(), "task.cue", parameters={"task.cue": 3.0, "task.phase_end": 5 * ms}) == 3
    # It enters the second phase at once.
    assert second_sample(trials(), "task.y", parameters={"task.y": 3.0, "task.phase": 0}) == 3


def test_the_step_of_a_task_goes_before_its_phases():
    refused(of_task(step="x = 100"), "task.x", 1.0)
    assert second_sample(of_task(step="x += 100"), "task.x", parameters={"task.x": 5.0}) == 106


def test_a_concentration_that_its_pool_sets_in_every_step_cannot_be_given():
    receptor = {"D1": equations.D1_EJDRUP}
    one = nms.Neuromodulator(name="dopamine", pool=equations.TRANSIENT, receptors=receptor)
    subject = replace(
        experiment(),
        circuit=nms.add_neuromodulators(nms.Circuit(populations=()), one),
        recording=nms.Recording(states={"dopamine.C": 1 * ms, "dopamine.D1": 1 * ms}),
    )
    refused(subject, "dopamine.C", "50 nM")
    assert nms.simulate(subject, device="numpy", parameters={"dopamine.held": "50 nM"}) is not None


def test_a_level_that_a_third_factor_reads_before_it_is_set_can():
    pools = {"d": pool(equations="d : 1", step="d = 0", initial={})}
    subject = experiment(replace(TAG, on_pre="", initial={"c": 1.0}), pools=pools)
    run = nms.simulate(subject, device="numpy", parameters={"d.d": 2.0})
    assert np.ptp(run["synapses/p"]["weight"].values) > 0


def test_what_a_step_of_cells_sets_cannot_be_given_unless_equations_or_synapses_of_a_layer_read_it():
    sets = {
        "equations": "v : 1\nn : 1\ndu/dt = (n - u)/(5*ms) : 1\nq : 1",
        "step": "n = 3\nq = 2",
        "method": "euler",
    }
    subject = experiment(post=cell(**sets), record=("p.w", "post.n", "post.q", "post.u"))
    refused(subject, "post.q", 1.0)
    assert last(subject, "post.u", parameters={"post.n": 100.0}) > last(subject, "post.u")
    layered = experiment(post=cell(**sets), record=("p.w", "post.q"), layers=True)
    assert nms.simulate(layered, device="numpy", parameters={"post.q": 1.0}) is not None


def test_what_synapses_sum_onto_their_target_cannot_be_given():
    """Catches a sum that takes the place of what was given, before equations read it."""
    summing = synapse(equations="w : 1\nn_post = w : 1 (summed)", on_pre="", initial={"w": 2.0})
    reads = cell(equations="v : 1\nn : 1\ndu/dt = (n - u)/(5*ms) : 1", method="euler")
    subject = experiment(summing, post=reads, record=("p.w", "post.n", "post.u", "pre.n"))
    with pytest.raises(nms.WrongInput, match=SAID.format("post.n", "p")):
        nms.simulate(subject, device="numpy", parameters={"post.n": 50.0})
    first = nms.simulate(subject, device="numpy")["state/post"].u.values[1, 0]
    assert first == pytest.approx(2 * 0.2)  # the sum, in the very first step
    assert nms.simulate(subject, device="numpy", parameters={"pre.n": 50.0}) is not None


def test_the_laplacian_of_a_grid_cannot_be_given():
    spreading = pool(
        equations="dd/dt = D*laplacian : 1\nlaplacian : meter**-2",
        initial={},
        method="spreading",
        parameters={"D": P(1 * um**2 / second, "diffusion")},
    )
    grid = nms.Line(length=4 * um, dx=1 * um)
    modulator = nms.Modulator(name="d", model=spreading, regions=4, grid=grid)
    subject = replace(
        experiment(),
        circuit=nms.Circuit(populations=(), modulators=(modulator,)),
        recording=nms.Recording(states={"d.d": 1 * ms}),
    )
    refused(subject, "d.laplacian", "1 meter**-2")
