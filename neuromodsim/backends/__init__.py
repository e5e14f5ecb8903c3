"""Where networks run: compiled programs and their cache, or this process."""
