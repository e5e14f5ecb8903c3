"""Autoreceptors on terminals and on cell bodies inhibit dopamine release, after Dreyer's toolbox.

D2 receptors on terminals divide release by ``1 + 3 R``, those on cell bodies reduce the rate by up to 10
spikes per second. At a fixed rate, the steady-state concentration is the positive root of a quadratic; with
both loops closed it is the solution of two equations. Here the loop is simulated spike by spike, and should
converge to this solution.

Conditions named ``..._1``, ``_2``, ``_4`` fix the rate, in spikes per second, and leave the somatic loop
open; cells fire in turn, without randomness. ``vta_poisson`` and ``snc_poisson`` are the same at 4 Hz with
cells that fire randomly. ``soma`` closes the somatic loop at an input of 5 Hz. The last conditions add 100
nmolar of nomifensine, which competes for the transporter, and an antagonist of the terminal autoreceptor,
at a hundred times its affinity.

The closed form omits first-order loss other than by the transporter, which is set to zero here. The toolbox
draws the spikes of all cells as one Poisson number per step; individual cells are equivalent. Its drug
doses act on both compartments; here they act on terminals only.
"""

from typing import Any

from brian2 import Hz, ms, second
from brian2.units.allunits import nmolar, umolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording
from neuromodsim.equations.sources import DREYER_2013
from neuromodsim.protocols.dopamine_feedback.circuit import LOOP

REGIONS = {
    "vta": {"dopamine.V_max": 1.5 * umolar / second, "dopamine_release.release_all": 200 * nmolar},
    "snc": {"dopamine.V_max": 4 * umolar / second, "dopamine_release.release_all": 400 * nmolar},
}
NAMES = {"vta": "Ventral tegmental area to accumbens", "snc": "Substantia nigra to dorsal striatum"}
GIVEN_RATE = {"nucleus.somatic_fall": 0 * Hz}
BLOCKER = {"dopamine.nomifensine": 100 * nmolar}
ANTAGONIST = {"dopamine.sulpiride": 1500 * nmolar}


def condition(region: str, summary: str, **parameters: Any) -> Condition:
    """Return a condition of one region at a given rate; ``__`` stands for the dot of a path."""
    own = {path.replace("__", "."): value for path, value in parameters.items()}
    return Condition(summary=f"{NAMES[region]}, {summary}.", parameters=REGIONS[region] | GIVEN_RATE | own)


def conditions() -> dict[str, Condition]:
    """Return every condition of both regions."""
    found = {}
    for region in REGIONS:
        for rate in (1, 2, 4):
            found[f"{region}_{rate}"] = condition(region, f"{rate} Hz", nucleus__tonic_rate=rate * Hz)
        found[f"{region}_poisson"] = condition(region, "4 Hz at random", nucleus__regularity=0.0)
        for name, drug in (("blocker", BLOCKER), ("antagonist", ANTAGONIST)):
            one = condition(region, f"4 Hz, {name}")
            found[f"{region}_{name}"] = Condition(summary=one.summary, parameters={**one.parameters, **drug})
    loop = {"nucleus.tonic_rate": 5 * Hz}
    found["soma"] = Condition(
        summary="Both loops closed, with an input of 5 Hz.", parameters=REGIONS["vta"] | loop
    )
    found["soma_poisson"] = Condition(
        summary="Both loops closed, with an input of 5 Hz and randomly firing cells.",
        parameters=REGIONS["vta"] | loop | {"nucleus.regularity": 0.0},
    )
    return found


EXPERIMENT = Experiment(
    name="dopamine_feedback",
    summary="Terminal and somatic autoreceptors inhibit dopamine release, with and without drugs.",
    source=DREYER_2013,
    circuit=LOOP,
    conditions=conditions(),
    parameters={
        "nucleus.regularity": 1.0,  # cells fire in turn: the expectation
        "dopamine.k_loss": 0 / second,
        "somatodendritic.k_loss": 0 / second,
    },
    recording=Recording(
        states={
            "dopamine.C": 10 * ms,
            "dopamine.terminal": 10 * ms,
            "dopamine.D1": 10 * ms,
            "somatodendritic.C": 10 * ms,
            "somatodendritic.soma": 10 * ms,
        },
    ),
    duration=60 * second,
    dt=0.1 * ms,
)
