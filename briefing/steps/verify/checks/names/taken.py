"""The place of a name in the source is not taken by another name."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis, Token
from briefing.text.countries import country, governed_from
from briefing.text.names import Name, is_spelt_out, key, same_name
from briefing.text.words import synonyms, words

_PREPOSITIONS = frozenset("in at of to from with for against near by between over on".split())
_MOST_JOINED = 4
"""Names of a list that are looked at: "with A, B, C and D"."""

_NEAR = 40
"""Characters behind a name in which somebody's side is told: "Ada Lund, for the League"."""


def taken_by(
    name: Name, claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> tuple[Cited, Name] | None:
    """Return the other name that the source has behind the same two words, and where.

    "Died in hospital in Norland" against "died in hospital in Velland": the place is taken.
    """
    lead = _lead(claim, name)
    if lead is None or _is_numbered(name, claim, sources):
        return None
    taken: list[tuple[Cited, Name]] = []
    for piece in cited:
        for other in piece.analysis.names:
            if _lead(piece.analysis, other) != lead:
                continue
            joined = _joined(other, piece.analysis)
            if any(_name_the_same(name, one) or _is_capital(name, one, sources) for one in joined):
                return None
            if is_spelt_out(name.text, piece.analysis.text[other.span.start :]):
                return None
            if _is_described(name, lead, claim, other, piece, sources):
                return None
            taken.append((piece, other))
    if not taken or _said_with_lead(name, lead, cited):
        return None
    return taken[0]


def _is_capital(name: Name, other: Name, sources: Sources) -> bool:
    """Whether a name is the capital of a country, and in the articles: "a visit to Oslo"."""
    seat = governed_from(name.text)
    return seat is not None and seat == country(other.text) and sources.has_anywhere(name.last)


def _is_numbered(name: Name, claim: Analysis, sources: Sources) -> bool:
    """Whether it names a thing by its number, as the sources do: "of Flight 318"."""
    number = re.match(r"\s+\d[\w-]*", claim.text[name.span.end :])
    whole = f"{name.text.split()[-1]}{number[0]}" if number else None
    return whole is not None and any(whole in one.text for one in sources.story.articles)


def _is_described(
    name: Name,
    lead: tuple[str, str],
    claim: Analysis,
    other: Name,
    piece: Cited,
    sources: Sources,
) -> bool:
    """Whether one text has at the place what is somebody's, and the other may call it by name.

    "The mayor of Norland's second city" is the mayor of Belm where another sentence says so;
    "agreed with the League's lawyer" is borne out by "agreed with Ada Lund, for the League".
    """
    if _owns(other, piece.analysis) and not _owns(name, claim):
        told = map(sources.analysis, sources.story.sentences)
        return any(
            _lead(one, there) == lead and _name_the_same(name, there)
            for one in told
            for there in one.names
        )
    if _owns(name, claim) and not _owns(other, piece.analysis):
        behind = piece.analysis.text[other.span.end : other.span.end + _NEAR]
        return any(_name_the_same(name, there) for there in Analysis(behind).names)
    return False


def _owns(name: Name, analysis: Analysis) -> bool:
    """Whether the name only says whose the thing is that stands behind it."""
    owns = name.text.endswith(("'s", "’s")) or re.match(r"['’]s?\s", analysis.text[name.span.end :])
    return (
        bool(owns) and re.match(r"(?:['’]s?)?\s+[a-z]", analysis.text[name.span.end :]) is not None
    )


def _determined(name: Name, analysis: Analysis) -> bool:
    """Whether the name is an adjective behind an article: "a Norlandish ship"."""
    return re.search(r"\b(?:an?|the)\s+$", analysis.text[: name.span.start]) is not None


def _lead(analysis: Analysis, name: Name) -> tuple[str, str] | None:
    """Return the content stem and the preposition just before a name, "the" left out."""
    ends = bisect_right(analysis.tokens, name.span.start, key=lambda token: token.span.end)
    before: list[Token] = list(analysis.tokens[max(0, ends - 3) : ends])
    while before and before[-1].text.lower() in ("the", "a", "an"):
        before.pop()
    if len(before) < 2 or before[-1].text.lower() not in _PREPOSITIONS:
        return None
    word = before[-2]
    between = analysis.text[word.span.end : name.span.start]
    if not word.carries_content or re.search(r"[^\w\s]", between) or word.text[0].isupper():
        return None
    return word.stem, before[-1].text.lower()


def _joined(name: Name, analysis: Analysis) -> Iterator[Name]:
    """Yield a name and those that follow it in a list: "with A, B and C"."""
    following = [other for other in analysis.names if other.span.start >= name.span.start]
    for position, other in enumerate(following[:_MOST_JOINED]):
        if position:
            between = analysis.text[following[position - 1].span.end : other.span.start]
            listed = re.fullmatch(r"(?:['’]s)?(?:,|\s+and|,\s+and|\s+or)\s+(?:the\s+)?", between)
            # "At Belm's old Ferry House": the house is what follows, too.
            owned = following[position - 1].text.endswith(("'s", "’s")) and (
                re.fullmatch(r"\s+(?:[a-z-]+\s+){0,2}", between)
            )
            # "To the Norlandish port of Belm": the port is what is gone to.
            told = re.fullmatch(r"\s+(?:[a-z-]+\s+){1,2}of\s+(?:the\s+)?", between)
            # "At a Norlandish survey ship, the Brisa": the ship is what is named.
            named = _determined(following[position - 1], analysis) and re.fullmatch(
                r"\s+(?:[a-z-]+\s+){0,2}[a-z-]+,?\s+(?:the\s+)?", between
            )
            if not listed and not owned and not told and not named:
                return
        yield other


def _name_the_same(name: Name, other: Name) -> bool:
    here = country(name.text)
    return (here is not None and here == country(other.text)) or any(
        same_name(key(word), key(part)) for word in words(name.text) for part in words(other.text)
    )


def _said_with_lead(name: Name, lead: tuple[str, str], cited: Sequence[Cited]) -> bool:
    """Whether the source has the name near the same word in another way: "Norland's ties"."""
    for piece in cited:
        for other in piece.analysis.names:
            parts = [Name(part, other.span) for part in (other.text, *other.text.split("-"))]
            if not any(_name_the_same(name, part) for part in parts):
                continue
            near = {
                token.stem
                for token in piece.analysis.tokens
                if 0 <= token.span.start - other.span.end <= 12
            }
            if near & {lead[0], *synonyms(lead[0])}:
                return True
    return False
