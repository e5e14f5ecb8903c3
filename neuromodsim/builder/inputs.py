"""The source of the value of each input, declared where the input is added.

The name of an input in a program follows from its source, so that two inputs of one name have one source.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["value", "sample_interval", "delay", "post_delay", "synchronisation_interval", "last_spike"]

# What Brian2 notes of the last spike of a cell, before there was one.
NEVER_SPIKED = {"lastspike": -1e4, "not_refractory": 1.0}
SUFFIX = {
    "sample_interval": "@interval",
    "delay": "@delay",
    "post_delay": "@post_delay",
    "synchronisation_interval": "@flush_interval",
}


@dataclass(frozen=True)
class InputSource:
    """What an input is: a value of the run, or something that follows from the rest of it.

    Parameters
    ----------
    kind
        ``"value"``: a parameter or an initial value, by path. ``"sample_interval"``: how often the recorded
        variable of this path is sampled. ``"delay"`` and ``"post_delay"``: the one delay of all
        synapses of a projection.
        ``"synchronisation_interval"``: how often weights of a projection are brought up to date.
        ``"last_spike"``: a variable of `NEVER_SPIKED`.
    of
        The path or the name of what it belongs to.
    group
        Where replicas have values of their own, the Brian2 group whose value it is.

    Examples
    --------
    >>> InputSource("sample_interval", "cortex.v").name
    'cortex.v@interval'
    """

    kind: Kind
    of: str
    group: str = ""

    @property
    def name(self) -> str:
        """What the input is called in a program."""
        name = self.of + SUFFIX.get(self.kind, "")
        return f"{name}@{self.group}" if self.group else name
