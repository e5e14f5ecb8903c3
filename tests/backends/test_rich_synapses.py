"""Synapses as rich as cells: methods, chance by counter, links and a step of their own."""

from dataclasses import replace

import brian2 as b2
import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.numerics import randomness
from tests.unit.fields import cell, experiment, pool, synapse

GAMBLING = synapse(
    equations="w : 1\na : 1\nb : 1\ng : 1\nodd = rand() : 1",
    on_pre="a = rand() + 10*rand()\nb = odd - odd",
    step="g = rand()\nw = randn()",
)


def gamble(**how):
    subject = experiment(GAMBLING, wiring=nms.AllToAll(), record=("p.w", "p.a", "p.b", "p.g"))
    return nms.simulate(subject, **{"device": "numpy", "seed": 2} | how)


def drawn(site, steps, seed=2, function=randomness.uniform):
    """Return what each of nine synapses draws at a place of the code, shape ``(step, synapse)``."""
    return function(np.arange(9), np.asarray(steps)[:, None], randomness.key(seed, "p"), site)


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
def test_each_number_is_a_function_of_synapse_step_seed_and_place(device):
    """Catches one that two synapses share, or two places of one statement, and another on each device."""
    run = gamble(device=device)["synapses/p"]
    steps = np.arange(20)
    np.testing.assert_array_equal(run.g.values[1:], drawn(4, steps))
    np.testing.assert_allclose(run.weight.values[1:], drawn(5, steps, function=randomness.normal), rtol=1e-12)
    fired = np.arange(2, 20, 2)
    np.testing.assert_allclose(run.a.values[fired + 1], drawn(2, fired) + 10 * drawn(3, fired), rtol=1e-12)
    assert not run.b.values.any()


def test_replicas_draw_what_single_runs_draw():
    tree = gamble(replicas=2)
    for replica in (0, 1):
        assert tree[f"replica_{replica}/synapses/p"].equals(gamble(seed=2 + replica)["synapses/p"])


NOISY = synapse(
    equations="dw/dt = -w/(10*ms) + 0.3*w*xi/sqrt(ms) : 1", on_pre="", initial={"w": 1.0}, method="milstein"
)


def test_milstein_is_the_method_without_derivatives_with_noise_by_counter():
    """Catches noise of another size, and `xi` that is drawn from a generator of the device."""
    subject = experiment(NOISY, wiring=nms.AllToAll())
    found = nms.simulate(subject, device="numpy", seed=2)["synapses/p"].weight.values
    noise = drawn(1001, np.arange(20), function=randomness.normal)
    w, h, b = np.ones(9), 1e-3, 0.3 / np.sqrt(1e-3)
    for step, z in enumerate(noise):
        slope = -w / 10e-3
        ahead = w + h * slope + np.sqrt(h) * b * w
        w = w + h * slope + b * w * np.sqrt(h) * z + b * (ahead - w) / (2 * np.sqrt(h)) * h * z * z
        np.testing.assert_allclose(found[step + 1], w, rtol=1e-9)


SLOW = synapse(
    equations="dz/dt = (1 - z)/(20*ms) : 1\nw : 1", on_pre="w += 1", step="w += 100*dt/ms", method="exact"
)


def test_slow_variables_have_a_step_of_their_own():
    """Catches equations that step with the network's `dt`, and a clock that slows spikes: Brian2 alone."""
    run = nms.simulate(experiment(SLOW, dt=4 * ms, record=("p.w", "p.z")), device="numpy")["synapses/p"]
    group = b2.NeuronGroup(1, "v : 1", dt=1 * ms)
    synapses = b2.Synapses(
        group, group, "dz/dt = (1 - z)/(20*ms) : 1 (clock-driven)", method="exact", dt=4 * ms
    )
    synapses.connect(i=0, j=0)
    monitor = b2.StateMonitor(synapses, "z", record=True, when="start", dt=1 * ms)
    b2.Network(group, synapses, monitor).run(20 * ms)
    np.testing.assert_allclose(run.z.values[:-1, 0], monitor.z[0], rtol=1e-12)
    assert run.weight.values[-1, 0] == 9 + 5 * 400


def linked(model, links, **more):
    subject = experiment(model, **more)
    return replace(subject, circuit=replace(subject.circuit, links=links))


REGIONS = {"d": pool(equations="d : 1\nq : 1", step="d = 10*(i + 1)\nq += 1", initial={"d": 0.0})}


def with_regions(subject, post):
    (one,) = subject.circuit.modulators
    two = replace(one, regions=2, compartment_of={"post": post})
    return replace(subject, circuit=replace(subject.circuit, modulators=(two,)))


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
def test_synapses_read_links_of_their_own_and_of_their_cells(device):
    """Catches a level of another region than that of the target cell."""
    model = synapse(equations="w : 1\nu : 1\nD : 1 (linked)", on_pre="w = D\nu = seen_post")
    links = {"p.D": "d.d", "post.seen": "d.d"}
    post = cell(equations="n : 1\nv : 1\nseen : 1 (linked)")
    subject = linked(model, links, post=post, pools=REGIONS, record=("p.w", "p.u"))
    run = nms.simulate(with_regions(subject, (1, 0, 1)), device=device)["synapses/p"]
    assert run.weight.values[-1].tolist() == run.u.values[-1].tolist() == [20, 10, 20]


def test_a_linked_variable_moves_an_equation():
    model = synapse(equations="dw/dt = D/ms : 1\nD : 1 (linked)", on_pre="")
    subject = linked(model, {"p.D": "d.q"}, pools=REGIONS)
    assert nms.simulate(subject, device="numpy")["synapses/p"].weight.values[-1, 0] == pytest.approx(210)


def test_replicas_read_levels_of_their_own():
    model = synapse(equations="w : 1\nD : 1 (linked)", on_pre="w = D + 0*n_post")
    subject = linked(model, {"p.D": "d.q"}, pools={"d": pool(equations="d : 1\nq : 1")})
    tree = nms.simulate(subject, device="numpy", replicas=2, parameters={"d.q": [[3.0], [4.0]]})
    last = [tree[f"replica_{b}/synapses/p"].weight.values[-1] for b in (0, 1)]
    assert np.unique(last[0]).tolist() == [3] and np.unique(last[1]).tolist() == [4]


def test_an_event_driven_equation_that_reads_a_link_is_refused():
    model = synapse(
        equations="w : 1\ndx/dt = -x*D/ms : 1 (event-driven)\nD : 1 (linked)", on_pre="x += 1\nw = x"
    )
    with pytest.raises(nms.WrongInput, match="'D', which moves between spikes"):
        nms.simulate(linked(model, {"p.D": "d.q"}, pools=REGIONS), device="numpy")
