"""An autoreceptor that opens potassium channels of the cell: GIRK.

    I → I + g_girk · occupancy · (E_girk − v)

D2 on dopamine neurons, 5-HT1A on raphe neurons and α2A in the locus coeruleus all slow the cells this way.
No one publication has this form; Dreyer's toolbox, which is named as the source, has the loop with a rate
in place of a membrane. The conductance is assumed, of the order of the leak of these small cells; the G
protein's own delay is left out, which makes the current as fast as the receptor.
"""

from brian2 import mV, nS

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import DREYER_2013

GIRK = EffectModel(
    name="girk",
    summary="Potassium channels opened by an autoreceptor, which slow firing.",
    source=DREYER_2013,
    changes={"I": "I + g_girk*soma*(E_girk - v)"},
    reads=("soma",),
    parameters={
        "g_girk": Parameter(2 * nS, "conductance at full occupancy", low=0 * nS, evidence="assumed"),
        "E_girk": Parameter(
            -90 * mV, "potassium reversal potential", "textbook value", evidence="unverified"
        ),
    },
)
