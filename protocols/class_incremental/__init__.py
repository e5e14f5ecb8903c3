"""Class-incremental continual learning: ten classes in sequence, without replay."""
