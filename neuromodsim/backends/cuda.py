"""Running on an NVIDIA GPU: Brian2CUDA writes the project, we finish and compile it, once.

What holds for C++ holds here: one file brings all that a run is given, a checksum of each array is told
back, constants are read again after the run, and the loop over time is ours. Our own C++ templates are not
used; what they speed up takes Brian2CUDA's way, with the same equations. What it gets wrong
is put right in `_repaired`.
"""

import importlib.util
import logging
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from brian2 import prefs
from brian2.core.base import BrianObjectException
from brian2.devices.device import all_devices

from neuromodsim.backends import alone, nvcc, sources
from neuromodsim.backends.compiled import CompiledProgram, finish
from neuromodsim.backends.identity import Description, describe
from neuromodsim.backends.program import Array, Manifest, OutputSpec
from neuromodsim.backends.project import let_in, manifest_of, rendered
from neuromodsim.brian import TURN
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.network import assemble
from neuromodsim.builder.recording import add_recording
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import parsed
from neuromodsim.description.projection import Projection, ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.description.reductions import SUM, reduces
from neuromodsim.errors import BuildFailed, WrongInput
from neuromodsim.transforms.code_names import assigned

REPLACED = {
    "network.h": "network.h",
    "network.cpp": "network.cu",
    "neuromodsim_run.h": "neuromodsim_run.h",
    "neuromodsim_run.cpp": "neuromodsim_run.cu",
}
VERSION = sys.version_info[:2]
EXPECTED_OUTPUT = ("INFO", "WARNING", "\t", "Number of ")  # what Brian2CUDA's programs say of themselves


def expect_available() -> None:
    """Raise `WrongInput` unless this Python can write programs for a GPU."""
    if VERSION < (3, 12):
        raise WrongInput(
            "The device 'cuda' needs Python 3.12 or later, as Brian2CUDA does; "
            f"this is {VERSION[0]}.{VERSION[1]}."
        )
    if importlib.util.find_spec("brian2cuda") is None:
        raise WrongInput("The device 'cuda' needs Brian2CUDA: pip install 'neuromodsim[cuda]'")


def expect_possible(experiment: Experiment) -> None:
    """Raise `WrongInput` if Brian2CUDA would take a name for something else, or add to a cell all at once.

    It knows the lists of cells that fired by names that end in 'space'. Individual delays in its programs
    have not been compared with those of other devices. What runs at every synapse in every
    step runs in as many threads, which would write to a cell at the same time.
    """
    populations = experiment.circuit.populations
    targets = {n: parsed(p.model.equations) for p in populations for n in (p.name, *p.parts)}
    for projection in experiment.circuit.projections:
        for field in projection.individual_delays:
            raise WrongInput(
                f"'{field}' of '{projection.name}' is one of each synapse, which cannot run on "
                "'cuda'; give one time, or run it on 'cpp'."
            )
        _expect_sums_alone(projection)
        written = assigned(projection.model.step) - {*parsed(projection.model.equations)}
        for name in sorted(written):
            if name.endswith(("_pre", "_post")) or name in targets.get(projection.target, ()):
                raise WrongInput(
                    f"'step' of '{projection.name}' writes '{name}' and cannot run on 'cuda', where all its "
                    "synapses would write to one cell at once; write it in 'on_pre', from cells with "
                    "sends='always'."
                )
    for component, model in experiment.components().items():
        text = model.all_equations()
        for name in re.findall(r"^\s*d?(\w*space)\b", text, re.M):
            raise WrongInput(
                f"'{component}.{name}' cannot run on 'cuda', where names that end in 'space' are taken; "
                "give it another name."
            )


def _expect_sums_alone(projection: Projection) -> None:
    for name, equation in parsed(projection.model.equations).items():
        if reduces(equation) and SUM not in equation.flags:
            raise WrongInput(
                f"'{name}' of '{projection.name}' is ({equation.flags[0]}), which cannot run on 'cuda', "
                "where cells can sum values of their synapses, but not compare them; run it on 'cpp'."
            )


def generate(
    experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any, folder: Path, arch: str = "90"
) -> Manifest:
    """Write the CUDA project of an experiment into a folder and return what it takes and gives.

    Raises
    ------
    WrongInput
        If something in it cannot run on a GPU, by name.
    """
    return write(describe(experiment, recording, how, pairs, "cuda"), folder, arch)


def write(description: Description, folder: Path, arch: str = "90") -> Manifest:
    """Write the CUDA project of a description into a folder and return what it takes and gives."""
    expect_available()
    experiment = description.experiment
    expect_possible(experiment)
    import brian2cuda  # noqa: F401  # registers its device

    logging.getLogger("brian2cuda").setLevel(logging.WARNING)  # it tells every preference

    standard: Any = all_devices["cuda_standalone"]
    sources.sort_all(standard.code_object_class().templater.env)
    with TURN, alone.preferences():
        standard.reinit()
        try:
            return _written(description, folder, arch, standard)
        finally:
            standard.reinit()


def _written(description: Description, folder: Path, arch: str, standard: Any) -> Manifest:
    experiment = description.experiment
    with alone.writing(standard) as device:
        _tell(arch)
        built = assemble(experiment, description.pairs, description.how)
        outputs = add_recording(experiment, description.recording, built)
        device.insert_code("main", "neuromodsim::store_inputs();")
        _plan(experiment, built, device)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it leaves files for Python to close
            device.build(directory=str(folder), compile=False, run=False)
        manifest = manifest_of(experiment, built, outputs, device)
        spaces = tuple(sorted(device.eventspace_arrays.values()))
        sources.empty(folder, manifest)
        for template, name in REPLACED.items():
            text = rendered(template, experiment, outputs, manifest, spaces, cuda=True)
            (folder / name).write_text(text)
        for code in (folder / "code_objects").glob("*.cu"):
            code.write_text(_repaired(code.read_text(), built.clock.name))
        _quieten(folder / "main.cu")
        let_in(folder / "main.cu", built)
        sources.order_clocks(folder / "main.cu")
        return manifest


def _tell(arch: str) -> None:
    """Let Brian2CUDA look for neither a GPU nor a toolkit: we compile."""
    chosen = prefs.devices.cuda_standalone.cuda_backend
    chosen.detect_gpus = False
    chosen.detect_cuda = False
    chosen.gpu_id = 0  # the first that CUDA_VISIBLE_DEVICES leaves
    chosen.compute_capability = float(f"{arch[:-1]}.{arch[-1]}")
    chosen.cuda_runtime_version = 12.0
    chosen.cuda_path = "/usr/local/cuda"  # written into its makefile, which is not used


def _plan(experiment: Experiment, built: Assembly, device: Any) -> None:
    """Let Brian2 turn the network into code.

    Raises
    ------
    WrongInput
        If something that the equations call has no form for a GPU.
    """
    try:
        built.network.run(experiment.dt, **built.runs())
    except (NotImplementedError, KeyError, BrianObjectException) as error:
        said = " ".join(str(error.__cause__ or error).split())
        raise WrongInput(f"'{experiment.name}' cannot run on 'cuda': {said}") from error
    for runner in built.last:
        device.insert_code("main", f"_run_{runner.codeobj.name}();")


def _repaired(code: str, clock: str) -> str:
    """Return generated code without four mistakes of Brian2CUDA 1.0b1.

    Whether a delay has passed is read from a clock that does not run here. The random numbers of a synapse
    are found by its place among those of its cell, so that cells that fire together share theirs. That place
    is called ``j``, as equations call the target. And what an event does reads a shared parameter twice in
    one scope, which does not compile.
    """
    code = re.sub(r"(_idx = neuron_id;\n)(.*?)(\n}\n)", r"\1    {\n\2\n    }\3", code, flags=re.S)
    code = code.replace("defaultclock.timestep", f"{clock}.timestep")
    code = code.replace("_vectorisation_idx = j;", "_vectorisation_idx = _idx;")
    code = re.sub(r"for ?\(int j = (\w+); j < (\w+); j\+=", r"for (int _at = \1; _at < \2; _at+=", code)
    used = r"(propagating_synapses|synapse_bundle|synapses_queue\[bid\]\.at)([\[(])j([\])])"
    return re.sub(used, r"\1\2_at\3", code)


def _quieten(main: Path) -> None:
    main.write_text(re.sub(r"^\s*_debugmsg_\w+\(\);\n", "", main.read_text(), flags=re.M))


class CudaProgram(CompiledProgram):
    """A compiled experiment for a GPU, in the cache."""

    expected_output = EXPECTED_OUTPUT
    looks = False

    def _tidied(self, output: OutputSpec, columns: dict[str, Array], count: int) -> dict[str, Array]:
        """Return samples without the room that was left, and events in order: threads finish in any."""
        if output.kind in ("state", "weight"):
            return {n: v[: count * (1 if n == "time" else output.size)] for n, v in columns.items()}
        order = np.lexsort((columns["neuron"], columns["time"]))
        return {name: values[order] for name, values in columns.items()}


def key_of(description: Description) -> str:
    """Return the key of the program that a description becomes, without compiling it."""
    return sources.key_of(description, write)


def program(experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any) -> CudaProgram:
    """Return the compiled program of an experiment, from the cache or newly built."""
    expect_available()
    arch = nvcc.capability()
    parts = {"compiler": nvcc.version(), "flags": list(nvcc.FLAGS)}
    description = describe(experiment, recording, how, pairs, "cuda")

    def written(description: Description, folder: Path) -> Manifest:
        return write(description, folder, arch)

    def build() -> Path:
        return sources.build(description, written, nvcc.compile_project, parts, finish)

    return CudaProgram(build(), build)


def expect_gpu() -> None:
    """Raise `BuildFailed` unless a GPU is here to run on."""
    if not nvcc.gpus():
        raise BuildFailed("There is no GPU to run on: nvidia-smi shows none.")
