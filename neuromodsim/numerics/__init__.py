"""How numbers advance: random numbers, integration schemes, bounds between synchronisations."""
