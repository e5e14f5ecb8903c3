"""From a description to Brian2 objects."""
