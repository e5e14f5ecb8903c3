"""The key of an experiment's program, by which it is found again: a digest of its source."""

from collections.abc import Mapping
from typing import Any

from neuromodsim.backends.identity import describe
from neuromodsim.builder import mistakes
from neuromodsim.catalogue.finding import find
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Pairs
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.errors import NeuromodsimError
from neuromodsim.simulation.asking import expect_options, recording_of
from neuromodsim.simulation.courses import prescribed
from neuromodsim.simulation.values import blank, gather
from neuromodsim.simulation.wiring import draw_pairs


def program_key(
    experiment: str | Experiment,
    record: Recording | Mapping[str, Any] | None = None,
    *,
    third_factor: ThirdFactor = "event-driven",
    device: str = "cpp",
) -> str:
    """Return the key of the program of an experiment, as `simulate` would run it, without compiling it.

    Parameters
    ----------
    experiment
        Its name, or an `Experiment`.
    record
        What to keep, instead of the experiment's own `Recording`, as in `simulate`.
    third_factor
        ``"event-driven"``, ``"clock-driven"`` or ``"auto"``.
    device
        For which device its source is written; those that run in this process have the key of ``"cpp"``.

    Returns
    -------
    str
        24 hexadecimal digits: a digest of the source and of all that it takes and gives, the same on every
        computer with the same versions of Brian2, NumPy and SymPy, and for every seed.

    Raises
    ------
    WrongInput
        If a name cannot be used, or no source can be written.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from neuromodsim.protocols import PAIRING
    >>> program_key(PAIRING) == program_key(replace(PAIRING, name="another", duration=PAIRING.dt))
    True
    """
    known = find(experiment) if isinstance(experiment, str) else experiment
    expect_options(device, 0, third_factor)
    written: Any
    if device == "cuda":
        from neuromodsim.backends import cuda as written
    else:
        from neuromodsim.backends import cpp as written
    device = device if device == "cuda" else "cpp"
    built = prescribed(known, {})
    described = describe(built, recording_of(known, record), third_factor, _some_pairs(known), device)
    with mistakes.told(built):
        return str(written.key_of(described))


def _some_pairs(experiment: Experiment) -> Pairs:
    """Return the pairs of some run; as they are drawn, where what a run is given is not on this computer."""
    _, condition = experiment.condition(None)
    try:
        return gather(experiment, condition, blank(experiment), 0, float(experiment.duration)).pairs
    except NeuromodsimError:
        return draw_pairs(experiment, 0)
