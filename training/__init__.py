"""Training of the embedded entailment model. See README.md."""
