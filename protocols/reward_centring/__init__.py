"""Why reward must be centred, in a linear unit."""
