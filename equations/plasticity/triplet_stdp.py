"""Triplet spike-timing-dependent plasticity (Pfister and Gerstner 2006).

    at a presynaptic spike:   w = w - o1 (A2- + A3- r2),    r1 = r1 + 1, r2 = r2 + 1
    at a postsynaptic spike:  w = w + r1 (A2+ + A3+ o2),    o1 = o1 + 1, o2 = o2 + 1
    τ+ dr1/dt = -r1, τ_x dr2/dt = -r2 (presynaptic);    τ- do1/dt = -o1, τ_y do2/dt = -o2 (postsynaptic)

A spike reads the slow trace of its own cell as it was before. With ``nearest = 1`` a spike sets its traces to 1,
so that only nearest spikes interact; with 0 all do. Weights are relative to that at the start.

All eight published sets are presets: visual cortex (VC, fitted to Sjöström et al. 2001) and hippocampal culture
(HC, Wang et al. 2005), all spikes or nearest ones, full or minimal (without the terms that the fit hardly needs).
Of VC with all spikes, numbers were read in NEST (full) and Auryn (τ_y of the minimal set); the others of VC
are recalled, but give the published changes and errors; those of HC are recalled and not checked.

Of independent Poisson trains, the minimal set changes a weight at the mean rate

    A3+ τ+ τ_y ρ_x ρ_y² - A2- τ- ρ_x ρ_y

which is the rule of Bienenstock et al. (1982), with the threshold A2- τ- / (A3+ τ+ τ_y).
"""

from brian2 import ms, mV

from neuromodsim.description.model import Evidence, Parameter, SynapseModel
from neuromodsim.equations.sources import PFISTER_2006

TRIPLET_STDP = SynapseModel(
    name="triplet_stdp",
    summary="Pairs and triplets of spikes change a weight; visual cortex, all spikes, full.",
    source=PFISTER_2006,
    equations="""
    dr1/dt = -r1/tau_plus  : 1 (event-driven)  # presynaptic spikes, fast
    dr2/dt = -r2/tau_x     : 1 (event-driven)  # presynaptic spikes, slow
    do1/dt = -o1/tau_minus : 1 (event-driven)  # postsynaptic spikes, fast
    do2/dt = -o2/tau_y     : 1 (event-driven)  # postsynaptic spikes, slow
    w                      : 1                 # weight, 1 at the start
    """,
    on_pre="""
    I_synaptic_post += w_unit*w
    w = clip(w - o1*(A2_minus + A3_minus*r2), w_min, w_max)
    r1 += 1 - nearest*r1
    r2 += 1 - nearest*r2
    """,
    on_post="""
    w = clip(w + r1*(A2_plus + A3_plus*o2), w_min, w_max)
    o1 += 1 - nearest*o1
    o2 += 1 - nearest*o2
    """,
    parameters={
        "A2_plus": Parameter(5e-10, "potentiation by a pair", "Table 3; NEST", 0.0, evidence="reported"),
        "A3_plus": Parameter(6.2e-3, "potentiation by a triplet", "Table 3; NEST", 0.0, evidence="reported"),
        "A2_minus": Parameter(7e-3, "depression by a pair", "Table 3; NEST", 0.0, evidence="reported"),
        "A3_minus": Parameter(2.3e-4, "depression by a triplet", "Table 3; NEST", 0.0, evidence="reported"),
        "tau_plus": Parameter(
            16.8 * ms, "time constant of r1", "Table 3; NEST", 0.1 * ms, evidence="reported"
        ),
        "tau_minus": Parameter(
            33.7 * ms, "time constant of o1", "Table 3; NEST", 0.1 * ms, evidence="reported"
        ),
        "tau_x": Parameter(101 * ms, "time constant of r2", "Table 3; NEST", 0.1 * ms, evidence="reported"),
        "tau_y": Parameter(125 * ms, "time constant of o2", "Table 3; NEST", 0.1 * ms, evidence="reported"),
        "nearest": Parameter(0.0, "1 if only nearest spikes interact", "Eq. 2", 0.0, 1.0, "reported"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)

ORDER = ("A2_plus", "A3_plus", "A2_minus", "A3_minus", "tau_x", "tau_y", "nearest")


def _preset(name: str, summary: str, numbers: tuple[float, ...], evidence: Evidence) -> SynapseModel:
    """Return a published set; ``numbers`` as in `ORDER`, times in ms."""
    where = "Table 3" if "cortex" in summary else "Table 4"
    given = {n: v * ms if n.startswith("tau") else float(v) for n, v in zip(ORDER, numbers, strict=True)}
    parameters = {n: Parameter(v, "", where, evidence=evidence) for n, v in given.items()}
    return TRIPLET_STDP.preset(
        name=f"triplet_stdp_{name}",
        summary=f"Pairs and triplets of spikes change a weight; {summary}.",
        source=PFISTER_2006,
        **parameters,
    )


TRIPLET_STDP_MINIMAL = _preset(
    "minimal", "visual cortex, all spikes, minimal", (0, 6.5e-3, 7.1e-3, 0, 101, 114, 0), "unverified"
)
TRIPLET_STDP_NEAREST = _preset(
    "nearest",
    "visual cortex, nearest spikes, full",
    (8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 714, 40, 1),
    "unverified",
)
TRIPLET_STDP_NEAREST_MINIMAL = _preset(
    "nearest_minimal", "visual cortex, nearest spikes, minimal", (0, 5e-2, 8e-3, 0, 101, 40, 1), "unverified"
)
TRIPLET_STDP_HIPPOCAMPUS = _preset(
    "hippocampus", "hippocampus, all spikes, full", (6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 946, 27, 0), "unverified"
)
TRIPLET_STDP_HIPPOCAMPUS_MINIMAL = _preset(
    "hippocampus_minimal",
    "hippocampus, all spikes, minimal",
    (5.3e-3, 8e-3, 3.5e-3, 0, 101, 40, 0),
    "unverified",
)
TRIPLET_STDP_HIPPOCAMPUS_NEAREST = _preset(
    "hippocampus_nearest",
    "hippocampus, nearest spikes, full",
    (4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 575, 47, 1),
    "unverified",
)
TRIPLET_STDP_HIPPOCAMPUS_NEAREST_MINIMAL = _preset(
    "hippocampus_nearest_minimal",
    "hippocampus, nearest spikes, minimal",
    (4.6e-3, 9.1e-3, 3e-3, 0, 101, 48, 1),
    "unverified",
)
