"""A cell that fires where what happens is not what was predicted, in one direction.

    predicted − observed ──► mismatch ──► rate = rate_most · tanh((side · mismatch − threshold)/width)₊

Of two populations of opposite sign, one says "this was predicted and did not come", the other "this came and was
not predicted". An outcome without a prediction makes one of them fire, a contradicted prediction both, so that the
sum of their spikes is surprise. After SpikeSuM; its refractoriness and its discrete time are left out.
"""

from brian2 import Hz, ms

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import BARRY_2024

ERROR_CELL = NeuronModel(
    name="error_cell",
    summary="Fires randomly, at a rate that increases with the prediction error.",
    source=BARRY_2024,
    equations="""
    dmismatch/dt = -mismatch/tau_mismatch                                : 1  # predicted less observed
    rate = rate_most*tanh(clip(side*mismatch - threshold, 0, inf)/width) : Hz
    side                                                                 : 1 (constant)  # 1 or -1
    fires                                                                : 1  # 1 if it fires in this step
    seen                                                                 : 1  # the mismatch before this step's spikes
    """,
    method="exact",
    step="""
    fires = int(rand() < rate*dt)
    seen = mismatch
    """,
    threshold="fires > 0.5",
    parameters={
        "tau_mismatch": Parameter(50 * ms, "memory of inputs", low=1 * ms, evidence="assumed"),
        "rate_most": Parameter(100 * Hz, "fastest", low=0 * Hz, evidence="assumed"),
        "threshold": Parameter(1.5, "mismatch that is let pass", low=0.0, evidence="assumed"),
        "width": Parameter(0.4, "how soon the rate saturates", low=0.01, evidence="assumed"),
    },
    initial={"side": 1},
)
