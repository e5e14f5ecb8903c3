"""A network that inhibitory plasticity balances."""
