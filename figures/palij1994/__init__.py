"""Palij and Stamford (1994), noradrenaline in the locus coeruleus, doi 10.1016/0006-8993(94)91930-5."""
