"""Shared by all tests: where builds are kept, random numbers, and what this machine can do."""

import gc
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Keep plots off the screen."""
    os.environ.setdefault("MPLBACKEND", "agg")


# Begun first, so that no worker is left alone with one of them at the end.
LONGEST = (
    *("figures/test_small.py", "backends/test_keys.py", "backends/test_agreement.py"),
    *("differential/test_rules.py", "sweeps/test_faults.py", "fuzz/test_fuzz.py"),
    *("docs/test_documentation.py", "backends/test_replicas.py", "cli/test_sweep.py"),
    *("tests/test_install.py", "unit/test_any_name.py"),
)


def _place(item: pytest.Item) -> int:
    name = "/".join(item.path.parts[-2:])
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_collection_finish() -> None:
    """Spare runs what Brian2 would tell its log, compilers nobody asks for, and garbage in imports."""
    if "brian2" in sys.modules:
        # A network of Brian2 alone, to compare with, would otherwise be compiled by Cython.
        sys.modules["brian2"].prefs.codegen.target = "numpy"
    # It tells its log all of the source that it writes, which pytest would keep for a test that fails.
    logging.getLogger("brian2").setLevel(logging.INFO)
    # It collects garbage at the beginning of each run: what is imported by now is none.
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and skip what needs a compiler where there is none."""
    items.sort(key=_place)
    if shutil.which(os.environ.get("CXX") or "g++"):
        return
    for item in items:
        if {"cpp", "cython"} & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason="no C++ compiler (g++) on this machine"))


@pytest.fixture(scope="session", autouse=True)
def build_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep builds in one folder for the whole session: NEUROMODSIM_CACHE, or a temporary one.

    The workers of a parallel session share it.
    """
    chosen = os.environ.get("NEUROMODSIM_CACHE")
    if chosen:
        yield Path(chosen)
        return
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEUROMODSIM_CACHE", str(shared / "builds"))
        yield shared / "builds"


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one test a build cache of its own, with nothing in it."""
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "builds"))
    return tmp_path / "builds"


@pytest.fixture
def hastily_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Cython's modules be compiled without optimisation, which takes longer than all else about them."""
    from neuromodsim.backends import alone

    flags = "codegen.cpp.extra_compile_args_gcc"
    monkeypatch.setitem(alone.OURS, flags, [*alone.defaults()[flags], "-O0", "-g0"])


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that gives the same numbers in every run."""
    return np.random.default_rng(20070601)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 64 kB, where this machine allows to mount one."""
    place = tmp_path / "tiny"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a tiny file system cannot be mounted here (needs root)")
    yield place
    subprocess.run(["umount", str(place)], check=True)
