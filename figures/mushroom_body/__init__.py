"""Class-incremental learning in a mushroom body (Aso et al. 2014, Hige et al. 2015)."""
