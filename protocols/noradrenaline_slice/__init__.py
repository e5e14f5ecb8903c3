"""Stimulus trains and uptake blockers in a slice of the locus coeruleus."""
