"""A cell that signals prediction errors of one sign.

    predicted − observed ──► mismatch ──► rate = rate_most · tanh((side · mismatch − threshold)/width)₊

Of two populations of opposite sign, one signals the omission of a predicted outcome, the other the
occurrence of an unpredicted one. An outcome without a prediction activates one of them, a violated
prediction both, so that the sum of their spikes measures surprise. After SpikeSuM, without its
refractoriness and discrete time.
"""

from brian2 import Hz, ms

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import BARRY_2024

ERROR_CELL = NeuronModel(
    name="error_cell",
    summary="Fires randomly, at a rate that increases with the prediction error.",
    source=BARRY_2024,
    equations="""
    dmismatch/dt = -mismatch/tau_mismatch                                : 1  # predicted minus observed
    rate = rate_most*tanh(clip(side*mismatch - threshold, 0, inf)/width) : Hz
    side                                                                 : 1 (constant)  # 1 or -1
    fires                                                                : 1  # 1 if it fires in this step
    seen                                                                 : 1  # mismatch before the spikes of this step
    """,
    method="exact",
    step="""
    fires = int(rand() < rate*dt)
    seen = mismatch
    """,
    threshold="fires > 0.5",
    parameters={
        "tau_mismatch": Parameter(50 * ms, "time constant of inputs", low=1 * ms, evidence="assumed"),
        "rate_most": Parameter(100 * Hz, "maximal firing rate", low=0 * Hz, evidence="assumed"),
        "threshold": Parameter(1.5, "mismatch that is tolerated", low=0.0, evidence="assumed"),
        "width": Parameter(0.4, "mismatch scale of saturation", low=0.01, evidence="assumed"),
    },
    initial={"side": 1},
)
