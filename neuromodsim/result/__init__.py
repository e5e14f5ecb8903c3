"""What a run returns: a labelled dataset with provenance, and the store that keeps it."""
