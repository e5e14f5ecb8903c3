"""What a variable of a cell keeps of all its synapses: their sum, or the largest or smallest value.

In the equations of a synapse, a flag says which: ``drive_post = w*rate_pre : 1 (max)``.
"""

from brian2.equations.equations import SingleEquation

SUM = "summed"
EXTREMES = ("max", "min")  # the value itself,
CHOICES = ("argmax", "argmin")  # and the cell at the other end of the synapse that has it
REDUCTIONS = (SUM, *EXTREMES, *CHOICES)


def reduces(equation: SingleEquation) -> bool:
    """Whether an equation is of a variable that a cell keeps of its synapses.

    Examples
    --------
    >>> from neuromodsim.description.model import parsed
    >>> reduces(parsed("drive_post = w : 1 (max)")["drive_post"])
    True
    """
    return bool({*REDUCTIONS} & {*equation.flags})
