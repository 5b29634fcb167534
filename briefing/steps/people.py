"""Who the people of a story are: their names, offices and sides, as the articles give them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from briefing.data.article import Sentence, Span, Story
from briefing.data.briefing import Citation, Discrepancy, Person, Role
from briefing.text.bodies import NO_SIDE, body, owner
from briefing.text.names import Name, key, names, same_name
from briefing.text.offices import BODY, EXCLUSIVE, Office, offices
from briefing.text.words import words

_ALIKE = 0.65
"""Ratio of two names that are one in two spellings: Sergei and Surgey have .67."""

_FORENAMES_ALIKE = 0.8
"""The same of their forenames: Mohamed and Mohammed have .93."""

_LONGEST_BODY = 6
"""Words in the name of a body."""

_FORMER = re.compile(
    r"\b(?i:former|ex|then|late|one-time|onetime|erstwhile)[- ]"
    r"(?:[^\W\d_a-z][\w.]*(?:['’]s)?\s+){0,2}$"
)
"""What stands before an office that is no longer held: "the then Norlandish "."""

_CHARS_BEFORE = 80
"""Characters in which "the former Norlandish" or "Ada Lund of" ends."""

_OF_PLACE = re.compile(r"\b[^\W\d_a-z][\w'’.-]*\s+(?:of|from|in)\s+$")

_MOST_CITED = 3
"""Citations of one role: the first in so many articles."""


@dataclass(frozen=True, slots=True)
class _Mention:
    name: Name
    title: str
    nation: str | None
    """Key of the word for the state."""

    body: str
    """Name of several words of what the office is in; empty where one word says it."""

    sentence: Sentence
    span: Span

    @property
    def citation(self) -> Citation:
        start = self.sentence.span.start + self.span.start
        quote = self.span.of(self.sentence.text)
        return Citation(
            article=self.sentence.article, start=start, end=start + len(quote), quote=quote
        )


@dataclass(slots=True)
class _Known:
    mentions: list[_Mention] = field(default_factory=list)

    def may_be(self, mention: _Mention) -> bool:
        """Whether `mention` names this person: the same name, or nearly with the same office."""
        return any(_may_be_one(mention.name, one.name) for one in self.mentions) or any(
            mention.title == one.title and _is_misspelt(mention.name, one.name)
            for one in self.mentions
        )


def people(story: Story, discrepancies: Sequence[Discrepancy] = ()) -> tuple[Person, ...]:
    """Return the people to whom the articles give an office, by side, the most named first.

    A surname alone is the person of that surname whom the articles name in full, if there is but
    one. Of two offices that nobody holds at once, the one that fewer articles give is left to the
    list of discrepancies; with a tie both are kept.

    Args:
        story: The articles, numbered.
        discrepancies: Those of them whose citations hold a role are named with the person.
    """
    known = _known(_of_people(_mentions(story), story))
    surnames = {mention.name.last.split("'")[-1] for one in known for mention in one.mentions}
    printed = Counter(name.last for s in story.sentences for name in names(s.text))
    sides = _Sides(story, surnames)
    found = [_person(one, sides, printed, discrepancies) for one in known]
    named = Counter(person.side for person in found if person.side)
    return tuple(
        sorted(
            found,
            key=lambda person: (
                not person.side,
                -named[person.side],
                person.side,
                -sum(len({c.article for c in role.citations}) for role in person.roles),
                person.name,
            ),
        )
    )


def _mentions(story: Story) -> list[_Mention]:
    found = []
    earlier = {
        sentence.id: before.text
        for before, sentence in pairwise(story.sentences)
        if before.article == sentence.article
    }
    for sentence in story.sentences:
        for office in offices(sentence.text):
            holder = office.holder
            if holder is None or sentence.text[holder.span.start : holder.span.end] != holder.text:
                continue
            spans = (office.span, holder.span)
            whole = Span(min(s.start for s in spans), max(s.end for s in spans))
            found.append(
                _Mention(
                    holder,
                    _title(office, sentence.text),
                    office.nation,
                    body(office, holder, sentence.text)
                    or owner(office, sentence.text, earlier.get(sentence.id, "")),
                    sentence,
                    whole,
                )
            )
    return found


def _of_people(mentions: Sequence[_Mention], story: Story) -> list[_Mention]:
    """Return the mentions but those of a place or a thing: "Ada Lund of Norland, the chairwoman".

    A single word that the articles have in small letters too is a person's where some mention
    gives it behind a forename.
    """
    full = {one.name.last for one in mentions if " " in one.name.text}
    small = {word for s in story.sentences for word in words(s.text) if word.islower()}
    return [
        one
        for one in mentions
        if " " in one.name.text
        or not (
            _OF_PLACE.search(one.sentence.text, _near(one.name.span), one.name.span.start)
            or (one.name.text.lower() in small and one.name.last not in full)
        )
    ]


def _near(span: Span) -> int:
    """Return where the words begin that stand close before `span`."""
    return max(0, span.start - _CHARS_BEFORE)


def _title(office: Office, text: str) -> str:
    """Return the office as it is printed, with "former" where the words before it say so."""
    title = office.title
    if title == "state secretary" and office.text.lower().endswith("state"):
        title = "secretary of state"
    is_past = _FORMER.search(
        text, _near(office.span), office.span.start
    ) or office.text.lower().startswith("then")
    return f"former {title}" if is_past and not title.startswith(("former ", "ex ")) else title


def _known(mentions: Sequence[_Mention]) -> list[_Known]:
    """Put the mentions of one person together; full names first, so that surnames find them."""
    known: list[_Known] = []
    for mention in sorted(mentions, key=lambda m: -len(m.name.text.split())):
        same = [one for one in known if one.may_be(mention)]
        if len(same) > 1 and len(mention.name.text.split()) == 1:
            continue
        if not same:
            same = [_Known()]
            known += same
        same[0].mentions.append(mention)
    return known


def _may_be_one(name: Name, other: Name) -> bool:
    if name.last != other.last:
        return False
    first, second = _forenames(name), _forenames(other)
    if not first or not second:
        return True
    return any(
        one == two
        or (min(len(one), len(two)) == 1 and one[0] == two[0])
        or SequenceMatcher(None, one, two).ratio() >= _ALIKE
        for one in first
        for two in second
    )


def _is_misspelt(name: Name, other: Name) -> bool:
    return SequenceMatcher(None, name.last, other.last).ratio() >= _ALIKE and any(
        SequenceMatcher(None, one, two).ratio() >= _FORENAMES_ALIKE
        for one in _forenames(name)
        for two in _forenames(other)
    )


def _forenames(name: Name) -> tuple[str, ...]:
    return tuple(key(word) for word in name.text.split()[:-1])


class _Sides:
    """The states that offices are given to, each by the shortest word for it in the articles."""

    def __init__(self, story: Story, surnames: set[str]) -> None:
        self._surnames = surnames
        words = {
            word.removesuffix("'s").removesuffix("’s")
            for sentence in story.sentences
            for name in names(sentence.text)
            for word in name.text.split()
        }
        self._words = sorted(words, key=lambda word: (len(word), word))
        named = Counter(
            name.text.removesuffix("'s").removesuffix("’s")
            for sentence in story.sentences
            for name in names(sentence.text)
            if 1 < len(name.text.split()) <= _LONGEST_BODY
        )
        self._bodies = {
            key(name.split()[-1]): name
            for name in sorted(named, key=lambda name: (named[name], name))
            if BODY.search(name)
        }
        """The most named body of each last word."""

    def of(self, mentions: Iterable[_Mention]) -> str:
        """Return the side that most of the mentions name, or an empty string."""
        counted = Counter(
            mention.body or self._side(mention.nation)
            for mention in mentions
            if mention.body or (mention.nation and mention.nation not in self._surnames)
        )
        del counted[""]
        for side in tuple(counted):
            for longer in sorted(counted):
                if longer.startswith(f"{side} ") or longer.endswith(f" {side}"):
                    counted[longer] += counted.pop(side, 0)
        return min(counted, key=lambda side: (-counted[side], side)) if counted else ""

    def _side(self, nation: str | None) -> str:
        """Return the word for a state, or the whole name of a body whose last word it is."""
        if nation is None:
            return ""
        word = self._word(nation)
        if not BODY.search(word) and key(word) not in NO_SIDE:
            return word
        return self._bodies.get(key(word), "" if key(word) in NO_SIDE else word)

    def _word(self, nation: str) -> str:
        same = (word for word in self._words if same_name(key(word), nation))
        return next(same, nation.title())


def _person(
    one: _Known,
    sides: _Sides,
    printed: Mapping[str, int],
    discrepancies: Sequence[Discrepancy],
) -> Person:
    mentions = sorted(one.mentions, key=lambda m: (m.sentence.article, m.sentence.span.start))
    spellings = Counter(_plain(mention.name) for mention in mentions)
    longest = max(len(name.split()) for name in spellings)
    full = [name for name in spellings if len(name.split()) == longest]
    name = min(
        full, key=lambda name: (-spellings[name], -printed.get(key(name.split()[-1]), 0), name)
    )
    roles = _roles(mentions)
    cited = [citation for role in roles for citation in role.citations]
    return Person(
        name=name,
        variants=tuple(sorted(spelling for spelling in spellings if spelling != name)),
        side=sides.of(mentions),
        roles=roles,
        discrepancies=tuple(
            found.id for found in discrepancies if found.type == "title" and _touches(found, cited)
        ),
    )


def _plain(name: Name) -> str:
    return name.text.removesuffix("'s").removesuffix("’s")


def _roles(mentions: Sequence[_Mention]) -> tuple[Role, ...]:
    said: dict[str, list[_Mention]] = {}
    for mention in mentions:
        said.setdefault(mention.title, []).append(mention)
    articles = {title: len({m.sentence.article for m in of}) for title, of in said.items()}
    most = max((articles[title] for title in said if title in EXCLUSIVE), default=0)
    kept = [
        title
        for title in said
        if (title not in EXCLUSIVE or articles[title] == most) and not _is_over(title, articles)
    ]
    return tuple(
        Role(title=title, citations=_one_an_article(said[title]))
        for title in sorted(kept, key=lambda t: (-articles[t], t.startswith("former "), t))
    )


def _is_over(title: str, articles: Mapping[str, int]) -> bool:
    """Whether more articles say otherwise of one office: held, or held no more; the latter ties."""
    if title.startswith("former "):
        return articles.get(title.removeprefix("former "), 0) > articles[title]
    return articles.get(f"former {title}", 0) >= articles[title]


def _one_an_article(mentions: Iterable[_Mention]) -> tuple[Citation, ...]:
    first: Mapping[str, _Mention] = {m.sentence.article: m for m in reversed(tuple(mentions))}
    cited = sorted((m.citation for m in first.values()), key=lambda c: (c.article, c.start))
    return tuple(cited[:_MOST_CITED])


def _touches(found: Discrepancy, cited: Sequence[Citation]) -> bool:
    return any(
        side.article == one.article and side.start <= one.start and one.end <= side.end
        for each in found.sides
        for side in each.citations
        for one in cited
    )
