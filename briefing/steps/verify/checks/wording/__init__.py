"""Whether the words that carry a sentence are those of its source, or mean the same."""
