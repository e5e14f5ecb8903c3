"""Dopamine volume transmission in the dorsal and ventral striatum."""
