"""Many runs of one experiment over every combination of some values, made by Dask and kept in one store."""
