"""The header that lets compiled programs follow bounded weights, against weights held in every step."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from neuromodsim.backends.project import TEMPLATES
from neuromodsim.numerics.turning_code import HEADER

HERE = Path(__file__).parent
COMPILER = shutil.which(os.environ.get("CXX") or "g++")


@pytest.mark.skipif(COMPILER is None, reason="no C++ compiler")
@pytest.mark.parametrize(
    "flags", [("-O1",), ("-O3", "-ffast-math", "-fno-finite-math-only", "-march=native")]
)
@pytest.mark.parametrize("terms", [1, 2])
def test_a_weight_is_where_it_would_be_if_held_in_every_step(tmp_path, terms, flags):
    """Catches a wrong index, side, bound or sign, also of touches in one step and between flushes."""
    shutil.copy(TEMPLATES / HEADER, tmp_path)
    command = [COMPILER, "-w", "-std=c++17", *flags, f"-DK_COUNT={terms}", "-I", str(tmp_path)]
    subprocess.run([*command, str(HERE / "turns.cpp"), "-o", str(tmp_path / "turns")], check=True)
    said = subprocess.run([tmp_path / "turns"], capture_output=True, text=True, check=True).stdout.split()
    worst, counts = float(said[0]), [int(word) for word in said[1:]]
    assert worst < 1e-12
    assert min(counts) > 300  # both bounds are met; cells find turns, and none; touches fall into one step
