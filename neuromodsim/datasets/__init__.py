"""Real data for experiments, as values: labelled images, spoken digits, events of a camera.

Each is read from the folder that the variable ``NEUROMODSIM_DATA`` names, else from the user's cache,
else downloaded from its public source into the cache. Scikit-learn's digits need neither.
"""

from neuromodsim.datasets.events import Recordings, event_digits
from neuromodsim.datasets.images import digits, mnist
from neuromodsim.datasets.labelled import Labelled
from neuromodsim.datasets.speech import mel_picture, spoken_digits

__all__ = ["Labelled", "Recordings", "digits", "event_digits", "mel_picture", "mnist", "spoken_digits"]
