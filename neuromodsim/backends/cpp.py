"""The device ``cpp``: Brian2 writes C++, we finish and compile it, once."""

import shutil
from pathlib import Path
from typing import Any

from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject
from brian2.devices.cpp_standalone.device import CPPStandaloneDevice

from neuromodsim.backends import (
    alone,
    compiler,
    delayed,
    dense,
    events,
    reductions,
    sources,
    stencil,
    waiting,
)
from neuromodsim.backends.compiled import CompiledProgram, finish
from neuromodsim.backends.identity import Description, describe
from neuromodsim.backends.program import Manifest
from neuromodsim.backends.project import TEMPLATES, let_in, manifest_of, rendered, say_own_number
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.network import assemble
from neuromodsim.builder.outputs import Output
from neuromodsim.builder.recording import add_recording
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.numerics import turning_code

REPLACED = ("network.h", "network.cpp", "neuromodsim_run.h", "neuromodsim_run.cpp", "neuromodsim_memory.cpp")


def generate(
    experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any, folder: Path
) -> Manifest:
    """Write the C++ project of an experiment into a folder and return what it takes and gives."""
    return write(describe(experiment, recording, how, pairs), folder)


def write(description: Description, folder: Path) -> Manifest:
    """Write the C++ project of a description into a folder and return what it takes and gives."""
    experiment = description.experiment
    dense.install(TEMPLATES)
    reductions.install()
    sources.sort_all(CPPStandaloneCodeObject.templater.env)
    with alone.writing(CPPStandaloneDevice()) as device:
        built = assemble(experiment, description.pairs, description.how)
        _speed_up(built, float(experiment.dt))
        outputs = add_recording(experiment, description.recording, built)
        # Lines of the main program stand in the order of these calls, the loop over time among them.
        device.insert_code("main", "neuromodsim::store_inputs();")
        built.network.run(experiment.dt, **built.runs())
        # After the loop: synapses that no spike has touched since are brought up to the end of the run.
        for runner in built.last:
            device.insert_code("main", f"_run_{runner.codeobj.name}();")
        device.insert_code("main", "neuromodsim::expect_finite_at_end();")
        device.build(directory=str(folder), compile=False, run=False)
        manifest = manifest_of(experiment, built, outputs, device)
        _add_ours(folder, experiment, built, outputs, manifest)
        return manifest


def _speed_up(built: Assembly, dt: float) -> None:
    """Let code of our own take the place of Brian2's where it does the same faster."""
    turns = {
        s.name: [p for p in built.turns if p.projection == s.name] for s in built.dense + built.one_delay
    }
    for synapses in built.dense:
        dense.use_rows(synapses, turns[synapses.name], apart=synapses.name in built.apart)
    for synapses in built.one_delay:
        waiting.use_ring(synapses, dt, turns[synapses.name])
        delayed.use_runs(synapses, dt, turns[synapses.name], built.delay_runs)
    for group in built.groups.values():
        if hasattr(group, "thresholder"):
            events.use_masks(group)
    for one in built.stencils:
        stencil.use_planes(one)


def _add_ours(
    folder: Path, experiment: Experiment, built: Assembly, outputs: list[Output], manifest: Manifest
) -> None:
    """Put our own parts into Brian2's project."""
    sources.empty(folder, manifest)
    for name in REPLACED:
        (folder / name).write_text(rendered(name, experiment, outputs, manifest))
    if built.turns:
        shutil.copyfile(TEMPLATES / turning_code.HEADER, folder / turning_code.HEADER)
    if built.delay_runs:
        shutil.copyfile(TEMPLATES / turning_code.RUNS, folder / turning_code.RUNS)
    for code in (folder / "code_objects").glob("*.cpp"):
        say_own_number(code)
    let_in(folder / "main.cpp", built)
    sources.order_clocks(folder / "main.cpp")


def key_of(description: Description) -> str:
    """Return the key of the program that a description becomes, without compiling it."""
    return sources.key_of(description, write)


def program(experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any) -> CompiledProgram:
    """Return the compiled program of an experiment, from the cache or newly built."""
    flags = list(compiler.FLAGS)
    parts = {"compiler": compiler.compiler_version(), "target": compiler.target(), "flags": flags}
    description = describe(experiment, recording, how, pairs)

    def build() -> Path:
        return sources.build(description, write, compiler.compile_project, parts, finish)

    return CompiledProgram(build(), build)
