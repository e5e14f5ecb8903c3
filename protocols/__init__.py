"""What subjects do: one experiment per folder. This list is the catalogue."""

from neuromodsim.protocols.digits import EXPERIMENT as DIGITS
from neuromodsim.protocols.digits import NARROW as DIGITS_NARROW
from neuromodsim.protocols.distal_reward import EXPERIMENT as DISTAL_REWARD
from neuromodsim.protocols.pairing import EXPERIMENT as PAIRING
from neuromodsim.protocols.pka_and_gate import AND_GATE as AND_GATE
from neuromodsim.protocols.pka_and_gate import EXPERIMENT as PKA_AND_GATE
from neuromodsim.protocols.stdp_windows import EXPERIMENT as STDP_WINDOWS
