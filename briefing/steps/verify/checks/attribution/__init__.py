"""Who says what a sentence tells, and whether the words it cites say so too."""
