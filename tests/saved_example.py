"""The briefing of the example as a saved file, to be changed and checked again."""

import json
from functools import cache

from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing
from briefing.drafters import ExtractiveDrafter
from briefing.edges import reading
from briefing.pipeline import Assignment, clean_all, generate
from briefing.settings import LimitSettings
from briefing.templating import template
from tests.conftest import ROOT


@cache
def example(name="visit"):
    """The articles, and the briefing as a saved file holds it; by its template, under `name`."""
    found = reading.read([str(ROOT / "examples/visit")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    assignment = Assignment(
        template=template("visit").model_copy(update={"name": name}),
        focus=None,
        budget_tokens=6_000,
        drafter=ExtractiveDrafter(),
        count=lambda text: len(text.split()),
    )
    return articles, generate(articles, assignment).briefing.model_dump_json()


def verified(change=lambda saved: None, articles=None):
    """The verdict on the saved file after `change`, against its articles or those given."""
    known, text = example()
    saved = json.loads(text)
    change(saved)
    return verify_briefing(Briefing.model_validate(saved), articles or known)


def codes(result):
    return {c.code for one in result.sentences for c in one.checks if not c.ok and c.refuses}


def section(saved, id_):
    return next(one for one in saved["sections"] if one["id"] == id_)
