"""Release specified by its sum: the concentration increase when all cells fire once.

    C += p_release · release_all / number of cells     at each spike

This is the parameterisation of Dreyer's toolbox, where ``release_all`` is called gamma and refers to blocked
autoreceptors. ``p_release`` is relative, one at baseline: autoreceptors and heteroreceptors reduce it.
"""

from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import DREYER_2013, LAND_1984

TOOLBOX = "github.com/Lundbeck-Biometrics/Dopamine-Simulation-Tools"

RELEASE_ALL = SynapseModel(
    name="release_all",
    summary="A spike increases the concentration by its cell's fraction of the total release.",
    source=DREYER_2013,
    on_pre="C_post += p_release*release_all/N_pre",
    parameters={
        "p_release": Parameter(
            1.0, "release, relative to rest", TOOLBOX, low=0.0, high=10.0, evidence="reported"
        ),
        "release_all": Parameter(
            200 * nmolar,
            "concentration increase when every cell of the ventral tegmental area fires once",
            TOOLBOX,
            low=0 * nmolar,
            high=1 * mmolar,
            evidence="reported",
        ),
    },
)

RELEASE_ALL_SNC = RELEASE_ALL.preset(
    name="release_all_snc",
    summary="Dreyer's release from the substantia nigra in the dorsal striatum.",
    source=DREYER_2013,
    release_all=Parameter(
        400 * nmolar, "concentration increase when every cell fires once", TOOLBOX, evidence="reported"
    ),
)

RELEASE_ALL_SOMA = RELEASE_ALL.preset(
    name="release_all_soma",
    summary="Dreyer's release around cell bodies and dendrites.",
    source=DREYER_2013,
    release_all=Parameter(
        20 * nmolar, "concentration increase when every cell fires once", TOOLBOX, evidence="reported"
    ),
)

RELEASE_ALL_ACETYLCHOLINE = RELEASE_ALL.preset(
    name="release_all_acetylcholine",
    summary="Dreyer's release of acetylcholine from striatal interneurons.",
    source=DREYER_2013,
    release_all=Parameter(
        24 * nmolar, "concentration increase when every cell fires once", TOOLBOX, evidence="reported"
    ),
)

RELEASE_ALL_ACETYLCHOLINE_FAST = RELEASE_ALL.preset(
    name="release_all_acetylcholine_fast",
    summary="Release of acetylcholine at receptors near its release sites.",
    source=LAND_1984,
    release_all=Parameter(
        10000 * nmolar,
        "concentration increase when every cell fires once",
        "half-occupies nicotinic receptors of high affinity",
        evidence="assumed",
    ),
)
