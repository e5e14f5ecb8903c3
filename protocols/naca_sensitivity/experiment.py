"""Sensitivity to NACA's modulator–plasticity curve: a condition for each point of the published map."""

from dataclasses import replace

import numpy as np
from brian2 import ms

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.protocols.naca_classification.experiment import MNIST, STEPS, classification

SAMPLED = 6000  # images that a point of the map shows
INVERSIONS = np.arange(1, 11) / 10  # the published map
STRONGEST = np.arange(2, 21, 2) / 10


def sensitivity() -> Experiment:
    """Return NACA on some thousand images, with a condition for each curve from level to plasticity."""
    whole = classification(MNIST)
    conditions = {
        f"inversion_{turn:.1f}_strongest_{most:.1f}": Condition(
            summary=f"Plasticity changes sign at a level of {turn:.1f} and is at most {most:.1f}.",
            parameters={"release.lambda_inv": float(turn), "release.theta_max": float(most)},
        )
        for turn in INVERSIONS
        for most in STRONGEST
    }
    return replace(
        whole,
        name="naca_sensitivity",
        summary="6,000 images: sensitivity to NACA's modulator–plasticity curve, in a hundred variants.",
        conditions=conditions,
        duration=SAMPLED * STEPS * ms,
        recording=replace(whole.recording, states={}),
    )


EXPERIMENT = sensitivity()
