"""Whether people are what a sentence calls them: the offices, trades and clients they have."""
