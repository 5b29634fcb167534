"""Draft without a model: pick the source sentences that carry the story."""

from briefing.steps.extract.extract import extract

__all__ = ["extract"]
