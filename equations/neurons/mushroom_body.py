"""The cells of a mushroom body: projection neurons, Kenyon cells, APL, and output neurons.

    projection neurons ──random claws──► Kenyon cells ──plastic──► output neurons
            ▲                              │    ▲
            └──────────── APL ◄────────────┘    │
                           └────────────────────┘

Kenyon cells with the strongest input reach threshold first; the anterior paired lateral neuron (APL) sums
their spikes and, once a fraction of all cells has fired, silences the others and the terminals of the
projection neurons (Lin et al. 2014, Prisco et al. 2021). The result is a sparse code of a few percent of
the cells, most of which fire once.

APL does not spike. Its inhibition is a steep function of the fraction of Kenyon cells that have fired, so
this fraction hardly depends on input strength.

The circuit is that of the cited articles. Membrane properties, thresholds and durations are assumptions of
this package: an image lasts 20 ms here, an odour about a second there. Every image starts from rest, as
after a pause.
"""

from brian2 import ms, mV, second
from brian2.units import volt

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import ASO_2014, DASGUPTA_2017, LIN_2014, PRISCO_2021

SILENT = 10 * mV / ms  # inhibition at which a terminal no longer releases

PROJECTION_NEURON = NeuronModel(
    name="projection_neuron",
    summary="Fires at a rate that follows the brightness of its pixel, until APL silences its terminals.",
    source=PRISCO_2021,
    equations="""
    charge     : 1                     # towards the next spike
    frame      : integer (linked)      # which row of the stimulus is shown
    showing    : 1 (linked)            # 1 while something is shown
    closing    : 1 (linked)            # 1 in the last step before the next image
    inhibition : volt/second (linked)  # from APL
    """,
    step="charge += showing*stimulus(frame, i)/fullest",
    threshold="charge > 1 and inhibition < silent",
    reset="charge -= 1",
    # A phase drawn at each end, so that no image is coded twice in quite the same way.
    events={"pause": "closing > 0.5"},
    on_event={"pause": "charge = rand()"},
    parameters={
        "fullest": Parameter(
            127.0, "brightness at which a cell fires in each step", low=1e-3, evidence="assumed"
        ),
        "silent": Parameter(
            SILENT, "inhibition at which terminals are silent", low=0 * volt / second, evidence="assumed"
        ),
    },
)

KENYON_CELL = NeuronModel(
    name="kenyon_cell",
    summary="Sums a few projection neurons, and fires if it is among the first.",
    source=DASGUPTA_2017,
    equations="""
    dv/dt = (E_L - v)/tau_m - inhibition : volt                  # membrane
    inhibition                           : volt/second (linked)  # from APL
    onset                                : 1 (linked)            # 1 in the first step of an image
    """,
    step="v = v + onset*(E_L - v)",
    threshold="v > v_threshold",
    reset="v = E_L",
    parameters={
        "E_L": Parameter(-60 * mV, "rest", evidence="assumed"),
        "v_threshold": Parameter(-40 * mV, "threshold", evidence="assumed"),
        "tau_m": Parameter(100 * ms, "membrane time constant", low=1 * ms, evidence="assumed"),
    },
    initial={"v": "E_L"},
)

APL = NeuronModel(
    name="apl",
    summary="The anterior paired lateral neuron: silences Kenyon cells once a fraction of them has fired.",
    source=LIN_2014,
    equations="""
    fired      : 1            # share of Kenyon cells that have fired since the onset
    inhibition : volt/second  # of Kenyon cells
    onset      : 1 (linked)   # 1 in the first step of an image
    closing    : 1 (linked)   # 1 in its last step
    """,
    step="""
    fired = fired*(1 - onset)
    inhibition = strongest/(1 + (enough/(fired + 1e-9))**steepness)
    """,
    events={"verdict": "closing > 0.5"},
    parameters={
        "enough": Parameter(
            0.05,
            "fraction of active Kenyon cells at half-maximal inhibition",
            "5 % active",
            low=1e-6,
            evidence="reported",
        ),
        "steepness": Parameter(8.0, "exponent of inhibition", low=1.0, evidence="assumed"),
        "strongest": Parameter(40 * mV / ms, "maximal inhibition", low=0 * mV / ms, evidence="assumed"),
    },
)

OUTPUT_NEURON = NeuronModel(
    name="output_neuron",
    summary="A mushroom body output neuron: sums the Kenyon cells of its compartment.",
    source=ASO_2014,
    equations="""
    dv/dt = -v/tau_m : volt        # membrane, from rest
    votes            : 1           # spikes since the onset of an image
    onset            : 1 (linked)  # 1 in its first step
    closing          : 1 (linked)  # 1 in its last step
    """,
    step="""
    v = v*(1 - onset)
    votes = votes*(1 - onset) + int(v > v_threshold)
    """,
    threshold="v > v_threshold",
    reset="v -= v_threshold",
    events={"verdict": "closing > 0.5"},
    parameters={
        "tau_m": Parameter(1 * second, "membrane time constant", low=1 * ms, evidence="assumed"),
        "v_threshold": Parameter(0.5 * mV, "threshold, relative to rest", low=1e-3 * mV, evidence="assumed"),
    },
)
