"""A mushroom body taught one class after the other (Aso et al. 2014, Hige et al. 2015)."""
