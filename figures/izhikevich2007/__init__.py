"""Izhikevich (2007), Solving the distal reward problem, doi 10.1093/cercor/bhl152."""
