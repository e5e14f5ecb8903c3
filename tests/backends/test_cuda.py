"""Programs for a GPU: on a real one where there is one, and on a pretend one of one thread anywhere.

Cells draw their random numbers by a counter, so a GPU runs the same network as a processor, to rounding.
Only what synapses draw comes from another generator, and agrees by distribution.
"""

import importlib.util
import shutil
import sys
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, nmolar, second, um
from scipy.stats import ks_2samp

import neuromodsim as nms
from neuromodsim.backends import cuda, nvcc
from neuromodsim.catalogue import catalogue
from neuromodsim.errors import BuildFailed, WrongInput
from neuromodsim.simulation.simulator import gather
from tests.backends import emulation
from tests.backends.subjects import CELLS, RICH
from tests.neuromodulators.parts import CLOSED, experiment
from tests.pretend import OURS

WRITES = pytest.mark.skipif(
    sys.version_info < (3, 12) or importlib.util.find_spec("brian2cuda") is None,
    reason="Brian2CUDA, which needs Python 3.12, is not installed",
)
COMPILES = pytest.mark.skipif(shutil.which("nvcc") is None, reason="there is no CUDA compiler (nvcc)")
SEEDS = range(1, 13)

# Each spike of a cell opens each of its sites by chance: the only random numbers that synapses draw.
CHANCE = replace(
    RICH,
    name="chance",
    task=None,
    prepare=None,
    circuit=nms.Circuit(
        populations=(CELLS, replace(CELLS, name="sinks", size=3, parts={})),
        projections=(
            nms.Projection(
                name="sites",
                source="cells",
                target="sinks",
                wiring=nms.FixedOutDegree(30),
                model=nms.SynapseModel(
                    name="site",
                    summary="Opens by chance.",
                    source=OURS,
                    equations="opened : 1",
                    on_pre="opened += int(rand() < p)",
                    random="sequence",
                    parameters={"p": nms.Parameter(0.3, "chance that a spike opens a site")},
                ),
            ),
        ),
    ),
    recording=nms.Recording(spikes={"cells": nms.Window()}, states={"sites.opened": 300 * ms}),
)


@pytest.fixture(
    params=["pretend", pytest.param("real", marks=pytest.mark.gpu)],
    scope="module",
    ids=lambda kind: f"{kind} GPU",
)
def gpu(request, tmp_path_factory):
    """Let the device 'cuda' be a real GPU or a pretend one, with builds of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "real":
            if not nvcc.gpus():
                pytest.skip("there is no GPU here (nvidia-smi shows none)")
        else:
            if emulation.thrust() is None:
                pytest.skip("the headers of Thrust, which come with the CUDA toolkit, are not here")
            patch.setenv(nvcc.ARCH, "9.0")
            patch.setattr(nvcc, "compile_project", emulation.compile_project)
        patch.setenv("NEUROMODSIM_CACHE", str(tmp_path_factory.mktemp("gpu")))
        yield request.param


def values(run):
    for node in run.subtree:
        for name, variable in node.to_dataset(inherit=False).variables.items():
            yield f"{node.path}/{name}", variable.values


def expect_the_same(described, **how):
    """Check that a GPU brings back what the processor does, to rounding."""
    expected = dict(values(nms.simulate(described, device="cpp", **how)))
    found = dict(values(nms.simulate(described, device="cuda", **how)))
    assert found.keys() == expected.keys()
    for path, one in found.items():
        np.testing.assert_allclose(one, expected[path], rtol=1e-10, atol=1e-11, err_msg=path)


@WRITES
@pytest.mark.slow
def test_a_little_of_everything_is_the_same(gpu):
    """Noise, learning in two regions, delays, a task with a table, events, windows, weights at the end."""
    expect_the_same(RICH, seed=1)
    expect_the_same(RICH, seed=2, duration=200 * ms, parameters={"izhikevich.noise_width": 15 * mV})


@WRITES
@pytest.mark.slow
def test_replicas_are_the_same(gpu):
    """Two replicas in one program, each with a parameter of its own."""
    expect_the_same(RICH, seed=1, replicas=2, parameters={"dopamine_stdp.tau_c": [0.5, 1] * second})


@WRITES
@pytest.mark.slow
def test_a_pool_on_a_grid_spreads_the_same(gpu):
    box = nms.Box((3, 4, 5) * um, 1 * um)
    described = experiment(nms.Neuromodulator("pool", pool=CLOSED, geometry=box))
    start = np.random.default_rng(3).random((5, 4, 3)) * 50 * nmolar
    expect_the_same(described, parameters={"pool.C": start}, duration=20 * ms)


@WRITES
@pytest.mark.slow
def test_what_synapses_draw_has_the_same_distribution(gpu):
    """Catches cells that fire together sharing random numbers, which leaves the mean as it is."""

    def ensemble(device):
        runs = [nms.simulate(CHANCE, device=device, seed=seed) for seed in SEEDS]
        spikes = np.array([run["spikes/cells"].sizes["spike"] for run in runs])
        opened = np.array([run["synapses/sites"]["opened"].values[-1].sum() for run in runs])
        return spikes, (opened - 30 * 0.3 * spikes) / np.sqrt(30 * 0.3 * 0.7 * spikes)

    spikes, scores = ensemble("cpp")
    again, found = ensemble("cuda")
    assert np.array_equal(spikes, again)
    assert ks_2samp(scores, found).pvalue > 0.01
    assert 0.4 < found.std() < 1.8  # of a normal variable, if draws are independent


@WRITES
def test_everything_in_the_catalogue_can_be_written_for_a_gpu(tmp_path):
    """One of each kind: grids, summed variables, tables, dense layers, links, many modulators."""
    names = ("distal_reward", "point_source", "pka_and_gate", "mushroom_body", "digits", "go_nogo")
    for name in names:
        described = catalogue.experiment(name)
        chosen = described.condition(None)[1]
        pairs = gather(described, chosen, {}, 0, float(described.duration)).pairs
        manifest = cuda.generate(described, described.recording, "event-driven", pairs, tmp_path / name)
        assert manifest.outputs, name
        assert (tmp_path / name / "main.cu").exists(), name


@WRITES
@COMPILES
@pytest.mark.slow
def test_a_small_experiment_compiles(tmp_path, monkeypatch):
    monkeypatch.setenv(nvcc.ARCH, "9.0")
    pairs = gather(RICH, RICH.conditions["always"], {}, 0, 0.3).pairs
    cuda.generate(RICH, RICH.recording, "event-driven", pairs, tmp_path)
    nvcc.compile_project(tmp_path)
    assert (tmp_path / "main").stat().st_size > 100_000


def test_older_pythons_are_told_so(monkeypatch):
    monkeypatch.setattr(cuda, "VERSION", (3, 11))
    with pytest.raises(WrongInput, match=r"needs Python 3\.12 or later"):
        nms.simulate(RICH, device="cuda")


def test_without_brian2cuda_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(cuda, "VERSION", (3, 12))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WrongInput, match=r"pip install 'neuromodsim\[cuda\]'"):
        nms.simulate(RICH, device="cuda")


def test_without_a_compiler_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    nvcc.nvcc.cache_clear()
    with pytest.raises(BuildFailed, match=r"no CUDA compiler \(nvcc\).*CUDA_PATH"):
        nvcc.nvcc()


@COMPILES
def test_without_a_gpu_one_can_be_named(monkeypatch):
    monkeypatch.setattr(nvcc, "gpus", lambda: [])
    monkeypatch.delenv(nvcc.ARCH, raising=False)
    with pytest.raises(BuildFailed, match=r"NEUROMODSIM_CUDA_ARCH=9\.0"):
        nvcc.capability()
    monkeypatch.setenv(nvcc.ARCH, "9.0")
    assert nvcc.capability() == "90"
    monkeypatch.setenv(nvcc.ARCH, "3.5")
    with pytest.raises(WrongInput, match=r"got 3\.5"):
        nvcc.capability()


def test_a_name_that_brian2cuda_takes_for_its_own_is_refused():
    cells = replace(CELLS.model, equations=CELLS.model.equations + "\nworkspace : 1")
    circuit = nms.Circuit(populations=(replace(CELLS, model=cells),))
    with pytest.raises(WrongInput, match=r"'cells\.workspace' cannot run on 'cuda'"):
        cuda.expect_possible(replace(RICH, circuit=circuit))


def test_pieces_in_one_file_keep_their_names_apart(tmp_path):
    """Two pieces with one helper and one macro, and what is run after one of them."""
    pieces = tmp_path / "code_objects"
    pieces.mkdir()
    for name in ("one", "two"):
        helper = f"#include <cmath>\n#define SIZE {len(name)}\nstatic double help() {{ return SIZE; }}\n"
        (pieces / f"{name}.cu").write_text(f"{helper}void _run_{name}()\n{{\n help();\n}}\n")
    (pieces / "after_run_one.cu").write_text("void _after_run_one()\n{\n help();\n}\n")
    (tmp_path / "host.cu").write_text("")
    _, together = nvcc.gather(tmp_path, 1)
    text = (tmp_path / together).read_text()
    assert text.count("#include <cmath>") == 1
    calls = "int main() { _run_one(); _run_two(); _after_run_one(); }"
    (tmp_path / "try.cpp").write_text(f"{text}\n{calls}")
    nvcc.compiler.call([nvcc.compiler.compiler(), "try.cpp", "-o", "try"], tmp_path)
