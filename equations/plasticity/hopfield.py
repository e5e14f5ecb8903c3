"""Storage of patterns in a Hopfield network: units that agree are joined, units that differ are set apart.

    w_ij = 1/N Σ_μ p_i p_j over patterns μ,    w_ii = 0;    s = sign(Σ w s)

While the units (`BINARY_UNIT`) are clamped to a pattern, each event ``store`` of the task adds it. A stored bit
is lost in one step with the probability ½ (1 - erf(√(N/2P))) for P patterns in a large network, about 0.0036 at
0.138 patterns per unit, above which patterns are not retrieved (Hopfield 1982; Amit et al. 1985).
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import HOPFIELD_1982

HOPFIELD_STORAGE = SynapseModel(
    name="hopfield_storage",
    summary="Each stored pattern adds the product of both units to their weight.",
    source=HOPFIELD_1982,
    equations="w : 1",
    on_pre="field_post += w*s_pre",
    on_event={"task.store": "w += s_pre*s_post/units*int(i != j)"},
    parameters={"units": Parameter(400, "number of units", integer=True, low=2, evidence="assumed")},
)
