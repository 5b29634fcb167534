"""Whether what a sentence ties together is tied together in the words that it cites."""
