"""What models say: one mechanism per file, values without logic. This list is the catalogue."""

from neuromodsim.equations.messengers.camp import CAMP_D1 as CAMP_D1
from neuromodsim.equations.messengers.camp import CAMP_D2 as CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA as D1_PKA
from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH as IZHIKEVICH
from neuromodsim.equations.neurons.naca import HIDDEN as NACA_HIDDEN
from neuromodsim.equations.neurons.naca import OUTPUT as NACA_OUTPUT
from neuromodsim.equations.neurons.naca import PIXEL as NACA_PIXEL
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP as DOPAMINE_STDP
from neuromodsim.equations.plasticity.naca import DELTA_RULE as DELTA_RULE
from neuromodsim.equations.plasticity.naca import NACA_HIDDEN_RULE as NACA_HIDDEN_RULE
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE as HT1B_AT_ONCE
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_CASCADE as HT1B_CASCADE
from neuromodsim.equations.receptors.opponents import A2A_DREYER as A2A_DREYER
from neuromodsim.equations.receptors.opponents import M4_DREYER as M4_DREYER
from neuromodsim.equations.release.expectation import EXPECTATION as EXPECTATION
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE as PHASIC_DOPAMINE
from neuromodsim.equations.release.transient import TRANSIENT as TRANSIENT
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT as FIXED_WEIGHT
