"""One run: from an experiment and a caller's values to a dataset."""
