"""Names of neuromodulators and receptors, however they are written."""

GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma"})
BETWEEN = str.maketrans("", "", "-_ ,./")


def plain(name: str) -> str:
    """Return a name without what differs between ways of writing it.

    Examples
    --------
    >>> plain("5-HT1A"), plain("α2A"), plain("serotonin_1A")
    ('5ht1a', 'alpha2a', 'serotonin1a')
    """
    return name.lower().translate(GREEK).translate(BETWEEN)
