"""Autoreceptors inhibit dopamine release, with and without drugs."""
