"""The distal reward problem: dopamine links spike pairings to a reward seconds later."""
