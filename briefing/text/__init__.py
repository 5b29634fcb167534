"""What several steps need of language: canonical form, sentences, words, numbers, dates, names."""
