"""Electrical stimulation of axons: each pulse evokes a spike in every stimulated axon.

In slices and in the medial forebrain bundle, axons are stimulated. Such a spike releases as much as any
other spike. It does not affect the membrane and the adaptation of the cell: antidromic spikes and their
after-effects (the pause after a train) are not modelled.

    electrode ──pulse──► axon ──┐
                                ├──► a spike, which releases
    membrane reaches threshold ─┘
"""

from dataclasses import replace

from brian2 import Hz, second

from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.equations.sources import PALIJ_1994

ABSTRACT = "abstract"

ELECTRODE = NeuronModel(
    name="electrode",
    summary="A train of pulses: 30 at 100 Hz.",
    source=PALIJ_1994,
    equations="""
    given : 1                            # pulses so far
    due = onset + given/frequency : second
    """,
    threshold="given < pulses and timestep(t, dt) >= timestep(due, dt)",
    reset="given += 1",
    parameters={
        "onset": Parameter(1 * second, "time of the first pulse", low=0 * second, evidence="assumed"),
        "pulses": Parameter(30.0, "number of pulses", ABSTRACT, low=0.0, evidence="reported"),
        "frequency": Parameter(100 * Hz, "pulse frequency", ABSTRACT, low=0.001 * Hz, evidence="reported"),
    },
    ranges={"given": (0, None)},
)

PULSE = SynapseModel(
    name="pulse",
    summary="A stimulus pulse evokes one spike in each axon.",
    source=PALIJ_1994,
    on_pre="axon_post = 1",
)


def with_axon(cell: NeuronModel) -> NeuronModel:
    """Return an adaptive exponential cell whose axon an electrode can excite (`PULSE`)."""
    return replace(
        cell,
        name=f"{cell.name}_with_axon",
        equations=f"{cell.equations}\naxon : 1  # 1 from a pulse until its spike, one step later\n",
        threshold=f"({cell.threshold}) or axon > 0.5",
        reset=f"""
        own = int({cell.threshold})  # the cell's own spike, not a pulse's
        v += own*(v_reset - v)
        I_w += own*b
        axon = 0
        """,
        made_of=(cell,),
    )
