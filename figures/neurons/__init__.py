"""Figures about neurons as such."""
