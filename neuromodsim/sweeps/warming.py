"""What a worker does as it starts: import what its first run needs, while the sweep is planned."""

import threading
from typing import Any


def dask_setup(worker: Any) -> None:
    """Begin to import; the worker answers meanwhile. Dask calls this by name."""
    threading.Thread(target=_import, daemon=True).start()


def _import() -> None:
    from neuromodsim import brian

    brian.brian()
    from neuromodsim.backends import cpp  # noqa: F401
    from neuromodsim.simulation import simulator  # noqa: F401
