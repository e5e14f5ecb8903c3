"""The cells that release neuromodulators, one nucleus per file."""
