"""What models say: one mechanism per file, values without logic. This list is the catalogue."""

from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH as IZHIKEVICH
from neuromodsim.equations.neurons.naca import HIDDEN as NACA_HIDDEN
from neuromodsim.equations.neurons.naca import OUTPUT as NACA_OUTPUT
from neuromodsim.equations.neurons.naca import PIXEL as NACA_PIXEL
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP as DOPAMINE_STDP
from neuromodsim.equations.plasticity.naca import DELTA_RULE as DELTA_RULE
from neuromodsim.equations.plasticity.naca import NACA_HIDDEN_RULE as NACA_HIDDEN_RULE
from neuromodsim.equations.release.expectation import EXPECTATION as EXPECTATION
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE as PHASIC_DOPAMINE
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT as FIXED_WEIGHT
