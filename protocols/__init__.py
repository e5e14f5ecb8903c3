"""What subjects do: one experiment per folder. This list is the catalogue."""

from neuromodsim.protocols.bursting_and_dopamine import EXPERIMENT as BURSTING_AND_DOPAMINE
from neuromodsim.protocols.digits import EXPERIMENT as DIGITS
from neuromodsim.protocols.digits import NARROW as DIGITS_NARROW
from neuromodsim.protocols.distal_reward import EXPERIMENT as DISTAL_REWARD
from neuromodsim.protocols.dopamine_feedback import EXPERIMENT as DOPAMINE_FEEDBACK
from neuromodsim.protocols.dopamine_volume import EXPERIMENT as DOPAMINE_VOLUME
from neuromodsim.protocols.dopamine_volume import POINT_SOURCE as POINT_SOURCE
from neuromodsim.protocols.dopamine_volume import WELL_MIXED as DOPAMINE_VOLUME_WELL_MIXED
from neuromodsim.protocols.go_nogo import EXPERIMENT as GO_NOGO
from neuromodsim.protocols.go_nogo import INTRA as GO_NOGO_INTRA
from neuromodsim.protocols.go_nogo import LONG as GO_NOGO_LONG
from neuromodsim.protocols.go_nogo_rates import EXPERIMENT as GO_NOGO_RATES
from neuromodsim.protocols.mushroom_body import EXPERIMENT as MUSHROOM_BODY
from neuromodsim.protocols.mushroom_body import ON_EVENTS as MUSHROOM_BODY_EVENTS
from neuromodsim.protocols.mushroom_body import ON_MNIST as MUSHROOM_BODY_MNIST
from neuromodsim.protocols.mushroom_body import ON_SPOKEN as MUSHROOM_BODY_SPOKEN
from neuromodsim.protocols.naca_classification import EXPERIMENT as NACA_CLASSIFICATION
from neuromodsim.protocols.naca_classification import RIVALS as MNIST_RULES
from neuromodsim.protocols.naca_classification import SPEECH as SPOKEN_RULES
from neuromodsim.protocols.noradrenaline_slice import EXPERIMENT as NORADRENALINE_SLICE
from neuromodsim.protocols.pairing import EXPERIMENT as PAIRING
from neuromodsim.protocols.pka_and_gate import AND_GATE as AND_GATE
from neuromodsim.protocols.pka_and_gate import EXPERIMENT as PKA_AND_GATE
from neuromodsim.protocols.serotonin_undershoot import EXPERIMENT as SEROTONIN_UNDERSHOOT
from neuromodsim.protocols.serotonin_undershoot import SETTLING as SEROTONIN_SETTLING
from neuromodsim.protocols.stdp_windows import EXPERIMENT as STDP_WINDOWS
