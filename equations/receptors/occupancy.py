"""How much of a receptor is occupied: binding with a rate, and leaving with another.

    d occupancy / dt = k_on C free − k_off occupancy ,    K_d = k_off / k_on

written with ``K_d`` and ``k_off``, because these are what is published. At rest the occupancy is
``C / (C + K_d)``; it gets there with the time constant ``1 / (k_off (1 + C / K_d))``: faster on the way up
than down, so that a slow receptor keeps a trace of every peak.

``free`` is what nothing is bound to. Drugs that compete share it. The receptor does not take the
modulator out of the pool, which would matter where receptors outnumber free molecules.

Affinities are measured at equilibrium, often on cells without the G proteins of a neuron, and rates are
hardly ever measured for the modulators themselves. Most rates in the presets are therefore assumed.
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import Parameter, ReceptorModel
from neuromodsim.equations.sources import EJDRUP_2026

CODE = "github.com/Ejdrup/striatal-dopamine-modelling, sim_functions.py"

RECEPTOR = ReceptorModel(
    name="receptor",
    summary="Occupancy that follows the concentration with binding and unbinding rates.",
    source=EJDRUP_2026,
    level="occupancy",
    equations="""
    doccupancy/dt = k_off*(C/K_d*free - occupancy) : 1
    free = 1 - occupancy                           : 1  # what nothing is bound to
    """,
    parameters={
        "K_d": Parameter(
            1000 * nmolar,
            "dissociation constant",
            CODE,
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="reported",
        ),
        "k_off": Parameter(
            1012.4 / 52 / second,
            "unbinding rate",
            CODE,
            low=1e-6 / second,
            high=1e5 / second,
            evidence="reported",
        ),
    },
    ranges={"occupancy": (0.0, 1.0)},
)
