"""Receptor-dependent windows of spike-timing-dependent plasticity."""
