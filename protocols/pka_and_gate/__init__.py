"""D1 receptors to PKA, and their gating by acetylcholine."""
