"""A receptor as the third factor of plasticity, counted from its occupancy at rest.

    d_tonic → d_tonic + d_per_level (level - level_at_rest)

Rules such as dopamine-gated STDP multiply eligibility by a number without a unit. This turns the occupancy
of a receptor into that number: occupancy above rest, as after a burst, teaches one way and a dip below it
the other, as prediction errors do. How much a given occupancy teaches is not known; it is set so that one
burst weighs as much as one reward of the rule's source.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import IZHIKEVICH_2007

PLASTICITY_ABOVE_REST = EffectModel(
    name="plasticity_above_rest",
    summary="Occupancy above baseline potentiates, below baseline depresses.",
    source=IZHIKEVICH_2007,
    changes={"d_tonic": "d_tonic + d_per_level*(level - level_at_rest)"},
    reads=("level",),
    parameters={
        "d_per_level": Parameter(0.0, "third factor per unit of occupancy", "ours", evidence="assumed"),
        "level_at_rest": Parameter(
            0.0,
            "baseline occupancy, at which the third factor is zero",
            "ours",
            low=0.0,
            high=1.0,
            evidence="assumed",
        ),
    },
)
