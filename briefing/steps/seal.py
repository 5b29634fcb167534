"""Seal what only the run knows, so that a later change of the saved file shows."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256

from briefing.data.briefing import Briefing, CheckedSentence, Seals

_DIGITS = 16
"""Of SHA-256: a slip of the hand is seen, and whoever seals anew is not kept out by more."""

_OF_A_SENTENCE = {"verdict", "reason", "uncertain", "origins", "checks"}
"""Its text, citations and labels are read from the articles again."""

_WHOLE = (
    "focus",
    "template",
    "drafter",
    "origins",
    "gaps",
    "unreported",
    "dropped",
    "coverage",
    "usage",
    "usd_per_supported",
    "prompts",
    "missing",
    "notes",
)
"""Fields of a document that are sealed as they are."""

_PARTS: Mapping[str, Callable[[Briefing], object]] = {
    # Where the files lie may change.
    "articles": lambda briefing: [
        entry.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
        for entry in briefing.articles
    ],
    "counts.differences_refused": lambda briefing: briefing.counts.differences_refused,
    "discrepancies": lambda briefing: [one.id for one in briefing.discrepancies],
    "people": lambda briefing: [
        person.name for section in briefing.sections for person in section.people
    ],
    "sections": lambda briefing: [
        [section.id, section.label, [one.id for one in section.sentences]]
        for section in briefing.sections
    ],
}
"""What else is sealed of it, by key."""


def seal(briefing: Briefing) -> Briefing:
    """Return `briefing` with its seals: hashes of what no article tells, such as who drafted.

    A seal shows that a file was changed by hand, and not that nobody sealed it anew.
    """
    seals = Seals(
        parts=sealed_parts(briefing),
        sentences={
            sentence.id: sealed_sentence(sentence, section.id)
            for section in briefing.sections
            for sentence in section.sentences
        },
    )
    return briefing.model_copy(update={"seals": seals})


def sealed_parts(briefing: Briefing) -> dict[str, str]:
    """Return the seals of the parts of `briefing` as it stands, by their keys."""
    # Without defaults, a field that a later version adds leaves the seals of older files whole.
    whole = briefing.model_dump(mode="json", include=set(_WHOLE), exclude_defaults=True)
    return {
        **{name: _hashed(whole.get(name)) for name in _WHOLE},
        **{name: _hashed(value(briefing)) for name, value in _PARTS.items()},
    }


def sealed_sentence(sentence: CheckedSentence, section: str) -> str:
    """Return the seal of a sentence in the section with the id `section`."""
    told = sentence.model_dump(mode="json", include=_OF_A_SENTENCE, exclude_defaults=True)
    return _hashed([section, told])


def _hashed(value: object) -> str:
    written = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
