"""Storage and retrieval of patterns in a Hopfield network."""
