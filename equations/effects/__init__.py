"""Effects: what modulators change in cells, synapses, release and uptake."""
