"""An autoreceptor that opens potassium channels of the cell: GIRK.

    I → I + g_girk · occupancy · (E_girk − v)

D2 on dopamine neurons, 5-HT1A on raphe neurons and α2A in the locus coeruleus reduce firing by this
mechanism. No single publication has this form; Dreyer's toolbox, given as the source, has the same loop
with a rate instead of a membrane. The conductance is assumed, of the order of the leak of these small
cells; the delay of the G protein is not modelled, so that the current is as fast as the receptor.
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
