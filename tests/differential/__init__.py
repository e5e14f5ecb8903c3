"""Random small rules, run in every way there is, against plain Brian2 and each other."""
