"""A prescribed transient: a concentration that steps, or rises and falls as an alpha function.

For what is known to be there, without a nucleus that releases it: a dose in a dish, a burst, a pause.
From the onset on, and for as long as it lasts, ``held`` takes the place of the tonic concentration;
an alpha function, which peaks at ``size`` after ``tau``, is added to either. Each row may have its own
``held`` and ``size``.

    tonic ───┐onset         ┌─── tonic
             └──── held ────┘           +   size·(s/tau)·exp(1 - s/tau),  s = t - onset
"""

from brian2.units import ms, second
from brian2.units.stdunits import nM

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import LINDROOS_2018

TRANSIENT = ModulatorModel(
    name="transient",
    summary="A prescribed concentration: a tonic level, a step, and an alpha function.",
    source=LINDROOS_2018,
    equations="""
    C     : mmolar  # set in each step, to what it is in its middle
    held  : mmolar  # instead of the tonic concentration
    size  : mmolar  # peak of the alpha function
    begun = int(timestep(t, dt) >= timestep(onset, dt))                : 1
    under = begun*int(timestep(t, dt) < timestep(onset + lasting, dt)) : 1  # the step goes on
    since = clip((t + 0.5*dt - onset)/tau, 0, inf)                     : 1
    """,
    step="C = tonic + (held - tonic)*under + size*since*exp(1 - since)",
    level="C",
    method="relaxation",
    parameters={
        "tonic": Parameter(
            20 * nM,
            "concentration before the onset",
            "init_DA in D1_reduced_cascade2_0.mod",
            0 * nM,
            evidence="reported",
        ),
        "onset": Parameter(1 * second, "onset", "da_tstart", 0 * second, evidence="reported"),
        "lasting": Parameter(
            1e6 * second, "duration of the step: to the end", low=0 * second, evidence="assumed"
        ),
        "tau": Parameter(
            500 * ms, "time to peak of the alpha function", "da_tau", 1 * ms, evidence="reported"
        ),
    },
    initial={"C": "tonic", "held": "tonic", "size": 500 * nM},
)
