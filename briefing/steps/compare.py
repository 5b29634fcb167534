"""Compare the sources with each other: where two of them cannot both be right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.data.article import Sentence, Story
from briefing.data.briefing import Citation, Discrepancy, Side
from briefing.data.origin import Change, Copies
from briefing.text.offices import Held, Holders, offices

if TYPE_CHECKING:
    from briefing.text.names import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The disagreements found, and the sentences that the better-attested side speaks against."""

    discrepancies: tuple[Discrepancy, ...]
    touching: dict[str, tuple[str, ...]]
    """Sentence id to the ids of the discrepancies that speak against it."""

    disputed: frozenset[str]
    """Ids of sentences that give somebody an office which the better-attested side does not, or on
    which the sides are even. A changed figure is not among them: its sentence is printed, with the
    discrepancy beside it."""


def compare(story: Story, copies: Copies) -> Comparison:
    """Return the discrepancies between, and inside, the story's articles.

    Offices are compared: one person with two offices that nobody holds at once. The one that
    most articles give is taken to be right, and the discrepancy is resolved; a tie stays open.
    So are copies of one text: a figure that was changed in some of them. That stays open, however
    many reprint the one or the other: a reprint bears nothing out.
    """
    holders = Holders({s.id: (s, offices(s.text)) for s in story.sentences})
    discrepancies: list[Discrepancy] = []
    touching: dict[str, list[str]] = {}
    disputed: set[str] = set()
    for said in holders.conflicts():
        usual = holders.usual(max((held.holder for held in said), key=lambda name: len(name.text)))
        found = _title_discrepancy(said, usual[0] if usual else None)
        discrepancies.append(found)
        for sentence in {held.sentence for held in said if not usual or held.title != usual[0]}:
            touching.setdefault(sentence.id, []).append(found.id)
            disputed.add(sentence.id)
    sentences = {sentence.id: sentence for sentence in story.sentences}
    for change in copies.changes:
        found = _changed_figure(change, sentences)
        discrepancies.append(found)
        for id_ in dict.fromkeys(id_ for variant in change.variants for id_ in variant.sentences):
            touching.setdefault(id_, []).append(found.id)
    return Comparison(
        discrepancies=tuple(discrepancies),
        touching={sentence: tuple(ids) for sentence, ids in touching.items()},
        disputed=frozenset(disputed),
    )


def _title_discrepancy(said: Sequence[Held], usual: str | None) -> Discrepancy:
    articles = Counter(title for title, _ in {(h.title, h.sentence.article) for h in said})
    titles = sorted(articles, key=lambda title: (-articles[title], title))
    name = _fullest(said)
    sides = tuple(
        Side(
            label=title,
            citations=tuple(
                Citation.of(sentence)
                for sentence in _one_an_article(h.sentence for h in said if h.title == title)
            ),
        )
        for title in titles
    )
    counted = "; ".join(
        f"{title!r} in {articles[title]} article{'s' if articles[title] > 1 else ''}"
        for title in titles
    )
    wording = (
        f"{name} is {usual} in most sources; one side says {_others(titles, usual)}."
        if usual
        else f"The sources do not agree whether {name} is {' or '.join(titles)}."
    )
    return Discrepancy(
        id=_id("title", sides),
        type="title",
        severity="high",
        status="resolved" if usual else "unresolved",
        reason=f"{name}: {counted}",
        wording=wording,
        sides=sides,
    )


def _changed_figure(change: Change, sentences: Mapping[str, Sentence]) -> Discrepancy:
    sides = tuple(
        Side(
            label=variant.text,
            citations=tuple(
                Citation.of(sentence)
                for sentence in _one_an_article(sentences[id_] for id_ in variant.sentences)
            ),
        )
        for variant in change.variants
    )
    counted = "; ".join(
        f"{side.label!r} in {len(side.citations)} article{'s' if len(side.citations) > 1 else ''}"
        for side in sides
    )
    place = change.variants[0].places[0]
    return Discrepancy(
        id=_id(f"{change.kind}|{place.article}:{place.start}", sides),
        type=change.kind,
        severity="high",
        status="unresolved",
        reason=f"copies of one text: {counted}",
        wording=f"Copies of one text differ in a {change.kind}: "
        f"{' or '.join(side.label for side in sides)}.",
        sides=sides,
    )


def _one_an_article(sentences: Iterable[Sentence]) -> list[Sentence]:
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        first.setdefault(sentence.article, sentence)
    return list(first.values())


def _others(titles: Sequence[str], usual: str) -> str:
    return " or ".join(title for title in titles if title != usual)


def _fullest(said: Sequence[Held]) -> str:
    named: list[Name] = [held.holder for held in said]
    return max((name.text.removesuffix("'s").removesuffix("’s") for name in named), key=len)


def _id(kind: str, sides: Sequence[Side]) -> str:
    places = "|".join(f"{c.article}:{c.start}:{c.end}" for side in sides for c in side.citations)
    return "d" + sha256(f"{kind}|{places}".encode()).hexdigest()[:10]
