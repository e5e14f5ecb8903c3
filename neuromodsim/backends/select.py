"""The program of an experiment on a device."""

from neuromodsim.backends.program import Program
from neuromodsim.builder import mistakes
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Pairs
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording


def program_of(
    experiment: Experiment,
    recording: Recording,
    pairs: Pairs,
    device: str,
    how: ThirdFactor,
) -> Program:
    """Return the program of an experiment on a device, built if it is not there yet."""
    with mistakes.told(experiment):
        # Each device is imported where it is wanted: Brian2CUDA may not be there.
        if device == "cpp":
            from neuromodsim.backends import cpp

            return cpp.program(experiment, recording, how, pairs)
        if device == "cuda":
            from neuromodsim.backends import cuda

            return cuda.program(experiment, recording, how, pairs)
        from neuromodsim.backends.runtime import RuntimeProgram

        return RuntimeProgram(experiment, recording, how, device, pairs)
