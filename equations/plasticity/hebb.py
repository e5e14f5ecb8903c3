"""Hebb's rule between rate units: what is active together is joined.

    dw = eta · x · y

With y = w·x, weights grow without limit along the first eigenvector of the correlation ⟨x xᵀ⟩, by a factor
exp(eta λ_1) per step in the mean, where λ_1 is its largest eigenvalue (Gerstner et al. 2014, section 19.3).
The learning rate is an assumption.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import GERSTNER_2014

HEBB = SynapseModel(
    name="hebb",
    summary="A weight grows with the product of the rates of both units.",
    source=GERSTNER_2014,
    equations="w : 1",
    on_pre="arrived_post += w*y_pre",
    step="w += eta*y_pre*y_post",
    parameters={"eta": Parameter(1e-3, "learning rate per step", low=0.0, evidence="assumed")},
)
