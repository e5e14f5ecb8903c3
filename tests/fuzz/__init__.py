"""Random settings, each of which is in the run as given, or refused in one sentence."""
