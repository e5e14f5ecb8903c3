"""Cells that fire to a plan: at a tonic rate, with one burst and one pause.

What is left until a cell's next spike, counted in mean intervals, runs down at the present rate; then
another interval is drawn,

    interval = regularity − (1 − regularity) · ln(uniform) ,

so that its coefficient of variation is ``1 − regularity`` at any rate. With 0 this is a Poisson process, as
in published models of dopamine release. With 1 cells are pacemakers; started evenly spread they fire in
turn, and what they release is what Poisson cells release on average. Real dopamine neurons lie between.

The rate of the burst takes the place of the tonic one, for as long as the burst lasts; six spikes at 20 Hz
are 300 ms of it. In a pause nobody fires. A length of zero is no burst, or no pause.
"""

from brian2 import Hz, second

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import EJDRUP_2026

CODE = "github.com/Ejdrup/striatal-dopamine-modelling, sim_functions.py"

TONIC_BURST_PAUSE = NeuronModel(
    name="tonic_burst_pause",
    summary="Fires tonically, with one burst and one pause, randomly or regularly.",
    source=EJDRUP_2026,
    equations="""
    left  : 1  # until the next spike, in mean intervals
    fires : 1  # 1 if it fires in this step
    bursting = int(t >= burst_start - dt/2)*int(t < burst_start + burst_length - dt/2) : 1
    pausing  = int(t >= pause_start - dt/2)*int(t < pause_start + pause_length - dt/2) : 1
    rate = (tonic_rate + bursting*(burst_rate - tonic_rate))*(1 - pausing)             : hertz
    """,
    step="""
    left = left - rate*dt
    fires = int(left <= 0)
    left = left + fires*(regularity - (1 - regularity)*log(rand()))
    """,
    threshold="fires > 0.5",
    parameters={
        "tonic_rate": Parameter(4 * Hz, "mean rate", CODE, low=0 * Hz, high=1000 * Hz, evidence="reported"),
        "regularity": Parameter(
            0.0,
            "regularity of intervals: 0 for a Poisson process, 1 for a constant interval",
            f"{CODE}: Poisson",
            low=0.0,
            high=1.0,
            evidence="reported",
        ),
        "burst_rate": Parameter(
            20 * Hz, "mean rate in the burst", CODE, low=0 * Hz, high=1000 * Hz, evidence="reported"
        ),
        "burst_start": Parameter(1 * second, "onset of the burst", low=0 * second, evidence="assumed"),
        "burst_length": Parameter(0 * second, "duration", low=0 * second, evidence="assumed"),
        "pause_start": Parameter(1 * second, "onset of the pause", low=0 * second, evidence="assumed"),
        "pause_length": Parameter(0 * second, "duration", low=0 * second, evidence="assumed"),
    },
    initial={"left": "regularity*(i + 0.5)/N - (1 - regularity)*log(rand())"},
)
