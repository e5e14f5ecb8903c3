"""A cell that is rewarded for spikes near those of another one."""
