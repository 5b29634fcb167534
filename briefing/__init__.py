"""Short news briefings in which every sentence is checked against quoted spans of its sources."""

__version__ = "0.1.0"
