"""Figures after Lindroos et al. 2018."""
