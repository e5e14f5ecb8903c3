"""Is everything there that a run needs? What is missing is named with what to do about it."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sysconfig
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from neuromodsim.backends import cache
from neuromodsim.errors import NeuromodsimError

if TYPE_CHECKING:
    from neuromodsim.datasets.inventory import DataSet

NEEDED = ("brian2", "numpy", "scipy", "xarray", "zarr", "matplotlib", "scikit-learn", "sympy")
TESTED = ("2.9", "2.10")  # versions of Brian2 that our templates are checked against
PROGRAM = "#include <vector>\nint main() { std::vector<int> v(3); return v.size() == 3 ? 0 : 1; }\n"


class Finding(NamedTuple):
    """One check of the installation; ``advice`` is the remedy if something is missing."""

    what: str
    state: str  # good, note or missing
    observed: str
    advice: str = ""


def examine() -> list[Finding]:
    """Check all requirements of a run and return the results."""
    checks = (_python, _packages, _compiler, _devices, _cache, _space, _data, _data_sets, _figures)
    return [finding for check in checks for finding in check()]


def healthy(findings: list[Finding]) -> bool:
    """Whether nothing is missing."""
    return all(finding.state != "missing" for finding in findings)


def _python() -> list[Finding]:
    return [Finding("Python", "good", f"{platform.python_version()} on {platform.platform(terse=True)}")]


def _packages() -> list[Finding]:
    version = _installed("neuromodsim") or "not installed, used from its folder"
    found = [Finding("neuromodsim", "good", version)]
    for name in NEEDED:
        there = _installed(name)
        if there is None:
            advice = f"install it: pip install {name}"
            found.append(Finding(name, "missing", "not installed", advice))
        elif name == "brian2" and not there.startswith(tuple(f"{v}." for v in TESTED)):
            advice = f"versions {' and '.join(TESTED)} are tested; install one of them"
            found.append(Finding(name, "note", there, advice))
        else:
            found.append(Finding(name, "good", there))
    return found


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _compiler() -> list[Finding]:
    from neuromodsim.backends import compiler

    try:
        path = compiler.compiler()
    except NeuromodsimError:
        advice = "install it, on Debian or Ubuntu with 'apt-get install g++'; until then --device numpy"
        return [Finding("C++ compiler", "missing", f"{os.environ.get('CXX') or 'g++'} is not there", advice)]
    problem = _cannot_compile(path)
    if problem:
        advice = "reinstall it, on Debian or Ubuntu with 'apt-get install --reinstall g++ libc6-dev'"
        return [Finding("C++ compiler", "missing", f"{path} does not compile: {problem}", advice)]
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    return [Finding("C++ compiler", "good", f"{path}, {said.partition(chr(10))[0]}")]


def _cannot_compile(path: str) -> str:
    """Return why a compiler does not make a program that runs; empty if it does."""
    with tempfile.TemporaryDirectory() as name:
        program = Path(name) / "try"
        command = [path, "-std=c++17", "-march=native", "-x", "c++", "-", "-o", str(program)]
        done = subprocess.run(command, input=PROGRAM, capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[0]
        return "" if subprocess.run([program], check=False).returncode == 0 else "its program fails"


def _devices() -> list[Finding]:
    compiler = bool(shutil.which(os.environ.get("CXX") or "g++"))
    found = [
        Finding("device cpp", "good", "the default")
        if compiler
        else Finding("device cpp", "missing", "needs a C++ compiler", "see above"),
        Finding("device numpy", "good", "for small networks"),
    ]
    headers = Path(sysconfig.get_paths()["include"]) / "Python.h"
    if importlib.util.find_spec("Cython") and compiler and headers.exists():
        found.append(Finding("device cython", "good", "slow to build, for comparison"))
    else:
        lacking = "Python's headers" if compiler else "a C++ compiler"
        advice = "only needed for comparison; on Debian or Ubuntu 'apt-get install python3-dev'"
        found.append(Finding("device cython", "note", f"needs {lacking}", advice))
    return [*found, _cuda()]


def _cuda() -> Finding:
    from neuromodsim.backends import cuda, nvcc

    try:
        cuda.expect_available()
        release, _ = nvcc.release(), nvcc.curand()
    except NeuromodsimError as error:
        return Finding("device cuda", "note", "not available", str(error))
    gpus = nvcc.gpus()
    if not gpus:
        return Finding("device cuda", "note", f"CUDA {release}, no GPU", "nvidia-smi must show one")
    return Finding("device cuda", "good", f"CUDA {release}, compute capability {', '.join(gpus)}")


def _cache() -> list[Finding]:
    folder = cache.folder()
    builds = cache.entries()
    size = readable(cache.kept())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        advice = "make it writable, or set NEUROMODSIM_CACHE to another folder"
        return [Finding("build cache", "missing", f"{folder} ({error.strerror})", advice)]
    return [Finding("build cache", "good", f"{folder}, {len(builds)} builds, {size}")]


def _space() -> list[Finding]:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    found = f"{readable(free)} free in {tempfile.gettempdir()}"
    if free < 1e9:
        advice = "runs write there first; TMPDIR names another folder"
        return [Finding("room for runs", "note", found, advice)]
    return [Finding("room for runs", "good", found)]


def _data() -> list[Finding]:
    spec = importlib.util.find_spec("sklearn")
    if spec is None or spec.origin is None:
        return [Finding("data set digits", "missing", "scikit-learn's digits", "pip install scikit-learn")]
    folder = Path(spec.origin).parent / "datasets" / "data"
    if (folder / "digits.csv.gz").exists():
        return [Finding("data set digits", "good", str(folder))]
    return [Finding("data set digits", "missing", f"no digits in {folder}", "reinstall scikit-learn")]


def _data_sets() -> list[Finding]:
    """Look where each data set with a file of its own is; others are downloaded when used."""
    from neuromodsim.datasets import fetching
    from neuromodsim.datasets.inventory import DATA_SETS

    try:
        folder = fetching.named()
    except NeuromodsimError as error:
        return [Finding(fetching.FOLDER, "missing", str(error), "name a folder, or unset it")]
    named = f"not set; data sets are kept in {fetching.cache()}" if folder is None else str(folder)
    found = {one: fetching.there(one.file) for one in DATA_SETS}
    missing = sum(place is None for place in found.values())
    state = "note" if missing else "good"
    files = f"{len(found)} data sets, {missing} {'file' if missing == 1 else 'files'} missing"
    return [
        Finding(fetching.FOLDER, "good", named),
        Finding("data sets", state, files, "only experiments on them need these" if missing else ""),
        *(_data_set(one, place) for one, place in found.items()),
    ]


def _data_set(one: "DataSet", place: Path | None) -> Finding:
    if place is not None:
        return Finding(f"data set {one.name}", "good", str(place))
    advice = (
        f"{one.megabytes} MB, downloaded at first use from {one.source}; without a network, put {one.file} "
        "into a folder and name that in NEUROMODSIM_DATA"
    )
    return Finding(f"data set {one.name}", "note", f"{one.file} is missing", advice)


def _figures() -> list[Finding]:
    from neuromodsim.catalogue import index

    try:
        return [Finding("figures", "good", str(index.figure_folder()))]
    except NeuromodsimError as error:
        return [Finding("figures", "note", "not there", str(error))]


def readable(size: float) -> str:
    """Return bytes for people: ``'3.1 MB'``."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
