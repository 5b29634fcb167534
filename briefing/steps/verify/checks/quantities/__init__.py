"""How much of a thing a sentence speaks of: all, most, only, the first."""
