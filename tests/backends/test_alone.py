"""Brian2 belongs to the whole process, and neither a program nor a run here depends on who else uses it.

Whatever a user, a file or another thread does with it, they are the same, and the user finds all as it was.
"""

import gc
import logging
import os
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
from brian2 import NeuronGroup, defaultclock, get_device, ms, prefs, set_device
from brian2.devices.device import reset_device
from brian2.equations.equations import Equations, parse_string_equations

import neuromodsim as nms
from neuromodsim.backends import alone, cpp, identity, sources
from neuromodsim.brian import TURN
from neuromodsim.catalogue.finding import find
from neuromodsim.checks.within import expect_goals
from neuromodsim.description.model import parsed
from neuromodsim.simulation import simulator
from neuromodsim.simulation.values import blank, gather
from neuromodsim.simulation.wiring import draw_pairs
from tests.backends.described import EVERYTHING
from tests.backends.subjects import PLAIN, RICH

ODD = {
    "core.default_float_dtype": np.float32,
    "core.default_integer_dtype": np.int64,
    "codegen.loop_invariant_optimisations": False,
    "codegen.string_expression_target": "cython",
    "codegen.runtime.numpy.discard_units": True,
    "codegen.generators.cpp.restrict_keyword": "__other",
    "codegen.generators.cpp.flush_denormals": True,
    "codegen.cpp.headers": ["<other.h>"],
    "devices.cpp_standalone.openmp_threads": 2,
    "legacy.refractory_timing": True,
    "core.network.default_schedule": ["start", "synapses", "groups", "thresholds", "resets", "end"],
}


@pytest.fixture
def odd():
    """Set preferences of which each reaches code or a result, and put back what was there."""
    before = dict(prefs.prefs)
    prefs.prefs.update(ODD)
    prefs.prefs_unvalidated["nobody.knows"] = 1
    yield {**before, **ODD}
    prefs.prefs.update(before)
    prefs.prefs_unvalidated.clear()


def key(folder):
    described = identity.describe(EVERYTHING, EVERYTHING.recording, "event-driven", draw_pairs(EVERYTHING, 0))
    folder.mkdir()
    return sources.key(folder, cpp.write(described, folder))


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """Return the key of a program that is written while nothing is in its way."""
    return key(tmp_path_factory.mktemp("right") / "project")


def test_a_user_s_preferences_reach_no_program_and_are_put_back(right, odd, tmp_path):
    assert key(tmp_path / "project") == right
    assert dict(prefs.prefs) == odd and prefs.prefs_unvalidated == {"nobody.knows": 1}


def test_a_user_s_preferences_reach_no_run_in_this_process(odd):
    seen = nms.simulate(RICH, device="numpy", duration=200 * ms, progress=False)
    assert dict(prefs.prefs) == odd
    prefs.prefs.update(alone.defaults())
    other = nms.simulate(RICH, device="numpy", duration=200 * ms, progress=False)
    assert seen["state/cells"].v.dtype == np.float64
    np.testing.assert_array_equal(seen["state/cells"].v, other["state/cells"].v)
    np.testing.assert_array_equal(seen["synapses/plastic"].weight, other["synapses/plastic"].weight)


def test_every_preference_but_those_of_places_has_its_default():
    """Fails when a preference is left out that a version of Brian2 brings."""
    before = dict(prefs.prefs)
    try:
        prefs.prefs.update(dict.fromkeys(alone.defaults(), "odd"))
        with alone.preferences():
            wrong = {n for n, v in alone.defaults().items() if prefs.prefs[n] != v} - set(alone.OURS)
            assert not wrong and prefs.prefs["core.stop_on_keyboard_interrupt"] is False
        assert all(prefs.prefs[name] == "odd" for name in alone.defaults())
    finally:
        prefs.prefs.update(before)
    left = set(prefs.prefs) - set(alone.defaults())
    assert {name.split(".")[0] for name in left} == {"logging", "codegen", "core"} and len(left) < 20


@pytest.mark.parametrize("how", ["writing", "running"])
def test_after_an_error_everything_is_as_it_was(odd, how):
    device, step = get_device(), defaultclock.dt
    held = alone.writing(cpp.CPPStandaloneDevice()) if how == "writing" else alone.running("numpy")
    with pytest.raises(ZeroDivisionError), held:
        assert prefs.core.default_float_dtype is np.float64
        _ = 1 / 0
    assert dict(prefs.prefs) == odd and get_device() is device and defaultclock.dt == step
    assert alone.TURN.acquire(timeout=1)
    alone.TURN.release()


def test_networks_and_clocks_of_a_user_reach_no_program_and_stay(right, tmp_path):
    """Brian2 numbers names that are taken, and hands its default time step from device to device."""
    taken = [NeuronGroup(1, "v : 1", name=name) for name in ("cells", "sinks", "cells_stateupdater")]
    taken += [NeuronGroup(1, "v : 1", name=f"{n}_codeobject") for n in ("cells_stateupdater", "dense_pre")]
    defaultclock.dt = 0.7 * ms
    try:
        assert key(tmp_path / "project") == right
        assert defaultclock.dt == 0.7 * ms
        assert NeuronGroup(1, "v : 1", name="dense_pre_codeobject*").name == "dense_pre_codeobject_1"
    finally:
        defaultclock.dt = 0.1 * ms
    assert len(taken) == 5


def test_a_user_s_standalone_project_goes_on_where_it_was(right, tmp_path):
    set_device("cpp_standalone", build_on_run=False)
    try:
        begun = NeuronGroup(3, "v : 1", name="begun")
        begun.v = 2
        queue = list(get_device().main_queue)
        assert key(tmp_path / "project") == right
        assert nms.simulate(PLAIN, device="numpy", duration=5 * ms, progress=False) is not None
        assert get_device().main_queue == queue and begun.variables["v"] in get_device().arrays
    finally:
        get_device().reinit()
        reset_device()


def test_a_preference_file_and_the_order_of_sets_make_no_difference(right, tmp_path):
    """Another process, whose sets have another order, in a folder with a preference file of Brian2's."""
    text = "[core]\ndefault_float_dtype = float32\n[codegen]\nloop_invariant_optimisations = False\n"
    (tmp_path / "brian_preferences").write_text(text)
    code = "from pathlib import Path; from tests.backends.test_alone import key; print(key(Path('project')))"
    path = os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])
    seeds = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": path, "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=seeds, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == right


def test_runs_and_writing_in_several_threads_are_each_as_alone(right, tmp_path):
    """Fails when a program is written for the device of another thread, or a run ends in its place."""
    alone_run = nms.simulate(RICH, device="numpy", duration=200 * ms, progress=False)
    seen, failed, done = [], [], threading.Event()

    def run():
        while not done.is_set():
            try:
                seen.append(nms.simulate(RICH, device="numpy", duration=200 * ms, progress=False))
            except BaseException as error:
                failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        assert key(tmp_path / "first") == right and key(tmp_path / "second") == right
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not failed and len(seen) >= 2
    for one in seen:
        np.testing.assert_array_equal(one["state/cells"].v, alone_run["state/cells"].v)
        np.testing.assert_array_equal(one["synapses/plastic"].weight, alone_run["synapses/plastic"].weight)


def test_one_thread_may_take_its_turn_within_its_turn():
    """Fails when a run that is started from what follows another run waits for itself."""
    with alone.running("numpy"):
        assert nms.simulate(PLAIN, device="numpy", duration=5 * ms, progress=False) is not None
        assert prefs.codegen.target == "numpy"


@pytest.mark.parametrize("experiment", [RICH, EVERYTHING, "go_nogo", "point_source"])
def test_brian_reads_equations_for_one_thread_at_a_time(experiment, tmp_path):
    """Fails when anything on the way to a program reads or works out equations without its turn.

    Brian2 fills in what it works out of equations where another thread sees it half done, and what it
    remembers is looked up after it was found, while another thread may let it forget.
    """
    remembering = parse_string_equations.__code__  # one code for all functions that remember
    watched = {remembering, Equations.get_substituted_expressions.__code__}
    calls, without = 0, set()

    def look(frame, event, _):
        nonlocal calls
        if event == "call" and frame.f_code in watched:
            calls += 1
            if not TURN._is_owned():
                without.add(frame.f_back.f_code.co_qualname)

    parsed.__wrapped__.cache_clear()
    known = find(experiment) if isinstance(experiment, str) else experiment
    sys.setprofile(look)
    try:
        spec = simulator.spec_of(known, duration=known.dt)
        values = gather(known, spec.chosen, {**blank(known), **spec.changed}, 0, spec.seconds)
        expect_goals(known, values.parameters, "event-driven")
        described = identity.describe(known, spec.recording, "event-driven", values.pairs)
        cpp.write(described, tmp_path)
    finally:
        sys.setprofile(None)
    assert calls > 50 and not without


@pytest.mark.parametrize("device", ["numpy", "cpp"])
def test_a_network_that_cannot_be_built_is_told_in_one_sentence(device, caplog):
    """Fails when Brian2 warns beside it of each object that was made on the way and that nobody used."""
    cells, *_ = PLAIN.circuit.populations
    wrong = replace(cells, model=replace(cells.model, reset=f"{cells.model.reset}\nnowhere += 1"))
    circuit = replace(PLAIN.circuit, populations=(wrong, *PLAIN.circuit.populations[1:]))
    with pytest.raises(nms.WrongInput, match="nowhere"):
        nms.simulate(replace(PLAIN, circuit=circuit), device=device, progress=False)
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
