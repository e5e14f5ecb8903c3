"""Extracellular compartments of serotonin: a terminal with a second uptake, and two fits to voltammetry.

The terminal model (Best, Reed et al. 2020) uses µmolar and hours. The unit of its second uptake is
ambiguous: Bunin and Wightman's 0.78 µmolar/s is 2808 µmolar/h, but the program uses 1400, with the comment
".78*1800", half of this value. The program multiplies it by 0.01 and by a gate that is closed at baseline
and opens 20 nmolar above it; in one version of the program the gate compares µmolar with a value in nmolar
and never opens. Here the gate is open, so that the second uptake is at most 0.01 · 1400 µmolar/h: 1.0
nmolar/s at baseline, compared with 34.8 for SERT. With the measured 780 nmolar/s it would be three times
the uptake by SERT.

In the program, serotonin also leaks out of the cytosol and glia, which are not modelled. ``leak`` balances
the published baseline of 60.3 nmolar, with a vesicular release of 1.89/h of 63.04 µmolar. The loss of 40/h
and the two returns to cytosol and glia of 1/h each make ``k_loss``.

No diffusion coefficient of serotonin was found; that of dopamine is used.
"""

from dataclasses import replace

from brian2 import second
from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.clearance.michaelis_menten import AS_DOPAMINE, EXTRACELLULAR
from neuromodsim.equations.clearance.two_uptakes import TWO_UPTAKES
from neuromodsim.equations.sources import BEST_2020, BUNIN_1998

PROGRAM = "published terminal program"
HOUR = 3600 * second

SEROTONIN_TERMINAL_REED = TWO_UPTAKES.preset(
    name="serotonin_terminal_reed",
    summary="Serotonin around a terminal, with a baseline of 60 nmolar.",
    source=BEST_2020,
    V_max=Parameter(250e3 * nmolar / HOUR, "", f"{PROGRAM}: 250 umolar/h", evidence="reported"),
    K_m=Parameter(60 * nmolar, "", PROGRAM, evidence="reported"),
    V_max_2=Parameter(
        14e3 * nmolar / HOUR, "", f"{PROGRAM}: 0.01*1400 umolar/h, gate open", evidence="reported"
    ),
    K_m_2=Parameter(170 * nmolar, "", PROGRAM, evidence="reported"),
    k_loss=Parameter(42 / HOUR, "", f"{PROGRAM}: (40 + 1 + 1)/h", evidence="reported"),
    leak=Parameter(3.435 * nmolar / second, "", "closes the balance at 60.3 nmolar", evidence="derived"),
)

ONE_UPTAKE = replace(EXTRACELLULAR, transporters={"SERT": "K_m"})

SEROTONIN_SNR_BUNIN = ONE_UPTAKE.preset(
    name="serotonin_snr_bunin",
    summary="Serotonin in slices of the substantia nigra, by one uptake.",
    source=BUNIN_1998,
    V_max=Parameter(780 * nmolar / second, "", "as quoted in the terminal program", evidence="reported"),
    K_m=Parameter(170 * nmolar, "", "as quoted in the terminal program", evidence="reported"),
    **AS_DOPAMINE,
)

SEROTONIN_RAPHE_BUNIN = ONE_UPTAKE.preset(
    name="serotonin_raphe_bunin",
    summary="Serotonin in slices of the dorsal raphe, by one uptake.",
    source=BUNIN_1998,
    V_max=Parameter(1300 * nmolar / second, "", "article", evidence="unverified"),
    K_m=Parameter(170 * nmolar, "", "as quoted in the terminal program", evidence="reported"),
    **AS_DOPAMINE,
)
