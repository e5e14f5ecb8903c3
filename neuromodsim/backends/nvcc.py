"""NVIDIA's compiler: where it and cuRAND are, which GPU to compile for, and how to be quick about it.

Brian2CUDA writes a file for each small piece of a network, and each of them parses Thrust, CUB and cuRAND
anew, which takes ten seconds where the piece itself takes a fraction of one. So pieces are gathered into as
many files as there are cores, each piece in a namespace of its own. Its makefile asks for C++11, which CUDA
13 refuses, and leaves out the toolkit's library folder; ours does neither.
"""

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from neuromodsim.backends import compiler
from neuromodsim.errors import BuildFailed, WrongInput

# No fast math: a GPU's double precision gains nothing by it, and single precision loses digits.
FLAGS = ("-w", "-std=c++17", "-O2")
HOST = ("objects.cu", "network.cu", "run.cu", "neuromodsim_run.cu", "main.cu", "rand.cu")
WHEELS = {"12": "nvidia-curand-cu12", "13": "nvidia-curand"}
ARCH = "NEUROMODSIM_CUDA_ARCH"


@cache
def nvcc() -> str:
    """Return the path of nvcc.

    Raises
    ------
    BuildFailed
        If there is none, with what to install.
    """
    named = [os.environ.get(name) for name in ("CUDA_PATH", "CUDA_HOME")]
    places = [f"{folder}/bin/nvcc" for folder in named if folder]
    for place in (*places, "nvcc", "/usr/local/cuda/bin/nvcc", "/opt/cuda/bin/nvcc"):
        found = shutil.which(place)
        if found:
            return found
    raise BuildFailed(
        "There is no CUDA compiler (nvcc): install the CUDA toolkit 12 or 13, or set CUDA_PATH to its folder."
    )


def _said(command: list[str]) -> str:
    """Return what a command prints, on either stream."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@cache
def release() -> str:
    """Return the toolkit's release, as ``"13.0"``; raises BuildFailed if it is older than 12."""
    found = re.search(r"release (\d+\.\d+)", _said([nvcc(), "--version"]))
    if found is None or int(found[1].partition(".")[0]) < 12:
        got = found[1] if found else "no release"
        raise BuildFailed(f"The CUDA toolkit must be of release 12 or 13; got {got} from {nvcc()}.")
    return found[1]


@cache
def toolkit() -> Path:
    """Return the folder of the toolkit, which holds ``include`` and its libraries, as nvcc itself says."""
    found = re.search(r"^#\$ TOP=(.*)$", _said([nvcc(), "--dryrun", "-x", "cu", "/dev/null"]), re.M)
    return Path(found[1] if found else Path(nvcc()).resolve().parent.parent).resolve()


def gpus() -> list[str]:
    """Return the compute capability of each GPU that can be used, as ``"9.0"``; none without a driver."""
    command = ["nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return re.findall(r"^\d+\.\d+$", done.stdout, re.M) if done.returncode == 0 else []


def capability() -> str:
    """Return the compute capability to compile for, as ``"90"``: the one asked for, or that of the GPU here.

    Raises
    ------
    WrongInput
        If the one asked for is not one, or this toolkit does not compile for it.
    BuildFailed
        If none is asked for and there is no GPU.
    """
    asked = os.environ.get(ARCH, "")
    present = gpus()
    if not asked and not present:
        raise BuildFailed(
            f"There is no GPU to compile for (nvidia-smi shows none); set a compute capability: {ARCH}=9.0."
        )
    chosen = (asked or present[0]).replace(".", "").removeprefix("sm_")
    known = re.findall(r"compute_(\d+)", _said([nvcc(), "--list-gpu-arch"]))
    if chosen not in known:
        shown = ", ".join(f"{k[:-1]}.{k[-1]}" for k in known)
        raise WrongInput(
            f"The compute capability must be one of {shown} for CUDA {release()}; got {asked or chosen}."
        )
    return chosen


def libraries() -> list[Path]:
    """Return the toolkit's library folders."""
    return [p for p in (toolkit() / "lib64", toolkit() / "targets/x86_64-linux/lib") if p.is_dir()]


@cache
def curand() -> tuple[Path, Path]:
    """Return the folder of curand.h and the file of the library: the toolkit's, or those of a wheel.

    Raises
    ------
    BuildFailed
        If there are none, with what to install.
    """
    wheel = WHEELS.get(release().partition(".")[0], WHEELS["13"])
    headers = [toolkit() / "include" / "curand.h"]
    binaries = [found for folder in libraries() for found in folder.glob("libcurand.so*")]
    try:
        of_wheel = [Path(str(f.locate())) for f in files(wheel) or []]
    except PackageNotFoundError:
        of_wheel = []
    headers += [p for p in of_wheel if p.name == "curand.h"]
    binaries += [p for p in of_wheel if p.name.startswith("libcurand.so")]
    header = next((p for p in headers if p.exists()), None)
    binary = next((p for p in binaries if p.exists()), None)
    if header is None or binary is None:
        raise BuildFailed(
            f"cuRAND is neither in {toolkit()} nor installed for CUDA {release()}: pip install {wheel}"
        )
    return header.parent, binary


def version() -> str:
    """Return what tells one compiler's programs from another's."""
    host = _said([compiler.compiler(), "--version"]).partition("\n")[0]
    return f"nvcc {release()} for sm_{capability()} with {host}"


def compile_project(folder: Path) -> None:
    """Compile every file of a CUDA project into the program ``main``.

    Raises
    ------
    BuildFailed
        If the compiler does, with its last lines.
    """
    sources = gather(folder, compiler.workers())
    header, library = curand()
    common = [nvcc(), "-ccbin", compiler.compiler(), *FLAGS, f"-arch=sm_{capability()}"]

    def compile_one(source: Path) -> Path:
        target = source.with_suffix(".o")
        compiler.call([*common, "-I.", f"-I{header}", "-dc", str(source), "-o", str(target)], folder)
        return target

    with ThreadPoolExecutor(compiler.workers()) as pool:
        objects = list(pool.map(compile_one, sources))
    places = [f"-L{place}" for place in libraries()]
    # The library of a wheel lies where no loader would look for it.
    found = ["-Xlinker", str(library), "-Xlinker", f"-rpath,{library.parent}"]
    compiler.call([*common, *map(str, objects), *places, *found, "-o", "main"], folder)
    for target in objects:
        (folder / target).unlink()


def gather(folder: Path, parts: int) -> list[Path]:
    """Write the sources of a project into a few files that include all the rest, and return these."""
    pieces = sorted((folder / "code_objects").glob("*.cu"), key=lambda p: p.stat().st_size, reverse=True)
    # What is run after a loop over time may call a kernel of the piece it belongs to.
    after = {p.stem.removeprefix("after_run_"): p for p in pieces if p.stem.startswith("after_run_")}
    pieces = [p for p in pieces if not p.stem.startswith("after_run_")]
    made = [Path("all_host.cu")]
    (folder / made[0]).write_text("".join(f'#include "{name}"\n' for name in HOST))
    for part in range(min(parts, len(pieces))):
        texts = [(p.stem, [q.read_text() for q in (p, after.get(p.stem)) if q]) for p in pieces[part::parts]]
        made.append(Path(f"all_{part}.cu"))
        (folder / made[-1]).write_text(_together(texts))
    return made


def _together(pieces: list[tuple[str, list[str]]]) -> str:
    """Return pieces of a project as one text: headers once, then each piece in its own namespace."""
    headers = dict[str, None]()
    bodies = []
    for name, texts in pieces:
        body = ""
        for text in texts:
            headers |= dict.fromkeys(re.findall(r"^\s*#include\s*(\S.*)$", text, re.M))
            body += re.sub(r"^\s*#include.*$", "", text, flags=re.M)
        defined = re.findall(r"^void (_(?:before_|after_)?run_\w+|_debugmsg_\w+)\(\)\s*\{", body, re.M)
        macros = dict.fromkeys(re.findall(r"^\s*#define\s+(\w+)", body, re.M))
        bodies.append(f"namespace piece_{name} {{\n{body}\n}}\n")
        bodies += [f"void {call}() {{ piece_{name}::{call}(); }}\n" for call in defined]
        bodies += [f"#undef {macro}\n" for macro in macros]
    return "".join(f"#include {header.strip()}\n" for header in headers) + "".join(bodies)
