"""A glutamate synapse onto AMPA and NMDA conductances, with a gain that modulators change.

Each spike adds ``gain · w`` to AMPA and a share of it to NMDA. The share and the weight are those of the
medium spiny neuron of Humphries et al. (2009), by a public transcription of its table: 6.9 divided by the
decay of 6 ms for AMPA, half of 6.9 divided by 160 ms for NMDA.
"""

from brian2 import nS

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import HUMPHRIES_2009

TRANSCRIBED = "public transcription of the article's table"

GLUTAMATE = SynapseModel(
    name="glutamate",
    summary="Each spike opens AMPA and NMDA conductances, times a gain.",
    source=HUMPHRIES_2009,
    equations="w : siemens (constant)",
    on_pre="""
    g_ampa_post += gain*w
    g_nmda_post += gain*nmda_share*w
    """,
    parameters={
        "gain": Parameter(1.0, "factor that modulators change", low=0.0, evidence="assumed"),
        "nmda_share": Parameter(
            0.01875,
            "NMDA's peak, relative to AMPA's",
            f"0.5*6/160, {TRANSCRIBED}",
            low=0.0,
            evidence="derived",
        ),
    },
    initial={"w": 1.15 * nS},
)
