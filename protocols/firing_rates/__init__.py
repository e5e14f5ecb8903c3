"""Firing rates of textbook neurons with constant input."""
