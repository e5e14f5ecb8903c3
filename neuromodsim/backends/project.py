"""What we put into a project that Brian2 has written: files of our own, and what a run must be given.

The same for C++ and for GPUs, whose projects Brian2 and Brian2CUDA write alike.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from neuromodsim.backends import finite
from neuromodsim.backends.program import InputSpec, Manifest
from neuromodsim.backends.program import describe as listed
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.outputs import Output
from neuromodsim.description.experiment import Experiment

TEMPLATES = Path(__file__).parent / "templates"


def manifest_of(experiment: Experiment, built: Assembly, outputs: list[Output], device: Any) -> Manifest:
    """Return what a project takes and gives, and where it leaves it."""
    manifest = listed(built, outputs, lambda v: device.get_array_name(v, False))
    files = {
        name: device.get_array_filename(v) for v in device.arrays if (name := device.get_array_name(v, False))
    }
    constants = [n for n, entry in built.inputs.items() if all(v.constant for v in entry.variables)]
    files = dict(sorted(files.items()))  # Brian2 lists some in the order of a set
    held = finite.states(built, experiment.components())
    states = {
        path: [device.get_array_name(v, False), np.dtype(v.dtype).name, int(v.size)]
        for path, v in sorted(held.items())
    }
    about = {"files": files, "constants": constants, "dt": float(experiment.dt), "states": states}
    return replace(manifest, about=about)


def rendered(
    template: str,
    experiment: Experiment,
    outputs: list[Output],
    manifest: Manifest,
    eventspaces: tuple[str, ...] = (),
    cuda: bool = False,
) -> str:
    """Return one of the files of our own that a project gets, from its template."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined)
    states = manifest.about["states"].items()
    return environment.get_template(template).render(
        places=[
            (path, _data(place), _bytes(spec))
            for path, spec in manifest.inputs.items()
            for place in spec.stored
        ],
        tables=[(path, spec.stored[0], _bytes(spec)) for path, spec in manifest.tables.items()],
        pairs=[(n, s.size) for n, s in manifest.pairs.items()],
        recorders={o.window: o.monitor.codeobj.name for o in outputs},
        looked_at=[(path, _data(place), _length(place, size)) for path, (place, _, size) in states],
        not_finite=finite.MARK,
        dt=repr(float(experiment.dt)),
        cuda=cuda,
        eventspaces=eventspaces,
    )


def _data(array: str) -> str:
    """Return a pointer to the first number of an array of Brian2's: some are plain, others vectors."""
    return f"{array}.data()" if array.startswith("_dynamic") else array


def _length(array: str, size: int) -> str | int:
    return f"{array}.size()" if array.startswith("_dynamic") else size


def _bytes(spec: InputSpec) -> int:
    return spec.size * np.dtype(spec.dtype).itemsize


def let_in(main: Path, built: Assembly) -> None:
    """Let a project's main program read what a run is given, before anything is wired."""
    text = f'#include "neuromodsim_run.h"\n{main.read_text()}'
    text = text.replace("brian_start();", "brian_start();\n\tneuromodsim::read_inputs();", 1)
    text = text.replace("brian_end();", "neuromodsim::give_back_tables();\n\tbrian_end();", 1)
    # Right before Brian2 wires synapses from the static arrays, in whose place a run's own pairs are put.
    for name in built.pairs:
        create = f"_run_{name}_synapses_create_array_codeobject();"
        text = text.replace(create, f'neuromodsim::wire("{name}");\n        {create}', 1)
    main.write_text(text)


def say_own_number(code: Path) -> None:
    """Let a loop over cells know that a cell's number is its place, so that neighbours read neighbours."""
    text = code.read_text()
    told = re.sub(r"(const int32_t i = )(_ptr)?_array_\w+_i\[_idx\];", r"\g<1>_idx;", text)
    if told != text:
        code.write_text(told)
