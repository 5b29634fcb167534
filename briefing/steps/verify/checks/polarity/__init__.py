"""Whether a sentence denies what the words it cites affirm, or affirms what they deny."""
