"""A receptor as the third factor of plasticity, relative to its baseline occupancy.

    d_tonic → d_tonic + d_per_level (level - level_at_rest)

Rules such as dopamine-gated STDP multiply eligibility by a dimensionless factor. This effect provides it
from the occupancy of a receptor: occupancy above baseline, as after a burst, changes weights in one
direction, a dip in the other, like a prediction error. The strength is not known; it is chosen such that
one burst has the effect of one reward of the source.
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
        "d_per_level": Parameter(
            0.0, "third factor per unit of occupancy", "of this package", evidence="assumed"
        ),
        "level_at_rest": Parameter(
            0.0,
            "baseline occupancy, at which the third factor is zero",
            "of this package",
            low=0.0,
            high=1.0,
            evidence="assumed",
        ),
    },
)
