"""A sentence as several that say each one thing of a named subject."""

import re

from briefing.text.analysis import Analysis
from briefing.text.negation import NOT
from briefing.text.speech import SAYING
from briefing.text.verbs import FINITE, REGULAR_PAST

_NOMINAL = re.compile(r"[A-Z\d]|(?:the|an?|its|his|her|their|he|she|it|they)\b")
_NO_SUBJECT = re.compile(
    r"[,;]|\b(?:that|which|who|if|when|while|because|after|before|since|unless)\b", re.IGNORECASE
)
_VERB = re.compile(rf"\b{FINITE}\b")
_JOINT = re.compile(r";\s+(?:and\s+|but\s+)?|,?\s+(?:and|but|while|whereas)\s+")
_SHARED = re.compile(rf"(?:also\s+)?{FINITE}\b")
_PRONOUN = re.compile(r"(?:he|she|it|they)\s+(?=[a-z])")
_ASIDE = re.compile(
    r"(?P<subject>[^,;]{2,80}),\s+(?P<lead>who|which|an?|the)\s+(?P<rest>[^;]*?[^,;]),\s+"
    rf"(?P<main>(?:{FINITE}\b|[a-z]{{2,}}s\b)[^;]*)"
)
_SPEAKER_BEHIND = re.compile(rf"\baccording to\b|,\s[^,]*(?:{SAYING.pattern}|\breported\b)[^,]*$")
"""Whoever says it all, and not the last part alone."""

_AUXILIARY = re.compile(r"(?:is|are|was|were|has|have|had|will|would)\b")
_PARTICIPLE = re.compile(rf"{REGULAR_PAST}\b")
_QUOTE = re.compile(r"[\"“”]|''")
_LONGEST = 400
"""Characters of a text that is taken apart."""

_LONGEST_SUBJECT = 9
"""Words before the verb of a clause, in which nothing else is told."""


def predications(claim: Analysis) -> tuple[str, ...]:
    """Return `claim` as sentences that each name their subject; itself alone where it is one.

    What stands beside a subject between commas is a sentence of its own, and so is each of two
    clauses that "and", "but", "while" or a semicolon joins. A second verb, or a pronoun, gets the
    subject of the first.
    """
    text = claim.text.strip().rstrip(".")
    if len(text) > _LONGEST or _QUOTE.search(text) or _SPEAKER_BEHIND.search(text):
        return (claim.text,)
    found: list[str] = []
    for clause in _unfolded(text):
        found.extend(_coordinated(clause))
    return tuple(f"{one[0].upper()}{one[1:]}." for one in found)


def _unfolded(text: str) -> list[str]:
    aside = _ASIDE.fullmatch(text)
    if aside is None or _VERB.search(aside["subject"]):
        return [text]
    subject, lead = aside["subject"], aside["lead"]
    told = aside["rest"] if lead in ("who", "which") else f"is {lead} {aside['rest']}"
    return [f"{subject} {told}", f"{subject} {aside['main']}"]


def _coordinated(text: str) -> list[str]:
    parts: list[str] = []
    subject = ""
    at = 0
    for joint in _JOINT.finditer(text):
        left, right = text[at : joint.start()], text[joint.end() :]
        subject = _subject(left)
        if not subject:
            continue
        is_shared = _SHARED.match(right) is not None
        # "Said A, and B": who said A may have said B too.
        if (is_shared and not NOT.search(left)) or (
            not is_shared and _subject(right) and not SAYING.search(left)
        ):
            parts.append(left)
            at = joint.end()
    parts.append(text[at:])
    return _with_subjects(parts)


def _with_subjects(parts: list[str]) -> list[str]:
    whole: list[str] = []
    subject = ""
    for part in parts:
        if subject and _SHARED.match(part):
            # "Was accused and convicted" is "was convicted".
            auxiliary = _AUXILIARY.match(whole[-1], len(subject) + 1)
            is_of_it = auxiliary is not None and _PARTICIPLE.match(part) is not None
            lead = f"{subject} {auxiliary[0]}" if auxiliary and is_of_it else subject
            whole.append(f"{lead} {part}")
            continue
        named = _PRONOUN.sub(f"{subject} ", part, count=1) if _PRONOUN.match(part) else part
        whole.append(named if subject else part)
        subject = _subject(whole[-1]) or subject
    return whole


def _subject(text: str) -> str:
    """Return the words before the first verb of a clause, if they may be a subject."""
    verb = _VERB.search(text)
    if verb is None or not verb.start():
        return ""
    subject = text[: verb.start()].strip()
    if not _NOMINAL.match(subject):
        return ""
    is_short = len(subject.split()) <= _LONGEST_SUBJECT and not _NO_SUBJECT.search(subject)
    return subject if is_short else ""
