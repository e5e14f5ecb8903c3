"""The brake that acetylcholine puts on dopamine axons after it has driven them.

Nicotinic receptors depolarise dopamine axons, which may fire where they are; for some 100 ms after that, the
axons do not answer to the next spike (Zhang et al. 2025), more so in the dorsal than in the ventral striatum.
The brake is set by nicotinic binding, within milliseconds, and recovers with its own time constant:

    d brake / dt = (1 − brake) C / (K_d + C) / tau_set − brake / tau_release

The effect ``axonal_braking`` takes it off the release probability. Only the 100 ms, and that the brake is
more persistent in the dorsal striatum, were published in the text read; all else is assumed, the depth,
which is a parameter of the effect, included. What it reads is acetylcholine near its sites, up to
micromolar, not what spills over.
"""

from brian2 import ms
from brian2.units.allunits import mmolar, nmolar, umolar

from neuromodsim.description.model import Parameter, ReceptorModel
from neuromodsim.equations.sources import ZHANG_2025

AXONAL_BRAKE = ReceptorModel(
    name="axonal_brake",
    summary="Refractoriness of dopamine axons for 100 ms after acetylcholine drove them.",
    source=ZHANG_2025,
    level="brake",
    equations="dbrake/dt = (1 - brake)*C/(K_d + C)/tau_set - brake/tau_release : 1",
    parameters={
        "K_d": Parameter(
            10 * umolar,
            "concentration at half-maximal activation of nicotinic receptors",
            "as the receptor of high affinity",
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="assumed",
        ),
        "tau_set": Parameter(
            3 * ms,
            "time constant of onset of the inhibition at full occupancy",
            low=0.1 * ms,
            evidence="assumed",
        ),
        "tau_release": Parameter(
            100 * ms, "time constant of recovery", "abstract", low=1 * ms, evidence="reported"
        ),
    },
    ranges={"brake": (0.0, 1.0)},
)

AXONAL_BRAKE_VENTRAL = AXONAL_BRAKE.preset(
    name="axonal_brake_ventral",
    summary="Refractoriness of dopamine axons in the ventral striatum, which is less persistent.",
    source=ZHANG_2025,
    tau_release=Parameter(50 * ms, "", "less than dorsal, by an assumed amount", evidence="assumed"),
)
