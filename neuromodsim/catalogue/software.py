"""The programs that whoever runs a model uses, to be cited with it."""

from neuromodsim import __version__
from neuromodsim.description.model import Source

BRIAN2 = Source(
    key="stimberg2019",
    authors="Stimberg, M. and Brette, R. and Goodman, D. F. M.",
    year=2019,
    title="Brian 2, an intuitive and efficient neural simulator",
    journal="eLife",
    volume="8",
    pages="e47314",
    doi="10.7554/eLife.47314",
)

NEUROMODSIM = Source(
    key="neuromodsim",
    authors="{The neuromodsim contributors}",
    year=2026,
    title="neuromodsim: models of neuromodulation on Brian2",
    journal=f"version {__version__}",
    doi="",
    kind="misc",
)

SOFTWARE = (BRIAN2, NEUROMODSIM)
