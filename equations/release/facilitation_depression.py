"""Dopamine release with memory: one facilitation and two depressions.

    C += release_single · f1 · d1 · d2 / number of cells
    f1 *= kick_f1 ,   d1 *= kick_d1 ,   d2 *= kick_d2 ;    between spikes each returns to one

This is the form that Montague et al. (2004) fitted to voltammetry in behaving rats: a process that adds
within seconds, one that takes away within about as long, and one that takes away for a quarter of an hour.

A warning: the size of a single release, 0.03 µmolar, was read in a later figure legend. The three time
constants (4.5, 12 and 840 s) are remembered with little confidence, and the kicks are assumed: read the
article before a result hangs on them. That article also has a ``K_m`` of 0.02 µmolar and a ``V_max`` of 1
µmolar/s in that legend, unlike any pool here.
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import MONTAGUE_2004


def _kick(value: float, meaning: str) -> Parameter:
    return Parameter(value, meaning, low=0.0, high=10.0, evidence="assumed")


def _memory(value: float, meaning: str) -> Parameter:
    where = "recalled with low confidence"
    return Parameter(value * second, meaning, where, low=1e-3 * second, evidence="unverified")


FACILITATION_DEPRESSION = SynapseModel(
    name="facilitation_depression",
    summary="Dopamine release that facilitates for seconds and depresses for seconds and for minutes.",
    source=MONTAGUE_2004,
    equations="""
    df1/dt = (1 - f1)/tau_f1 : 1 (event-driven)  # facilitation
    dd1/dt = (1 - d1)/tau_d1 : 1 (event-driven)  # depression within seconds
    dd2/dt = (1 - d2)/tau_d2 : 1 (event-driven)  # depression within minutes
    """,
    on_pre="""
    C_post += p_release*release_single*f1*d1*d2/N_pre
    f1 *= kick_f1
    d1 *= kick_d1
    d2 *= kick_d2
    """,
    parameters={
        "p_release": Parameter(1.0, "release, relative to rest", low=0.0, high=10.0, evidence="assumed"),
        "release_single": Parameter(
            30 * nmolar,
            "concentration increase when every cell fires once after a long rest",
            "A0 in a later legend (PMC3699967, Fig. 6)",
            low=0 * nmolar,
            high=1 * mmolar,
            evidence="reported",
        ),
        "kick_f1": _kick(1.02, "factor on facilitation per spike"),
        "kick_d1": _kick(0.99, "factor on the short depression per spike"),
        "kick_d2": _kick(0.998, "factor on the long depression per spike"),
        "tau_f1": _memory(4.5, "time constant of facilitation"),
        "tau_d1": _memory(12, "time constant of the short depression"),
        "tau_d2": _memory(840, "time constant of the long depression"),
    },
    initial={"f1": 1, "d1": 1, "d2": 1},
    ranges={"f1": (0.0, None), "d1": (0.0, 1.0), "d2": (0.0, 1.0)},
)
