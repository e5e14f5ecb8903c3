"""Noradrenaline converts regular-spiking into bursting cells: Izhikevich's c and d.

    c = −65 mV + 30 mV · level ,    d = 8 mV − 12 mV · level

A level of 0.5 gives c = −50 and d = 2: chattering. Acetylcholine, in the same scheme, brings the cells
back, which is a level of zero. Keep the level below 2/3: d turns negative there.

It changes ``v_reset`` and ``u_jump`` of the cells in ``izhikevich_2007``. The slopes are those of a
published network in which noradrenaline signals that a task has changed; they are a computational switch,
not a measurement.
"""

from brian2 import mV

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import IZHIKEVICH_2003

NORADRENERGIC_BURSTING = EffectModel(
    name="noradrenergic_bursting",
    summary="A level that converts regular-spiking into bursting cells.",
    source=IZHIKEVICH_2003,
    changes={
        "v_reset": "v_reset + burst_reset*level",
        "u_jump": "u_jump - burst_recovery*level",
    },
    reads=("level",),
    parameters={
        "burst_reset": Parameter(
            30 * mV, "increase of the reset potential", "network program", evidence="reported"
        ),
        "burst_recovery": Parameter(
            12 * mV, "reduction of the recovery increment", "network program", evidence="reported"
        ),
    },
)
