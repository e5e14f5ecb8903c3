"""How tests call the command: as a process of its own, or in this one where only words matter."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Finished = subprocess.CompletedProcess[str]


@pytest.fixture
def command() -> tuple[list[str], dict[str, str]]:
    """Return how to start ``neuromodsim`` from any folder, and its environment."""
    search = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(search)}
    return [sys.executable, "-m", "neuromodsim"], environment


@pytest.fixture
def neuromodsim(command, tmp_path) -> Callable[..., Finished]:
    """Return a function that runs a command in an empty folder and waits for it."""
    start, environment = command

    def call(*words: str, **variables: str) -> Finished:
        return subprocess.run(
            [*start, *words],
            cwd=tmp_path,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return call


@pytest.fixture
def said(capsys, monkeypatch, tmp_path) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command in this process: exit code, output and errors."""
    from neuromodsim import brian
    from neuromodsim.cli import main

    monkeypatch.chdir(tmp_path)
    # This process is not the command's own.
    monkeypatch.setattr(brian, "brian", lambda: None)
    monkeypatch.setattr(main.signal, "signal", lambda number, handler: None)

    def call(*words: str) -> tuple[int, str, str]:
        code = main.main(words)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call
