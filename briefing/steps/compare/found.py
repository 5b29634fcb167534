"""What a comparison finds, put into the document's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from briefing.data.article import Sentence
from briefing.data.briefing import Citation, Discrepancy, Side
from briefing.text.words import words

_RUN = 8
"""Words in a row that two outlets do not write by chance: one voice, not two."""

_TOPIC_CHARS = 90

Type = Literal[
    "date",
    "number",
    "title",
    "event status",
    "quotation wording",
    "attribution lost",
    "emphasis",
    "spelling",
    "translation damage",
]


@dataclass(frozen=True, slots=True)
class Stand:
    """One side: what it says in a few words, and the sentences that say so."""

    label: str
    sentences: tuple[Sentence, ...]

    @property
    def voices(self) -> int:
        """How many articles say so, a reprint not counted again."""
        heard: list[frozenset[tuple[str, ...]]] = []
        for sentence in one_an_article(self.sentences):
            runs = _runs(sentence.text)
            if not any(runs & other for other in heard):
                heard.append(runs)
        return len(heard)


@dataclass(frozen=True, slots=True)
class Found:
    """A discrepancy with the sentences that it speaks against."""

    discrepancy: Discrepancy
    against: tuple[str, ...]
    """Ids of the sentences on the losing side, or on any side while it is open."""

    is_disputing: bool
    """Those sentences should not be drafted as they stand."""


def found(
    kind: Type,
    stands: Sequence[Stand],
    *,
    severity: Literal["high", "medium", "low"],
    wording: str,
    reason: str,
    winner: Stand | None = None,
    is_disputing: bool | None = None,
    every: bool = False,
    place: str = "",
) -> Found:
    """Return the discrepancy between `stands`; resolved where one of them is the `winner`.

    A side cites one sentence an article, or `every` one. `place` tells two discrepancies of one
    type in the same sentences apart.
    """
    sides = tuple(
        Side(
            label=stand.label,
            citations=tuple(
                Citation.of(s)
                for s in (stand.sentences if every else one_an_article(stand.sentences))
            ),
        )
        for stand in stands
    )
    losing = [s for stand in stands if stand is not winner for s in stand.sentences]
    return Found(
        Discrepancy(
            id=_id(f"{kind}|{place}" if place else kind, sides),
            type=kind,
            severity=severity,
            status="resolved" if winner else "unresolved",
            reason=reason,
            wording=wording,
            sides=sides,
        ),
        tuple(dict.fromkeys(sentence.id for sentence in losing)),
        winner is not None if is_disputing is None else is_disputing,
    )


def one_an_article(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the first sentence of each article."""
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        first.setdefault(sentence.article, sentence)
    return list(first.values())


def majority(stands: Sequence[Stand]) -> Stand | None:
    """Return the side with two voices or more, and more than any other has."""
    ranked = sorted(stands, key=lambda stand: -stand.voices)
    if ranked[0].voices >= 2 and ranked[0].voices > ranked[1].voices:
        return ranked[0]
    return None


def counted(stands: Sequence[Stand]) -> str:
    """Return which sources say what, in words."""
    return "; ".join(
        f"{stand.label} in {', '.join(source(s) for s in one_an_article(stand.sentences))}"
        for stand in stands
    )


def topic(text: str, sentence: Sentence) -> str:
    """Return the beginning of a stretch of a sentence, to say what a disagreement is about.

    It is printed in quotation marks: of a stretch that leaves words out, the sentence stands in.
    """
    whole = " ".join(sentence.text.split())
    short = " ".join(text.split()).strip(' ,.;:"“”')
    if short not in whole:
        short = whole.strip(' ,.;:"“”')
    if len(short) <= _TOPIC_CHARS:
        return short
    return short[:_TOPIC_CHARS].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def source(sentence: Sentence) -> str:
    """Return the number of a sentence's article in the document: S3."""
    return sentence.id.split(".")[0]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    lowered = [word.lower() for word in words(text)]
    least = min(_RUN, len(lowered))
    return frozenset(tuple(lowered[i : i + least]) for i in range(len(lowered) - least + 1))


def _id(kind: str, sides: Sequence[Side]) -> str:
    places = "|".join(f"{c.article}:{c.start}:{c.end}" for side in sides for c in side.citations)
    return "d" + sha256(f"{kind}|{places}".encode()).hexdigest()[:10]
