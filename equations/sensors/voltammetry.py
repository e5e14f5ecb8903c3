"""What a carbon fibre shows of a concentration: fast-scan cyclic voltammetry.

Molecules adsorb to the fibre and leave it, so that the electrode follows with a delay of its own, here of
first order:

    d signal / dt = (C − signal) / tau_electrode

A constant concentration is shown as it is. Voltammetry subtracts a background, so a recording has no tone:
subtract the value before the stimulus from the simulated signal too. A published model convolves with a
kernel whose integral is not one; its axis is not a concentration. Here it is.

Left out: the ten scans per second, the fibre's averaging over 100 µm (use the mean over voxels), and other
molecules that oxidise. The time constant is assumed; it depends on the waveform and the fibre.
"""

from brian2 import second

from neuromodsim.description.model import Parameter, ReceptorModel
from neuromodsim.equations.sources import VENTON_2002

VOLTAMMETRY = ReceptorModel(
    name="voltammetry",
    summary="Fast-scan voltammetry: carbon-fibre electrode with a response lag.",
    source=VENTON_2002,
    level="signal",
    equations="dsignal/dt = (C - signal)/tau_electrode : mmolar",
    parameters={
        "tau_electrode": Parameter(
            0.5 * second,
            "time constant of adsorption",
            "order of published delays",
            low=1e-3 * second,
            evidence="assumed",
        ),
    },
)
