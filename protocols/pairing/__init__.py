"""One spike pair and one delayed reward."""
