"""Ejdrup et al. (2026), dopamine in the dorsal and the ventral striatum; see `EJDRUP_2026` for the DOI."""
