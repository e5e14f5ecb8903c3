"""What there is, by name."""
