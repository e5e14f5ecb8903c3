"""Zhang et al. (2023), NACA, doi 10.1126/sciadv.adi2947."""
