"""A network that learns from the noise of its hidden units."""
