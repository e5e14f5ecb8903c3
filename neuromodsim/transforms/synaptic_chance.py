"""Chance in synapses: each number a function of the synapse, the step, the seed and the place of the call."""

from collections.abc import Callable
from dataclasses import replace

from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import bare
from neuromodsim.description.model import SynapseModel
from neuromodsim.numerics.randomness import CALL, Sites

NUMBER, KEY = "synapse_number", "synapse_key"
OF_METHOD = 1000  # places of calls before those that a method of integration makes, one for each `xi`


def draws(model: SynapseModel) -> bool:
    """Whether synapses of a model draw numbers by counter.

    Examples
    --------
    >>> from neuromodsim.equations import QUANTAL_RELEASE
    >>> draws(QUANTAL_RELEASE)  # which keeps Brian2's generator
    False
    """
    return model.random == "counter" and calls_chance(model)


def calls_chance(model: SynapseModel) -> bool:
    """Whether equations or code of a synapse draw numbers at random.

    Examples
    --------
    >>> from neuromodsim.equations import QUANTAL_RELEASE
    >>> calls_chance(QUANTAL_RELEASE)
    True
    """
    texts = (model.equations, model.on_pre, model.on_post, model.step, *model.on_event.values())
    return any(CALL.search(bare(text)) for text in texts) or _noisy(model)


def _noisy(model: SynapseModel) -> bool:
    return any(name == "xi" or name.startswith("xi_") for name in get_identifiers(bare(model.equations)))


def by_counter(model: SynapseModel, per_replica: int | None) -> SynapseModel:
    """Return a synapse whose random calls name the synapse, the step, the key and their own place.

    Parameters
    ----------
    model
        The synapse.
    per_replica
        How many synapses each replica has, in a program with replicas.
    """
    if not draws(model):
        return model
    sites = _sites(per_replica)

    def rewrite(text: str) -> str:
        return sites.rewrite(bare(text))

    flags = "(shared, constant)" if per_replica is None else "(constant)"
    return replace(
        model,
        equations=f"{rewrite(model.equations)}\n{KEY} : integer {flags}",
        on_pre=rewrite(model.on_pre),
        on_post=rewrite(model.on_post),
        step=rewrite(model.step),
        on_event={event: rewrite(code) for event, code in model.on_event.items()},
    )


def of_method(model: SynapseModel, per_replica: int | None) -> Callable[[str], str] | None:
    """Return what rewrites the random calls that a method makes of ``xi``; None where there are none."""
    if not (draws(model) and _noisy(model)):
        return None
    return _sites(per_replica, OF_METHOD).rewrite


def _sites(per_replica: int | None, used: int = 0) -> Sites:
    # Synapses of all replicas are counted on, as many in each.
    sites = Sites(NUMBER if per_replica is None else f"({NUMBER} % {per_replica})", KEY, mixed=True)
    sites.used = used
    return sites
