"""All that is checked of an experiment itself, whatever the values of its runs: once for each experiment."""

from weakref import ref

from neuromodsim.checks.honoured import expect_honoured
from neuromodsim.checks.names import expect_names
from neuromodsim.checks.texts import expect_texts
from neuromodsim.description.experiment import Experiment

# Experiments that are right, by their identity: a sweep or replicas ask for the values of one many times.
RIGHT: dict[int, "ref[Experiment]"] = {}


def expect_sound(experiment: Experiment) -> None:
    """Raise `WrongInput` for the first mistake in names, equations, code or fields of an experiment.

    Parameters
    ----------
    experiment
        What is looked at; nothing of it is drawn or built.

    Raises
    ------
    WrongInput
        With what is wrong, and where.
    """
    known = RIGHT.get(id(experiment))
    if known is not None and known() is experiment:
        return
    expect_names(experiment)  # first: what follows takes for granted that each name means one thing
    expect_texts(experiment)
    expect_honoured(experiment)
    number = id(experiment)
    RIGHT[number] = ref(experiment, lambda _: RIGHT.pop(number, None))
