"""How invented articles compare."""

from datetime import date

from briefing.steps import compare as step
from briefing.steps.trace import trace
from tests import make


def compare(story):
    return step.compare(story, trace(story))


def found(*articles, day=date(2031, 4, 7)):
    """The discrepancies between articles of one day, given as texts."""
    story = make.story(*(make.article(text, published=day) for text in articles))
    return compare(story).discrepancies


def types(*articles):
    return [one.type for one in found(*articles)]


def labels(discrepancy):
    return [side.label for side in discrepancy.sides]
