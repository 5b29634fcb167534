"""Whether those whom a sentence names are in the words that it cites, or meant there."""
