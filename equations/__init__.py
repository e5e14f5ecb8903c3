"""What models say: one mechanism per file, values without logic. This list is the catalogue."""

from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH as IZHIKEVICH
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP as DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE as PHASIC_DOPAMINE
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT as FIXED_WEIGHT
