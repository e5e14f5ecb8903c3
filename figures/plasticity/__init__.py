"""Figures about plasticity as such, drawn from several sources."""
