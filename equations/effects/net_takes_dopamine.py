"""The noradrenaline transporter also takes up dopamine, where it is the only transporter: prefrontal cortex.

    k_loss → k_loss + net_V_max / (net_K_m + C + net_K_m/K_noradrenaline · noradrenaline)

so that ``k_loss · C`` includes a second, saturable uptake, for which noradrenaline competes. It acts on a
compartment of dopamine and reads the concentration of noradrenaline: ``reads={"noradrenaline":
"noradrenaline.C"}``. It adds the transporter ``NET`` to the compartment, as a target of drugs: apply
desipramine to dopamine as well. The transporter prefers dopamine. Mice without it have slow dopamine in
frontal cortex and not in striatum (Moron et al. 2002). The affinities, 0.67 µmolar for dopamine and 2.6 for
noradrenaline, are unverified, the capacity is assumed. Not modelled: competition of dopamine for the uptake
of noradrenaline.
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import MORON_2002

NET_TAKES_DOPAMINE = EffectModel(
    name="net_takes_dopamine",
    summary="The noradrenaline transporter as a second uptake of dopamine.",
    source=MORON_2002,
    changes={"k_loss": "k_loss + net_V_max/(net_K_m + C + net_preference*noradrenaline)"},
    reads=("noradrenaline",),
    transporters={"NET": "net_K_m"},
    parameters={
        "net_V_max": Parameter(
            100 * nmolar / second,
            "maximal rate of dopamine uptake by the noradrenaline transporter",
            low=0 * nmolar / second,
            high=1 * mmolar / second,
            evidence="assumed",
        ),
        "net_K_m": Parameter(
            670 * nmolar,
            "Michaelis constant for dopamine",
            "cloned human transporter",
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="unverified",
        ),
        "net_preference": Parameter(
            670 / 2600,
            "weight of a noradrenaline molecule relative to dopamine in competition",
            "cloned human transporter: 670/2600 nmolar",
            low=0.0,
            high=100.0,
            evidence="unverified",
        ),
    },
)
