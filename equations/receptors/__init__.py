"""Receptors: what binds a modulator, and the cascades behind it."""
