"""One look for all figures: sizes in inches, and colours by meaning."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

HERE = Path(__file__).parent
TWO_COLUMNS = 7.1

plt.style.use(HERE / "style.mplstyle")

COLOUR = {
    "contingent": "#c1440e",
    "yoked": "#4477aa",
    "no_dopamine": "#7f7f7f",
    "modulated": "#c1440e",
    "unmodulated": "#7f7f7f",
    "others": "#bbbbbb",
    "dopamine": "#8a2be2",
    "dorsal": "#c1440e",
    "ventral": "#4477aa",
}
