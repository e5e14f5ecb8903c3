"""What starting the command costs and leaves behind."""

import subprocess
import sys

from neuromodsim import __version__

LOOK = """
import contextlib, io, sys
import neuromodsim.brian
from neuromodsim.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main.main(["--help"])
slow = {"brian2", "numpy", "matplotlib", "xarray", "rich", "sympy"} & set(sys.modules)
print(sorted(slow))
neuromodsim.brian.brian()
print(sorted({"matplotlib.pyplot", "pylab", "pytest"} & set(sys.modules)))
"""


def test_import_and_help_load_nothing_slow(command):
    """Fails when Brian2, which takes two seconds, is imported before anyone asked, or with all it can use."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=command[1], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "[]"]


def test_help_names_every_command(neuromodsim):
    """Fails when a command is missing or help does not end well."""
    done = neuromodsim("--help")
    assert done.returncode == 0 and not done.stderr
    for command in ("list", "show", "run", "figure", "cite", "cache", "doctor"):
        assert f"\n    {command} " in done.stdout


def test_version(neuromodsim):
    """Fails when the command tells another version than the package."""
    assert neuromodsim("--version").stdout.split() == ["neuromodsim", __version__]


def test_brian2_leaves_no_files_behind(neuromodsim, tmp_path):
    """Fails when Brian2's log file or copy of the script stays in the temporary folder."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = neuromodsim(
        "run", "pairing", "--device", "numpy", "--duration", "5ms", "--quiet", TMPDIR=str(temporary)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(temporary.iterdir()) == []
