"""Units that become selective for one of several patterns."""
