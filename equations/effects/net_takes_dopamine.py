"""The noradrenaline transporter takes up dopamine too, where it is all there is: prefrontal cortex.

    k_loss → k_loss + net_V_max / (net_K_m (1 + noradrenaline / net_K_na) + C)

so that ``k_loss · C`` holds a second, saturable uptake, for which noradrenaline competes. It changes a pool of dopamine
and reads the concentration of noradrenaline: ``reads={"noradrenaline": "noradrenaline.C"}``. The transporter prefers
dopamine. Mice without it have slow dopamine in frontal cortex and not in striatum (Moron et al. 2002). The affinities
are remembered, the capacity is assumed.
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.equations.sources import MORON_2002
from neuromodsim.model import EffectModel, Parameter

NET_TAKES_DOPAMINE = EffectModel(
    name="net_takes_dopamine",
    summary="The noradrenaline transporter as a second uptake of dopamine.",
    source=MORON_2002,
    changes={"k_loss": "k_loss + net_V_max/(net_K_m*(1 + noradrenaline/net_K_na) + C)"},
    reads=("noradrenaline",),
    parameters={
        "net_V_max": Parameter(
            100 * nmolar / second,
            "fastest uptake of dopamine by the noradrenaline transporter",
            low=0 * nmolar / second,
            high=1 * mmolar / second,
            evidence="assumed",
        ),
        "net_K_m": Parameter(
            670 * nmolar,
            "its affinity for dopamine",
            "cloned human transporter",
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="recalled",
        ),
        "net_K_na": Parameter(
            2600 * nmolar,
            "its affinity for noradrenaline",
            "cloned human transporter",
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="recalled",
        ),
    },
)
