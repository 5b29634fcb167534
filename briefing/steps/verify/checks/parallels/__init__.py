"""Whether what a source tells side by side is crossed over in a sentence."""
