"""Check 9: deeds, numbers and dates belong to whom and what the source gives them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.data.article import Span
from briefing.data.briefing import Check
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.dates import same_date
from briefing.steps.verify.sources import Cited
from briefing.text.dates import DateMention
from briefing.text.names import Name, key, same_name
from briefing.text.numbers import Number
from briefing.text.words import STOPWORDS, stem

_SYMMETRIC = frozenset(
    stem(word)
    for word in "meet talk agree sign share exchange cooperate speak attend hold leave go".split()
)
_AUXILIARY = (
    r"(?:(?:will|would|shall|should|may|might|can|could|has|have|had|is|are|was|were|be|been|being|to"
    r"|not|also|then|later|earlier|already|both|due|set|expected|scheduled|likely|personally)\s+){0,5}"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_VERB = re.compile(rf"(?:['’]s?)?\s+(?P<aux>{_AUXILIARY})(?P<verb>[a-z]{{3,}})\b")
_OBJECT = re.compile(
    r"\s+(?:(?:on|with|to|by|at|for|the|a|an|his|her|its|their)\s+){0,3}(?:[a-z]+\s+){0,2}$"
)
_FROM_TO = re.compile(
    r"\bfrom\s+(?:the\s+)?(?P<a>[A-Z]\w+(?: [A-Z]\w+)?)"
    r"\s+to\s+(?:the\s+)?(?P<b>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_ALIKE = 0.87
_PLACED = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Nobody's deed, number or date is given to somebody or something else."""
    detail = (
        _deed_of_another(claim, cited)
        or _turned_round(claim, cited)
        or _number_of_another_date(claim, cited)
        or _date_of_another_place(claim, cited)
    )
    return Check(name="relations", ok=not detail, detail=detail)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A word that stands as a verb beside a name, and the name's part in it."""

    verb: str
    part: str
    """`agent` or `patient`."""

    name: str


def _deed_of_another(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source gives a deed to other names only."""
    there = [deed for piece in cited for deed in _deeds(piece.analysis)]
    for deed in _deeds(claim):
        if deed.verb in _SYMMETRIC:
            continue
        names = [o.name for o in there if o.verb == deed.verb and o.part == deed.part]
        if names and not any(_alike(deed.name, name) for name in names):
            return (
                f"in the source {names[0]!r}, not {deed.name!r}, "
                f"is the {deed.part} of {deed.verb!r}"
            )
    return ""


def _alike(name: str, other: str) -> bool:
    """Whether two names are one, a misspelling included: another check looks at spelling."""
    return same_name(name, other) or SequenceMatcher(None, name, other).ratio() > _ALIKE


def _deeds(analysis: Analysis) -> Iterator[_Deed]:
    names = analysis.names
    for position, name in enumerate(names):
        found = _VERB.match(analysis.text, name.span.end)
        if found is None or found["verb"] in STOPWORDS:
            continue
        verb = stem(found["verb"])
        passive = bool(_BE.search(found["aux"])) and found["verb"].endswith(("ed", "en", "t"))
        subjects = [name, *_joined_before(position, names, analysis.text)]
        for subject in subjects:
            yield _Deed(verb, "patient" if passive else "agent", subject.last)
        following = names[position + 1] if position + 1 < len(names) else None
        if following is None or not _stands_alone(following, analysis.text):
            continue
        between = analysis.text[found.end() : following.span.start]
        if passive and re.search(r"\bby\s+(?:\S+\s+){0,4}$", between) and len(between) < 60:
            yield _Deed(verb, "agent", following.last)
        elif not passive and _OBJECT.fullmatch(_without_office(between)):
            yield _Deed(verb, "patient", following.last)


def _stands_alone(name: Name, text: str) -> bool:
    """Whether the name is the thing itself, not "Norland's capital" or "Norlandish officials"."""
    if key(name.text) != key(name.text.replace("'s", "").replace("’s", "")):
        return False
    return not re.match(
        r"['’]s\b|\s+(?!and\b|in\b|on\b|at\b|to\b|for\b|as\b|with\b|by\b|of\b)[a-z]",
        text[name.span.end :],
    )


def _joined_before(position: int, names: Sequence[Name], text: str) -> list[Name]:
    """Return the name that "and" joins to the one at `position`."""
    if position == 0:
        return []
    between = text[names[position - 1].span.end : names[position].span.start]
    return [names[position - 1]] if re.match(r"\s+and\b", between) and len(between) < 40 else []


def _without_office(between: str) -> str:
    return re.sub(r"\b(?:[A-Z]\w+\s+)+$", "", between)


def _turned_round(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where "from A to B" is "from B to A" in the source."""
    for found in _FROM_TO.finditer(claim.text):
        for piece in cited:
            for other in _FROM_TO.finditer(piece.analysis.text):
                if (found["a"], found["b"]) == (other["b"], other["a"]):
                    return f"the source goes from {other['a']} to {other['b']}"
    return ""


def _number_of_another_date(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source gives a number for another date."""
    for number in claim.numbers:
        dated = _date_of(number, claim)
        if dated is None or number.ordinal:
            continue
        there = [
            (_date_of(other, piece.analysis), piece)
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if there and all(
            other is not None and not same_date(dated, other, piece.published)
            for other, piece in there
        ):
            return f"the source gives {number.text!r} for another date than {dated.text!r}"
    return ""


def _date_of(number: Number, analysis: Analysis) -> DateMention | None:
    """Return the date that goes with a number: just behind it, or else just before it."""
    for mention in analysis.dates:
        between = analysis.text[number.span.end : mention.span.start]
        if number.span.end <= mention.span.start and re.fullmatch(
            r"(?:\s+(?!and\b|to\b|from\b|while\b|over\b|than\b|against\b)[\w%]+){0,4}\s*", between
        ):
            return mention
    before = [mention for mention in analysis.dates if mention.span.end <= number.span.start]
    if not before:
        return None
    between = analysis.text[before[-1].span.end : number.span.start]
    alone = not any(
        before[-1].span.end <= other.span.start < number.span.start for other in analysis.numbers
    )
    return (
        before[-1]
        if alone and len(between) <= 60 and not re.search(r"[;:]|\bto\b", between)
        else None
    )


def _date_of_another_place(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source has a place beside another date, and the date too."""
    pairs = [
        (place, mention, piece)
        for piece in cited
        for mention in piece.analysis.dates
        if (place := _place_beside(piece.analysis, mention.span)) is not None
    ]
    for mention in claim.dates:
        place = _place_beside(claim, mention.span)
        if place is None:
            continue
        places = [
            there for there, other, piece in pairs if same_date(mention, other, piece.published)
        ]
        elsewhere = [there for there, _, _ in pairs if same_name(there, place)]
        if places and elsewhere and not any(same_name(there, place) for there in places):
            return f"{mention.text!r} is not the source's date for {place!r}"
    return ""


def _place_beside(analysis: Analysis, span: Span) -> str | None:
    """Return the key of the name in "in NAME on DATE" or "on DATE in NAME"."""
    before = [name for name in analysis.names if name.span.end <= span.start]
    if before:
        between = analysis.text[before[-1].span.end : span.start]
        if len(between) <= 12 and _PLACED.search(analysis.text, 0, before[-1].span.start):
            return key(before[-1].text)
    after = next((name for name in analysis.names if name.span.start >= span.end), None)
    if after is not None and re.fullmatch(
        r",?\s+(?:in|at)\s+(?:the\s+)?", analysis.text[span.end : after.span.start]
    ):
        return key(after.text)
    return None
