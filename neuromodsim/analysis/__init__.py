"""Pure functions of results: what numbers, arrays and datasets come to. Nothing here runs, reads or draws."""
