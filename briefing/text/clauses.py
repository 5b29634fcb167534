"""Clauses of a sentence, each with the words that say who or what it is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.data.article import Span
from briefing.text.kept import kept

_AUXILIARY = (
    "is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|shall|should|must|do|does"
    "|did"
)
_IRREGULAR = (
    "met|held|led|left|took|gave|made|spoke|began|saw|built|sent|came|went|said|told|rose|fell|grew"
    "|won|lost|paid|bought|sold|brought|sought|kept|drew|knew|thought|stood|meant|dealt|spent|broke"
    "|chose|drove|flew|froze|hid|laid|ran|rode|shot|struck|taught|threw|fought|caught|became|wrote"
    "|felt|got|put|set|hit|shut|knelt|swam|sank|wore|swore|dug|hung|shook|sat|slept|beat|held|taken"
    "|given|spoken|begun|seen|gone|risen|fallen|grown|known|broken|chosen|driven|written|shown|wept"
)
_PRESENT = (
    "says|leads|heads|wants|visits|calls|meets|plans|expects|hopes|arrives|leaves|begins|opens|takes"
    "|gives|makes|remains|includes|counts|employs|costs|pays|comes|goes|flies|lies|asks|needs|stands"
    "|wishes|awaits|closes|starts|ends|describes|tells|speaks|knows|hears|sells|buys|runs|sits"
    "|weighs|measures|carries|reaches|covers|protects|serves|owns|plays|shows|uses|supplies|produces"
    "|earns|receives|say|believe|think|want|expect"
)
MAX_CHARS = 1_500
"""A longer text is no sentence, and taking it apart may take long: it stays whole."""

REACH_CHARS = 400
"""Characters on each side of a word that are read for what belongs to it, whatever the text."""

VERB = re.compile(
    rf"(?<![\w'’-])(?:{_AUXILIARY}|{_IRREGULAR}|{_PRESENT}|[a-z]+[a-df-z]ed)(?![\w-])|['’]ll\b"
)
"""A finite verb or a past participle as far as its form tells: there is no tagger here."""

_BREAK = re.compile(
    r"\s*[;:]\s+|\s+[-–—]\s+|\s*[()]\s*"
    r"|,?\s+(?=(?:who|which|whose|where|while|whereas|although|though|because|but|when|if|unless"
    r"|until|as|after|before|since|that|and|or)\s)"
    r"|,\s+"
)
_SAID = re.compile(
    r"\b(?:said|says|told (?:reporters|journalists|the press)|announced|added)"
    r"(?:\s+(?:on|late|early)?\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\s+"
    r"(?!on\b|in\b|at\b|to\b|of\b|by\b|after\b|late\b|early\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
"""Behind these begins what is said, without a comma."""

_RELATIVE = re.compile(r"(?:who|which|that|whose|where)\s")
_TOLD = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told \w+|add(?:ed|s|ing)|announc\w+|stat(?:ed|es|ing)|claim\w*|warn\w*"
    r"|insist\w*|not(?:ed|es|ing)|argu\w+|believes?|show(?:s|ed)|means?|confirmed|reported|so|hope[sd]?)"
    r",?\s+$"
)
_CLEFT = re.compile(
    r"It (?:was|is) (?:only )?(?:on|in|at|by|last|this|yesterday)\b[^,]{0,40}? that\s+"
)
_LEADING = re.compile(r"(?:Built|Founded|Born|Held|Set up|[A-Z][a-z]+ed)\s")
_PARTICIPLE = re.compile(r"[a-z]+ed\b")
_JOINING = re.compile(
    r"^(?:that|and|but|or|while|whereas|although|though|because|when|if|unless|until|as|after|before"
    r"|since)\s+(?:then\s+|also\s+|later\s+)?"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one predicate."""

    span: Span
    """Within the sentence."""

    text: str
    subject: str
    """The words before its verb, or those that "who" or a verb alone hang on; may be empty."""


@kept
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of the sentence `text`, in order; the whole where no verb is seen.

    A clause that opens with "who" or "which" is about the words before it, one that opens with a
    verb about what the clause before it is about. Stretches without a verb belong to the clause
    before them, those at the beginning to the first. A text of more than `MAX_CHARS` stays whole.
    """
    if len(text) > MAX_CHARS:
        return (Clause(Span(0, len(text)), text, ""),)
    found: list[Clause] = []
    cleft = _CLEFT.match(text)
    lead, last_phrase, subject = (cleft.end() if cleft else 0), "", ""
    for start, end in _stretches(text, cleft.end() if cleft else 0):
        piece = text[start:end]
        verb = VERB.search(piece)
        is_relative = bool(_RELATIVE.match(piece)) and not _TOLD.search(text[:start])
        if verb is None or (_is_aside(text, start) and not _ends_relative(found)):
            if found:
                last = found[-1]
                whole = Span(last.span.start, end)
                found[-1] = Clause(whole, whole.of(text), last.subject)
            last_phrase = piece
            continue
        begin = start if found or is_relative else lead
        if is_relative:
            own = last_phrase or text[lead:start].strip(" ,")
        elif not found and _LEADING.match(text):
            # "Built in 1989, the ship …" is about the ship.
            own = subject = text[begin : start + verb.start()].rpartition(", ")[2].strip()
        else:
            own = _JOINING.sub("", text[begin : start + verb.start()], count=1).strip(" ,")
            subject = own = own or subject
        found.append(Clause(Span(begin, end), text[begin:end], own))
        last_phrase = piece[verb.end() :]
        if is_relative and len(found) == 1:
            # "Lund, who is ill, stayed": what comes behind is about Lund too.
            subject = text[lead:start].strip(" ,")
    if not found:
        return (Clause(Span(0, len(text)), text, ""),) if text else ()
    if cleft:
        first = found[0]
        whole = Span(0, first.span.end)
        found[0] = Clause(whole, whole.of(text), first.subject)
    return tuple(found)


def _ends_relative(found: list[Clause]) -> bool:
    """Whether a clause with "who" has just ended: the verb behind the comma is the main one."""
    return len(found) == 1 and bool(_RELATIVE.match(found[0].text))


def _is_aside(text: str, start: int) -> bool:
    """Whether a participle opens the stretch behind a comma: ", signed in 2026"."""
    return text[max(0, start - 2) : start].startswith(",") and bool(_PARTICIPLE.match(text, start))


def _stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    breaks = [found.span() for found in _BREAK.finditer(text)]
    breaks += [(found.end(), found.end()) for found in _SAID.finditer(text)]
    for end, following in sorted(breaks):
        if end > start:
            yield start, end
        start = max(start, following)
    if start < len(text):
        yield start, len(text)
