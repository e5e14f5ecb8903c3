"""Mei et al. (2025), lessons from multi-neuromodulatory dynamics, doi 10.48550/arXiv.2501.06762."""
