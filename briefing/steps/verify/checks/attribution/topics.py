"""What is quoted is said of what, and to whom, the source has it said."""

import re
from collections.abc import Iterator, Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.attribution.quoted import (
    QUOTED,
    place,
    quotations,
    words_of,
)
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.countries import country, governed_from, is_named
from briefing.text.names import same_name
from briefing.text.words import content_stems, stem, synonyms

_PREDICATE = re.compile(
    r"(?:is|are|was|were|will|would|has|have|had|does|do|did|can|could|cannot|may|might|must|should"
    r"|remains?|means?|seems?|needs?|[a-z]+n['’]t)\b",
)
"""Words with which a quotation begins whose subject stands before it."""

_GENERAL = frozenset(
    map(
        stem,
        "plan scheme project proposal deal agreement accord pact treaty measure bill law "
        "reform move idea step decision offer programme policy talks negotiations meeting "
        "summit conference government cabinet ministry administration authorities attack "
        "strike raid assault bombing people residents citizens population company firm group "
        "party union country nation state report document text statement list situation crisis "
        "conflict war case trial".split(),
    )
)
"""Nouns that stand for one another: another one of them need be no other thing."""

_COPULA = re.compile(
    r"\b(?:is|are|was|were|be|been|being|become|becomes|became|remains?|remained|into|had|has)\s+"
    r"(?:\w+ly\s+)?[\"“']*$"
)
_EDGE = re.compile(
    r"[,;:()\"“”]|''|\b(?:that|and|but|while|who|which|when|because|as|said|says|of)\b"
)
_STANDS_FOR = re.compile(
    r"\b(?:it|this|that|they|these|those|he|she|we|i|you|them|him|her|his|their|its|our|which|who"
    r"|what)\b",
    re.IGNORECASE,
)
_WITH_THE_WORDS = re.compile(
    r"\b(?:words?|phrase|remark|line|slogan|quote|message)\s*$", re.IGNORECASE
)
_THE_BODY = re.compile(
    r"\b[Tt]he\s+(?:\w+\s+)?(?:country|party|union|company|firm|club|city|town|government|group|team"
    r"|province|region|nation|alliance|bloc|bank|court|ministry|army|movement|island|village)\b"
)
"""What a name may stand for."""

_TOPIC = re.compile(
    r"\b(?:(?:[Aa]sked|[Qq]uestioned)\s+(?:about|on|whether|if)"
    r"|(?:talk|speak)(?:s|ing)\s+(?:about|of)|(?:was|were)\s+(?:speaking|talking)\s+(?:about|of)"
    r"|[Cc]ommenting\s+on|[Rr]eferring\s+to|in (?:a )?reference\s+to|[Tt]urning to"
    r"|[Oo]n the subject of"
    r"|said (?:this )?(?:of|about)|spoke (?:of|about))\s+(?P<what>[^,;:\"“”]+?)"
    r"(?=\s+when\b|\s+that\s+(?:it|they|he|she)\b|[,;:.\"“”]|$)"
)
_TOLD = re.compile(
    r"\b(?:told|asked|urged|ordered|warned|advised|called (?:on|upon)|appealed to|implored|begged"
    r"|instructed|invited)\s+(?P<whom>[^\"“”;]+?)\s+(?:to|that|not to)\s+[\"“]"
)
_GOES_ON = re.compile(
    r"[\"”'’]*,?\s+(?P<lead>for|against)\s+(?P<what>[^,;:.\"“”]+)",
)
"""What stands behind a quotation that goes on outside its marks."""

_LEAST = 0.5
"""Of the content words of a topic, or of who is spoken to, that the source must have near by."""

_FEWEST = 2
"""Content words of a topic: of a single one too much may be told in other words."""

_AS_FAR_BACK = 3
"""Sentences before a quotation that may tell what it is about."""

_IRONY = re.compile(
    r"\b(?:sarcastic\w*|sarcasm|ironic\w*|irony|mocking\w*|jok(?:ed|ing|ingly)|in jest|tongue[- ]in"
    r"[- ]cheek|facetious\w*|wry(?:ly)?|sardonic\w*)\b",
    re.IGNORECASE,
)
_EARNEST = re.compile(
    r"\b(?:prais\w+|tribute|admir\w+|hail\w+|welcom\w+|applaud\w*|approv\w+|commend\w*|laud\w*"
    r"|congratulat\w+|serious\w*|earnest\w*|sincer\w+)\b",
    re.IGNORECASE,
)
_AROUND = 120
"""Characters around a quotation in which its tone is told."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where the words of a quotation are told of another thing or person."""
    for found, words in quotations(claim.text):
        standing = [(p, at) for p in cited if (at := place(words, p)) is not None]
        if not standing:
            continue
        fault = (
            _of_another_subject(claim, found, words, standing)
            or _of_another_name(claim, found, standing)
            or _goes_on_otherwise(claim, found, standing)
            or _in_earnest(claim, found, standing)
        )
        if fault:
            return fault
    return _topic(claim, cited, sources)


def _of_another_subject(
    claim: Analysis, found: re.Match[str], words: str, standing: Sequence[tuple[Cited, Span]]
) -> Fault | None:
    """Return what is wrong where "is not …" is quoted of another subject than in the source."""
    if not _PREDICATE.match(words):
        return None
    mine = _subject(claim.text, found.start())
    if mine is None:
        return None
    about = set(content_stems(mine.of(claim.text)))
    for piece, at in standing:
        theirs = _subject(piece.analysis.text, at.start)
        if theirs is None:
            return None
        there = set(content_stems(theirs.of(piece.analysis.text)))
        there = there.union(*map(synonyms, there))
        if not about or not there or about & there or _are_names(about, there, claim, piece):
            return None
        if about & _GENERAL and there & _GENERAL:
            return None
    piece, at = standing[0]
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not say this of {mine.of(claim.text).strip()!r}",
        words=mine,
        against=(piece.part(at),),
    )


def _are_names(about: set[str], there: set[str], claim: Analysis, piece: Cited) -> bool:
    """Whether one of two subjects is a name that may stand for the other, which is none."""
    named = {one for name in claim.names for one in content_stems(name.text)}
    other = {one for name in piece.analysis.names for one in content_stems(name.text)}
    return bool(about & named) != bool(there & other)


def _subject(text: str, end: int) -> Span | None:
    """Return where the words just before a place stand, back to the edge of their clause.

    None where a pronoun stands there, or nothing of content.
    """
    lead = text[:end].rstrip("\"“' ")
    start = max((edge.end() for edge in _EDGE.finditer(lead)), default=0)
    part = text[start : len(lead)]
    if re.search(r"\b(?:who|which)\s*$", text[:start]):
        return None
    if not content_stems(part) or _STANDS_FOR.search(part) or _WITH_THE_WORDS.search(part):
        return None
    return Span(start + len(part) - len(part.lstrip()), len(lead))


def _of_another_name(
    claim: Analysis, found: re.Match[str], standing: Sequence[tuple[Cited, Span]]
) -> Fault | None:
    """Return what is wrong where Norland "is" in quotation marks what the source calls Surania.

    Only where the sentence that is quoted names another, before the quotation, and not this one.
    """
    if not _COPULA.search(claim.text, 0, found.start()):
        return None
    start = max([0, *(e.end() for e in _EDGE.finditer(claim.text, 0, found.start()))])
    named = [n for n in claim.names if start <= n.span.start and n.span.end <= found.start()]
    if not named:
        return None
    name = named[-1]
    if re.search(r"\b(?:in|at|on|to|from)\s+(?:the\s+)?$", claim.text[: name.span.start]):
        return None
    for piece, at in standing:
        keys = piece.analysis.word_keys
        meant = country(name.text) or governed_from(name.text)
        if any(same_name(name.last, one) for one in keys) or (
            meant is not None and is_named(meant, piece.analysis.name_keys)
        ):
            return None
        before = [n for n in piece.analysis.names if n.span.end <= at.start]
        lead = piece.analysis.text[: at.start]
        if _THE_BODY.search(lead):
            return None
        if _STANDS_FOR.search(lead) and not re.search(r"[A-Z][a-z]+\s+(?:is|are|has)\b", lead):
            return None
        if not before:
            return None
    piece, at = standing[0]
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not say this of {name.text!r}",
        words=name.span,
        against=(piece.part(at),),
    )


def _goes_on_otherwise(
    claim: Analysis, found: re.Match[str], standing: Sequence[tuple[Cited, Span]]
) -> Fault | None:
    """Return what is wrong where "a grave" for invaders is told as "a grave" for somebody else."""
    here = _GOES_ON.match(claim.text, found.end())
    mine = set(content_stems(here["what"])[:_FEWEST]) if here else set()
    if here is None or not mine:
        return None
    for piece, at in standing:
        there = _GOES_ON.match(piece.analysis.text, at.end)
        if there is None or there["lead"] != here["lead"] or _STANDS_FOR.match(there["what"]):
            return None
        theirs = set(content_stems(there["what"]))
        if not theirs or mine & theirs.union(*map(synonyms, theirs)):
            return None
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not go on with {here['what'].strip()!r}",
        words=Span(*here.span("what")),
        against=(standing[0][0].part(standing[0][1]),),
    )


def _in_earnest(
    claim: Analysis, found: re.Match[str], standing: Sequence[tuple[Cited, Span]]
) -> Fault | None:
    """Return what is wrong where words said "sarcastically" are told as praise."""
    if _IRONY.search(claim.text) or not (said := _EARNEST.search(claim.text)):
        return None
    for piece, at in standing:
        text = piece.analysis.text
        near = text[max(0, at.start - _AROUND) : at.end + _AROUND]
        irony = _IRONY.search(near)
        if irony is None or _EARNEST.search(text):
            return None
    piece, at = standing[0]
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"says {said[0]!r}; {piece.id} tells it as not meant so",
        words=Span(*said.span()),
        against=(piece.part(at),),
    )


def _topic(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where the claim says of what, or to whom, something quoted was said.

    Most of the words for it must stand in the paragraph of the quotation, or the headline.
    """
    quoted = QUOTED.search(claim.text)
    if quoted is None:
        return None
    standing = [p for p in cited if place(words_of(quoted), p) is not None]
    if not standing:
        return None
    for what in _topics(claim.text):
        about = set(content_stems(what.of(claim.text)))
        if len(about) < _FEWEST:
            continue
        for piece in standing:
            near = [piece.analysis, piece.headline, *piece.before, *_shortly_before(piece, sources)]
            there: set[str] = set().union(*(one.stem_set for one in near))
            there |= {other for one in there for other in synonyms(one)}
            if len(about & there) >= _LEAST * len(about):
                return None
        return Fault(
            code=Reason.QUOTATION_OF_ANOTHER_THING,
            detail=f"the source does not say this of {what.of(claim.text)!r}",
            words=what,
            against=(standing[0].citation,),
        )
    return None


def _shortly_before(piece: Cited, sources: Sources) -> Iterator[Analysis]:
    inside = [s for s in sources.sentences_of(piece.article.id) if s.span.end <= piece.start]
    yield from map(sources.analysis, inside[-_AS_FAR_BACK:])


def _topics(text: str) -> Iterator[Span]:
    unquoted = QUOTED.sub(lambda found: '"' * len(found[0]), text)
    for found in _TOPIC.finditer(unquoted):
        yield Span(*found.span("what"))
    for found in _TOLD.finditer(text):
        yield Span(*found.span("whom"))
