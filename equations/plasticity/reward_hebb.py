"""Hebb's rule times success, the simplest rule that reward modulates (Frémaux, Sprekeler and Gerstner 2010).

    Δw = η S x y

Its mean, η (Cov(S, x y) + ⟨S⟩⟨x y⟩), has an unsupervised part. It vanishes only if the mean of ``success``
is zero for each stimulus: the protocol `reward_centring` has the closed form of all cases. Target units
declare ``success``, the reward minus what they expect.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FREMAUX_2010

REWARD_HEBB = SynapseModel(
    name="reward_hebb",
    summary="A weight changes with both rates, times success.",
    source=FREMAUX_2010,
    equations="w : 1",
    on_pre="arrived_post += w*y_pre",
    step="w += eta*success_post*y_pre*y_post",
    parameters={"eta": Parameter(0.05, "learning rate per step", low=0.0, evidence="assumed")},
)
