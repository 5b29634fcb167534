"""What a drafter wrote, before anything is believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """One sentence with the ids of the source sentences offered for it."""

    section: str
    """Id of the template's section it is meant for."""

    text: str
    cites: tuple[str, ...]
    """Sentence ids as the drafter gave them: they may not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafter's sentences, in order."""

    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A drafted sentence that failed, with what its drafter should hear about it."""

    sentence: DraftSentence
    reason: str
