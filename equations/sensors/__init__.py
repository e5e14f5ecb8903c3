"""Sensors: what an experimenter sees of a concentration."""
