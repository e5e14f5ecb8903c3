"""What tests of files share: the runner that forks, in a process of its own, and small disks."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runner() -> Callable[..., dict[str, int]]:
    """Return a function that runs `python -m tests.files`, and gives back what it counted."""

    def call(*words: str) -> dict[str, int]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.files", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    return call
