"""Gain of the response to input, around a centre.

    input → centre + (input − centre) (1 + gain · level)

The gain of a unit's response, which catecholamines increase in the network of Servan-Schreiber et al.
(1990): the response becomes steeper around ``centre`` without a shift, so that strong inputs become
stronger and weak ones weaker. In a spiking cell, the slope of the f-I curve increases. Effect sizes are
assumed.
"""

from brian2 import pA

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import SERVAN_SCHREIBER_1990

INPUT_GAIN = EffectModel(
    name="input_gain",
    summary="A level that increases the gain of a cell's response to its input.",
    source=SERVAN_SCHREIBER_1990,
    changes={"input_current": "gain_centre + (input_current - gain_centre)*(1 + gain_rise*level)"},
    reads=("level",),
    parameters={
        "gain_rise": Parameter(1.0, "increase of the gain at a level of one", low=-1.0, evidence="assumed"),
        "gain_centre": Parameter(0 * pA, "input that is not scaled", evidence="assumed"),
    },
)
