"""A CUDA program without a GPU: what nvcc would get, compiled by g++ for a pretend GPU of one thread.

What it shows: that the program takes what it is given, that kernels, custom events, monitors, clocks and our
loop over time do what they should, in whatever order threads come. What it cannot show: races between
threads, and what a real GPU makes of the same arithmetic.
"""

import re
from pathlib import Path

from neuromodsim.backends import compiler, nvcc

HERE = Path(__file__).parent / "pretend_gpu"
FLAGS = ("-w", "-std=c++17", "-O1", "-DTHRUST_DEVICE_SYSTEM=THRUST_DEVICE_SYSTEM_CPP")
FLAGS += ("-DTHRUST_HOST_SYSTEM=THRUST_HOST_SYSTEM_CPP", "-DTHRUST_IGNORE_CUB_VERSION_CHECK")


def thrust() -> Path | None:
    """Return the folder of Thrust's headers, which need no GPU; None where there are none."""
    try:
        include = nvcc.toolkit() / "include"
    except Exception:
        return None
    return next((p for p in (include / "cccl", include) if (p / "thrust").is_dir()), None)


def compile_project(folder: Path) -> None:
    """Compile a CUDA project for the pretend GPU, in place of `nvcc.compile_project`."""
    sources = nvcc.gather(folder, 1)
    for path in folder.rglob("*.cu"):
        text = path.read_text()
        path.write_text(re.sub(r"(\w+)<<<(.*?)>>>\s*\(", r"launch(\1, \2)(", text, flags=re.S))
    objects = []
    for source in sources:
        target = source.with_suffix(".o")
        command = [compiler.compiler(), *FLAGS, "-I.", f"-I{HERE}", f"-I{thrust()}", "-include", "gpu.h"]
        compiler.call([*command, "-x", "c++", "-c", str(source), "-o", str(target)], folder)
        objects.append(str(target))
    compiler.call([compiler.compiler(), *objects, "-o", "main"], folder)
