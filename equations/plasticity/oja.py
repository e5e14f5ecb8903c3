"""Oja's rule: Hebb's rule with a decay that keeps the weights normalised.

    dw = eta · y · (x - y · w)

With y = w·x, weights converge to the first eigenvector of ⟨x xᵀ⟩, of length 1: the first principal component of
inputs with mean zero (Oja 1982). The learning rate is an assumption.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import OJA_1982

OJA = SynapseModel(
    name="oja",
    summary="Hebb's rule with a decay that keeps the weights of a unit normalised.",
    source=OJA_1982,
    equations="w : 1",
    on_pre="arrived_post += w*y_pre",
    step="w += eta*y_post*(y_pre - y_post*w)",
    parameters={"eta": Parameter(1e-2, "learning rate per step", low=0.0, evidence="assumed")},
)
