"""Handwritten digits, learned by the spiking network of NACA."""
