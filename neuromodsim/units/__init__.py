"""Numbers with units, and what kind of thing a value must be."""
