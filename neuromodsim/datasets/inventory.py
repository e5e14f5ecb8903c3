"""Which data sets there are, in which file each is, and where that comes from."""

from dataclasses import dataclass

from neuromodsim.datasets import events, images, speech


@dataclass(frozen=True)
class DataSet:
    """A data set in a file of its own, which the function ``name`` of ``neuromodsim.datasets`` reads."""

    name: str
    file: str
    source: str  # an address
    megabytes: int  # to download


DATA_SETS = (
    DataSet("mnist", images.FILE, images.MIRROR, 11),
    DataSet("spoken_digits", speech.FILE, speech.SOURCE, 16),
    DataSet("event_digits", events.FILE, events.SOURCE, 18),
)
