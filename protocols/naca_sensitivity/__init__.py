"""Sensitivity of NACA to the curve from neuromodulator level to plasticity."""
