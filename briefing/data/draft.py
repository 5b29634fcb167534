"""What a drafter wrote, before anything is believed."""

from dataclasses import dataclass

from briefing.data.briefing import Coverage

PROPOSABLE = ("date", "number", "title", "event status", "quotation wording", "emphasis")
"""Types of discrepancy that a drafter may propose: those with words on two sides to be checked."""

MOST_PROPOSALS = 8
"""That are asked for, and looked at: a page is no list of everything that differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """One sentence with the ids of the source sentences offered for it."""

    section: str
    """Id of the template's section it is meant for."""

    text: str
    cites: tuple[str, ...]
    """Sentence ids as the drafter gave them: they may not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two places in which a drafter says that the sources do not agree."""

    kind: str
    """A type of discrepancy, if it is one."""

    first: str
    """Id of a source sentence: it may not exist."""

    first_words: str
    """Words that are said to stand in it."""

    second: str
    second_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafter's sentences, in order."""

    sentences: tuple[DraftSentence, ...]
    proposals: tuple[Proposal, ...] = ()
    """Differences between the sources that it came upon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The drafts of one briefing, and how much of its sources they were drafted from."""

    drafts: tuple[Draft, ...]
    """Of each part of the evidence that there is a draft of."""

    missing: tuple[str, ...]
    """What was not drafted, and why."""

    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A drafted sentence that failed, with what its drafter should hear about it."""

    sentence: DraftSentence
    reason: str
