"""Say of a checked sentence when it happens, how far it has come, what it counts, whose it is."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from briefing.data.article import Article
from briefing.data.briefing import CheckedSentence, Citation, Person, Stage, When
from briefing.text.dates import dates, in_words
from briefing.text.numbers import Number, numbers
from briefing.text.occasions import Occasion, occasions, stage
from briefing.text.parties import parties

_POWER = re.compile(r"\b(?:cubic|square)$", re.IGNORECASE)
_SECOND_WORD = re.compile(r"\s+[^\W\d_]+")


def annotate(
    sentence: CheckedSentence,
    articles: Mapping[str, Article],
    *,
    as_of: date | None,
    people: Sequence[Person] = (),
) -> CheckedSentence:
    """Return `sentence` with its dates worked out, its stage, its amounts and whose line it is.

    Relative dates are counted from the day of the article whose cited words have them.

    Args:
        sentence: As the verifier left it.
        articles: By id.
        as_of: The day that the reader is told.
        people: Of the story, with their sides.
    """
    on = _day(sentence.citations, articles)
    stands = stage(sentence.text, on=on, as_of=as_of)
    found = [one for one in occasions(sentence.text, on) if not one.is_aside]
    if stands is Stage.DONE and as_of and any(one.period.first > as_of for one in found):
        stands = None
    ahead = stands in {Stage.PLANNED, Stage.ANNOUNCED}
    meant = [one for one in found if one.is_ahead == ahead] or found
    return sentence.model_copy(
        update={
            "when": tuple(_when(one, on) for one in meant),
            "stage": stands,
            "figures": _figures(sentence.text),
            "sides": parties(sentence.text, people),
        }
    )


def _day(citations: Sequence[Citation], articles: Mapping[str, Article]) -> date | None:
    cited = [(c, articles[c.article]) for c in citations if c.article in articles]
    for citation, article in cited:
        if any(mention.is_relative for mention in dates(citation.quote)):
            return article.day
    return next((article.day for _, article in cited), None)


def _when(one: Occasion, on: date | None) -> When:
    basis = f"{one.mention.text!r} in an article of {in_words(on)}" if on else ""
    return When(
        words=one.mention.text,
        first=one.period.first,
        last=one.period.last,
        basis=basis if one.is_worked_out else "",
    )


def _whole(number: Number, text: str) -> str:
    """Return the number as printed, with the second word of "cubic metres"."""
    more = _SECOND_WORD.match(text, number.span.end) if _POWER.search(number.text) else None
    return number.text + (more[0] if more else "")


def _figures(text: str) -> tuple[str, ...]:
    taken = [mention.span for mention in dates(text)]
    return tuple(
        " ".join(_whole(number, text).split())
        for number in numbers(text)
        if number.is_amount
        and not any(s.start < number.span.end and number.span.start < s.end for s in taken)
    )
