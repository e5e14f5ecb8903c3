"""Bursting and dopamine-dependent potentiation, with noradrenaline and acetylcholine."""
