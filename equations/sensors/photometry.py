"""What a fluorescent sensor shows of a concentration: ΔF/F.

A sensor is a receptor with a dye: it binds with an affinity, leaves with a rate, and brightens in proportion
to what is bound. It therefore saturates, and smears what is faster than its off-rate:

    d bound / dt = k_off (C / K_d (1 − bound) − bound) ,    ΔF/F = max_response · bound

A recorded ΔF/F is relative to the brightness at rest, which holds the tone; subtract the baseline of the
simulated signal before a comparison. Expressed sensors also bind, and buffer, some of the modulator.

All affinities and rates are remembered from the articles that introduced the sensors, where they were
measured on cultured cells, often at room temperature; the abstract of the first GRAB sensors gives
90 % and "nanomolar to submicromolar". Drugs that act on the receptor that the sensor was made from also
block it: quinpirole and haloperidol bind GRAB-DA (from D2), SCH 23390 blocks dLight (from D1).
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import Parameter, ReceptorModel
from neuromodsim.equations.sources import FENG_2019, JING_2020, PATRIARCHI_2018, SUN_2018, WAN_2021

ARTICLE = "article"

PHOTOMETRY = ReceptorModel(
    name="photometry",
    summary="A fluorescent sensor whose brightness increases with binding.",
    source=PATRIARCHI_2018,
    level="signal",
    equations="""
    dbound/dt = k_off*(C/K_d*free - bound) : 1
    free = 1 - bound                       : 1  # what nothing is bound to
    signal = max_response*bound            : 1  # change of brightness, relative to the dark sensor
    """,
    parameters={
        "K_d": Parameter(
            330 * nmolar,
            "dissociation constant of the sensor",
            ARTICLE,
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="unverified",
        ),
        "k_off": Parameter(
            10 / second,
            "unbinding rate",
            ARTICLE,
            low=1e-3 / second,
            high=1e5 / second,
            evidence="unverified",
        ),
        "max_response": Parameter(
            2.3,
            "fluorescence change at full binding",
            ARTICLE,
            low=0.0,
            high=100.0,
            evidence="unverified",
        ),
    },
    ranges={"bound": (0.0, 1.0)},
)


def _recalled(value: object) -> Parameter:
    return Parameter(value, "", ARTICLE, evidence="unverified")


DLIGHT1_1 = PHOTOMETRY.preset(
    name="dlight1_1",
    summary="dLight1.1: dopamine, fast, of medium affinity.",
    source=PATRIARCHI_2018,
    K_d=_recalled(330 * nmolar),
    k_off=_recalled(10 / second),
    max_response=_recalled(2.3),
)

DLIGHT1_3B = PHOTOMETRY.preset(
    name="dlight1_3b",
    summary="dLight1.3b: dopamine, fast, of low affinity and large response.",
    source=PATRIARCHI_2018,
    K_d=_recalled(1680 * nmolar),
    k_off=_recalled(10 / second),
    max_response=_recalled(9.3),
)

GRAB_DA1M = PHOTOMETRY.preset(
    name="grab_da1m",
    summary="GRAB-DA1m: dopamine, of medium affinity.",
    source=SUN_2018,
    K_d=_recalled(130 * nmolar),
    k_off=_recalled(1 / (0.7 * second)),
    max_response=Parameter(0.9, "", "abstract", evidence="reported"),
)

GRAB_DA1H = PHOTOMETRY.preset(
    name="grab_da1h",
    summary="GRAB-DA1h: dopamine, of high affinity, slow unbinding.",
    source=SUN_2018,
    K_d=_recalled(10 * nmolar),
    k_off=_recalled(1 / (2.5 * second)),
    max_response=Parameter(0.9, "", "abstract", evidence="reported"),
)

GRAB_NE1M = PHOTOMETRY.preset(
    name="grab_ne1m",
    summary="GRAB-NE1m: noradrenaline, of medium affinity.",
    source=FENG_2019,
    K_d=_recalled(930 * nmolar),
    k_off=_recalled(1 / (0.75 * second)),
    max_response=_recalled(2.3),
)

GRAB_5HT1 = PHOTOMETRY.preset(
    name="grab_5ht1",
    summary="GRAB-5-HT1.0: serotonin, of high affinity, slow unbinding.",
    source=WAN_2021,
    K_d=_recalled(22 * nmolar),
    k_off=_recalled(1 / (3.1 * second)),
    max_response=_recalled(2.5),
)

GRAB_ACH3 = PHOTOMETRY.preset(
    name="grab_ach3",
    summary="GRAB-ACh3.0: acetylcholine, of medium affinity, slow unbinding.",
    source=JING_2020,
    K_d=_recalled(2000 * nmolar),
    k_off=_recalled(1 / (3.7 * second)),
    max_response=_recalled(2.8),
)
