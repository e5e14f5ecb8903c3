"""Workers of sweeps that are threads of the test's own process."""

from functools import partial

import distributed
import pytest


def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a sweep start its workers in this process: one that has to import everything takes ten seconds."""
    monkeypatch.setattr(
        distributed, "LocalCluster", partial(distributed.LocalCluster, processes=False, protocol="inproc://")
    )
