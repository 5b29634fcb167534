"""Training of the embedded entailment model. See README.md."""

VERSION = "1"
"""Raised with every change to the scripts that changes the weights."""
