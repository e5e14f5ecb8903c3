"""The look of all figures, which importing one sets: no window, and the style sheet."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from neuromodsim.plots.style import SHEET
from neuromodsim.plots.style import TWO_COLUMNS as TWO_COLUMNS

plt.style.use(SHEET)
