"""Where the runs of a sweep are kept: a folder that is right at every moment.

::

    sweep.zarr/
        sweep.json             the plan, and what it was made with
        runs/<key>.zarr        each completed run, written atomically
        failed/<key>.json      why a run is not

A run's key is a digest of what is chosen in it, so a sweep that is started again, or with more values,
finds what is done.
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from neuromodsim.errors import RunFailed, WrongInput
from neuromodsim.result.dataset import equations_of, versions
from neuromodsim.result.run_store import SWEEP as PLAN
from neuromodsim.storage import bounded, files
from neuromodsim.storage.files import write_text
from neuromodsim.sweeps.account import account, what_changed
from neuromodsim.sweeps.place import LOCK, PARTS, clear, expect_usable
from neuromodsim.sweeps.plan import Plan, key

FORMAT = 1
MOST = 2**22  # runs of one sweep


@dataclass(frozen=True)
class Store:
    """A folder of runs."""

    place: Path

    def run(self, chosen: Mapping[str, Any]) -> Path:
        """Return where a run is, or will be."""
        return self.place / "runs" / f"{key(chosen)}.zarr"

    def done(self, chosen: Mapping[str, Any]) -> bool:
        """Whether a run is there. It is put there in one step when it is on the disk, so it is whole."""
        return files.kind(self.run(chosen)) == "folder"

    def fail(self, chosen: Mapping[str, Any], reason: str) -> None:
        """Note why a run is not there."""
        write_text(self._note(chosen), json.dumps({"chosen": dict(chosen), "reason": reason}))

    def failure(self, chosen: Mapping[str, Any]) -> str:
        """Return why a run is not there; nothing if nobody tried."""
        note = self._note(chosen)
        return "" if files.kind(note) is None else str(bounded.read_json(note).get("reason", "it failed"))

    def forget_failure(self, chosen: Mapping[str, Any]) -> None:
        """Take back a note of `fail`."""
        self._note(chosen).unlink(missing_ok=True)

    def _note(self, chosen: Mapping[str, Any]) -> Path:
        return self.place / "failed" / f"{key(chosen)}.json"

    def plan(self) -> Plan:
        """Return what its runs were made for.

        Raises
        ------
        WrongInput
            If it is no store of a sweep.
        """
        content = self.about()["plan"]
        over = content.get("over")
        lists = isinstance(over, dict) and all(isinstance(v, list) and v for v in over.values())
        parts = isinstance(content.get("experiment"), str) and isinstance(content.get("fixed"), dict)
        if not (lists and parts) or math.prod(map(len, over.values())) > MOST:
            raise WrongInput(f"'{self.place}' is not a sweep that neuromodsim can read.")
        return Plan.load(content)

    def about(self) -> dict[str, Any]:
        """Return what the sweep says of itself; raises `WrongInput` if it is none."""
        content = bounded.read_json(self.place / PLAN)
        right = content.get("format") == FORMAT and isinstance(content.get("plan"), dict)
        texts = ("command", "created_at")
        if not right or not all(isinstance(content.get(name), str) for name in texts):
            raise WrongInput(f"'{self.place}' is not a sweep that neuromodsim can read.")
        return content

    @contextmanager
    def claimed(self, plan: Plan) -> Iterator[Plan]:
        """Hold the store for one sweep, and yield its plan: that of earlier ones, and what is new.

        Raises
        ------
        WrongInput
            If another sweep is at work in it, or it holds runs of another kind.
        """
        expect_usable(self.place)
        # The kernel releases it when the process ends, so a killed sweep holds no lock.
        lock = FileLock(self.place / LOCK, timeout=0)
        try:
            files.make_folder(self.place)
            lock.acquire()
        except Timeout as error:
            raise WrongInput(f"Another sweep is running in '{self.place}'; wait until it ends.") from error
        except OSError as error:
            raise RunFailed(f"'{self.place}' cannot be written: {error.strerror or error}.") from error
        try:
            whole = self._extended(plan)
            self._prepare(whole)
            yield whole
        finally:
            lock.release()

    def _prepare(self, plan: Plan) -> None:
        """Write what the store is, and take away what runs that were killed have left."""
        self._write(plan)
        with files.failing_as(self.place):
            for name in PARTS:
                files.make_folder(self.place / name)
        clear(self.place)

    def _extended(self, plan: Plan) -> Plan:
        """Return a plan together with that of the runs that are there already."""
        if not (self.place / PLAN).exists():
            return plan
        earlier = self.plan()
        self._expect_alike(earlier, plan)
        self._expect_unchanged(earlier, plan)
        over = {name: _union(earlier.over[name], values) for name, values in plan.over.items()}
        return replace(plan, over=over)

    def _expect_alike(self, earlier: Plan, plan: Plan) -> None:
        """Raise `WrongInput` if runs that are there were asked for with other arguments."""
        wanted = {"experiment": plan.experiment, **plan.fixed}
        there = {"experiment": earlier.experiment, **earlier.fixed}
        for name, value in wanted.items():
            if there.get(name) != value:
                raise WrongInput(
                    f"'{self.place}' holds runs with {name} = {there.get(name)}; got {value}: choose another "
                    "store."
                )
        if list(earlier.over) != list(plan.over):
            raise WrongInput(
                f"'{self.place}' holds a sweep over {', '.join(earlier.over)}; got {', '.join(plan.over)}: "
                "choose another store."
            )

    def _expect_unchanged(self, earlier: Plan, plan: Plan) -> None:
        """Raise `WrongInput` if the same arguments would make other runs today."""
        about = self.about()
        if about["equations"] != _equations(earlier):
            raise WrongInput(
                f"The equations of '{plan.experiment}' have changed since the runs in '{self.place}' were "
                "made; choose another store."
            )
        # Last, since it gathers the values of runs. Those of early versions have no account.
        recorded = about.get("account")
        changed = "the format" if recorded is None else what_changed(recorded, account(plan, earlier))
        if changed:
            raise WrongInput(
                f"{changed[0].upper()}{changed[1:]} has changed since the runs in '{self.place}' were made; "
                "choose another store."
            )

    def _write(self, plan: Plan) -> None:
        about = {
            "format": FORMAT,
            "plan": plan.plain(),
            "equations": _equations(plan),
            "account": account(plan),
            "versions": versions(),
            "command": " ".join(sys.argv[:1] and [Path(sys.argv[0]).name, *sys.argv[1:]]),
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        # Atomically, since it distinguishes a sweep from any other folder.
        write_text(self.place / PLAN, json.dumps(about, indent=1))


def _equations(plan: Plan) -> dict[str, Any]:
    """Return the equations of each experiment that is run, by name."""
    return {name: equations_of(known) for name, known in plan.variants().items()}


def _union(earlier: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*earlier, *(value for value in new if value not in earlier))
