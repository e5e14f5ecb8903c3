"""Class-incremental learning in a mushroom body."""
