"""Part of check 9: what a sentence tells of one is not told of another, who stands beside it."""

import re
from collections.abc import Iterator, Sequence

from briefing.data.reason import Reason
from briefing.steps.verify.checks.deeds.roles import alike
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.countries import country, governed_from
from briefing.text.names import Name, key
from briefing.text.offices import LEADING, SERVING
from briefing.text.speech import SAYING
from briefing.text.words import content_stems, stem, words

_TO_ITS_VERB = re.compile(
    r"[.,]?\s+(?:(?:is|are|was|were|has|had|have|will|would|also|then|later|\w+ly)\s+){0,3}"
    r"(?P<verb>[a-z]{3,})\b"
)
_THEIRS = re.compile(
    r"(?:['’]s?\b|,|\s+(?:of|for|at)\b|\s*\()"
    r"(?:(?!\b(?:and|to|with|against|from|by|that|than)\b)[^.;]){0,60}"
    rf"|\s+(?:[a-z-]+\s+){{0,3}}?(?:{'|'.join(sorted(LEADING | SERVING))})\s+"
)
"""What may stand between a name and another that is one of its people, parts or owners."""

_REST = 0.9
"""Share of what a claim says of somebody that a sentence has of another."""

_FEWEST = 3
"""Content words from which such a share tells anything."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Nobody is given what a sentence tells, word for word, of somebody else.

    "Sarn plans to dismiss 200 workers", beside a sentence on Pell, is not told of Pell, though
    both names stand in what is cited.
    """
    for name, verb in _subjects(claim):
        mine = set(map(key, words(name.text)))
        rest = claim.plain_stems - set(content_stems(name.text))
        if len(rest) < _FEWEST:
            continue
        telling = [
            piece for piece in cited if len(rest & piece.analysis.stem_set) >= _REST * len(rest)
        ]
        if any(mine & piece.analysis.word_keys for piece in telling):
            continue
        for piece in telling:
            for other, theirs in _subjects(piece.analysis):
                if stem(theirs[0]) != stem(verb[0]) or other.last in claim.word_keys:
                    continue
                if _is_one(name, other) or _are_linked(name, other, sources):
                    continue
                return Fault(
                    code=Reason.ANOTHER_DID_IT,
                    detail=f"in the source {other.text!r}, not {name.text!r}, is the agent of "
                    f"{theirs[0]!r}",
                    words=name.span,
                    against=(piece.part(other.span),),
                )
    return None


def _subjects(analysis: Analysis) -> Iterator[tuple[Name, re.Match[str]]]:
    """Yield the names of a text just before a word that may be their verb, and that word."""
    for name in analysis.names:
        found = _TO_ITS_VERB.match(analysis.text, name.span.end)
        if found:
            word = re.compile(r"[a-z]+").match(analysis.text, found.start("verb"))
            if word and (content_stems(word[0]) or SAYING.fullmatch(word[0])):
                yield name, word


def _is_one(name: Name, other: Name) -> bool:
    if alike(name.last, other.last):
        return True
    seats = (governed_from(name.text) or country(name.text), governed_from(other.text))
    theirs = seats[1] or country(other.text)
    return seats[0] is not None and seats[0] == theirs


def _are_linked(name: Name, other: Name, sources: Sources) -> bool:
    """Whether some sentence has the one beside the other as its own, or as one of its people."""
    for sentence in sources.story.sentences:
        there = sources.analysis(sentence)
        if not {name.last, other.last} <= there.word_keys:
            continue
        if any(
            _THEIRS.fullmatch(sentence.text, _end(before), behind.span.start)
            for before in there.names
            for behind in there.names
            if before.span.end <= behind.span.start
            and {name.last, other.last} == {before.last, behind.last}
        ):
            return True
    return False


def _end(name: Name) -> int:
    """Return where a name ends, before the "'s" that may be read as a part of it."""
    return name.span.end - len("'s") * name.text.endswith(("'s", "’s"))
