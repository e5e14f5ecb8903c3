"""The rule of Bienenstock, Cooper and Munro: the sign of a change depends on a threshold that slides.

    dw = eta · x · y · (y - θ),    θ: mean of y², of the target (`BCM_UNIT`)

Below the threshold active inputs are depressed, above it they are potentiated. For K linearly independent
patterns of equal probability the stable states are selective: y = K for one pattern, 0 for the others, θ = K.
With a fixed threshold there is none: weights vanish or grow without limit. The threshold must follow faster
than weights change, or both oscillate.

The form with ⟨y²⟩ is that of Intrator and Cooper (1992); Bienenstock et al. (1982) have a power of ⟨y⟩. The
minimal triplet rule of spikes has the same drift for independent Poisson trains (see `TRIPLET_STDP`). The
learning rate is an assumption.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import BIENENSTOCK_1982

BCM = SynapseModel(
    name="bcm",
    summary="A weight grows if its target is above a sliding threshold, and shrinks if it is below.",
    source=BIENENSTOCK_1982,
    equations="w : 1",
    on_pre="arrived_post += w*y_pre",
    step="w += eta*y_pre*y_post*(y_post - theta_post)",
    parameters={"eta": Parameter(2e-3, "learning rate per step", low=0.0, evidence="assumed")},
)
