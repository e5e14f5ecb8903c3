"""Units that send a number in every step: weighted sums, noisy or with a sliding threshold, and a leaky tanh.

    linear:     y = Σ w x + drive
    noisy:      y = Σ w x + drive + ξ,    ξ normal, drawn in every step
    BCM:        y = Σ w x + drive,    τ_θ dθ/dt = y² - θ
    rate unit:  τ dx/dt = -x + Σ w r + drive,    r = tanh(x)

A projection adds to ``arrived`` (``arrived_post += w*y_pre``), which is read and cleared once per step
([order within a step](../../docs/rate-networks.md)). The linear unit is the cell of Oja (1982). The noisy
one explores, and has a ``success`` that others set, for rules that reward modulates. The sliding threshold
is that of Bienenstock et al. (1982) in the form of Intrator and Cooper (1992), whose fixed points are known
in closed form; the rate unit that of Sompolinsky et al. (1988), with the time constant of Miconi (2017).
Between two steps its input is constant, for which its equation is exact. The threshold's time constant is
an assumption: short compared with learning, long compared with the sequence of patterns.
"""

from brian2 import ms

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import BIENENSTOCK_1982, FIETE_2006, OJA_1982, SOMPOLINSKY_1988

SUM = """
y       : 1  # what it sends
arrived : 1  # weighted sum of what arrived
drive   : 1  # constant input
"""

LINEAR_UNIT = NeuronModel(
    name="linear_unit",
    summary="The weighted sum of what arrived.",
    source=OJA_1982,
    equations=SUM,
    step="y = arrived + drive\narrived = 0",
    sends="always",
)

NOISY_UNIT = NeuronModel(
    name="noisy_unit",
    summary="The weighted sum of what arrived, and noise.",
    source=FIETE_2006,
    equations=SUM + "noise : 1  # perturbation in this step\nsuccess : 1  # reward minus its expectation",
    step="""
    noise = sigma*randn()
    y = arrived + drive + noise
    arrived = 0
    """,
    sends="always",
    parameters={"sigma": Parameter(0.2, "standard deviation of the noise", low=0.0, evidence="assumed")},
)

BCM_UNIT = NeuronModel(
    name="bcm_unit",
    summary="The weighted sum of what arrived, and a threshold that follows the mean of its square.",
    source=BIENENSTOCK_1982,
    equations=SUM + "theta : 1  # sliding threshold",
    step="""
    y = arrived + drive
    arrived = 0
    theta += (y**2 - theta)*(1 - exp(-dt/tau_theta))
    """,
    sends="always",
    parameters={
        "tau_theta": Parameter(100 * ms, "time constant of the threshold", low=0.1 * ms, evidence="assumed"),
    },
)

TANH_UNIT = NeuronModel(
    name="tanh_unit",
    summary="A leaky unit that sends the hyperbolic tangent of its state.",
    source=SOMPOLINSKY_1988,
    equations="""
    dx/dt = (arrived + drive - x)/tau : 1  # state
    r                                 : 1  # what it sends
    arrived                           : 1  # weighted sum of what arrived
    drive                             : 1  # constant input
    """,
    method="exponential_euler",
    step="r = tanh(x)\narrived = 0",
    sends="always",
    parameters={
        "tau": Parameter(
            30 * ms, "time constant", "Miconi (2017), program", low=0.1 * ms, evidence="reported"
        ),
    },
)
