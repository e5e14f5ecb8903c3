"""Run all benchmarks, or those named: ``python -m benchmarks [name ...]``.

What was measured is kept in results.json, benchmark by benchmark, each with its machine and time; with
``--keep`` also where only some are run.
"""

import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.row import Row
from neuromodsim import brian
from neuromodsim.errors import NeuromodsimError
from neuromodsim.storage.files import write_text

NAMES = (
    "distal_reward",
    "go_nogo",
    "third_factor",
    "driven_traces",
    "neuromodulator",
    "diffusion",
    "dense_projection",
    "one_delay",
    "individual_delays",
    "naca_epoch",
    "naca_in_torch",
    "learning_cost",
    "sweep",
    "scaling",
    "turnaround",
    "build",
)
RESULTS = Path(__file__).parent / "results.json"


def machine() -> dict[str, str]:
    """Return what the numbers were measured on."""
    from neuromodsim.backends.compiler import compiler_version
    from neuromodsim.result.dataset import versions

    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": str(len(models)),
        "compiler": compiler_version(),
        **versions(),
    }


def main() -> int:
    """Measure, print a table, write JSON; 1 if a wanted number was not reached."""
    brian.brian()
    named = [name for name in sys.argv[1:] if name != "--keep"]
    unknown = sorted(set(named) - set(NAMES))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; known: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    rows = []
    for name in named or NAMES:
        try:
            found = importlib.import_module(f"benchmarks.{name}").measure()
        except NeuromodsimError as error:  # such as data that are not at hand
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        rows += found
        if not named or "--keep" in sys.argv:
            keep(name, found)
    table = Table("what", "target", "measured", "reached")
    for row in rows:
        table.add_row(row.what, row.wanted, row.found, {None: "", True: "yes", False: "NO"}[row.holds])
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return int(any(row.holds is False for row in rows))


def keep(name: str, rows: list[Row]) -> None:
    """Put what a benchmark measured into the file of results, in place of what it measured before."""
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    about = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    kept[name] = {**about, "rows": [row._asdict() for row in rows]}
    write_text(RESULTS, json.dumps({n: kept[n] for n in NAMES if n in kept}, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
