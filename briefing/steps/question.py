"""Find what a reader would ask and no article answers."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.data.article import Sentence, Story
from briefing.data.briefing import Citation, Person
from briefing.data.template import Template
from briefing.text.clauses import clauses
from briefing.text.names import key
from briefing.text.occasions import occasions
from briefing.text.standing import is_sound
from briefing.text.words import stem, words

_LANGUAGES = frozenset({"en", "und", ""})
"""Of the articles whose words the cues can be looked for in."""

_MOST_UNREPORTED = 3

_WILL_MEET = re.compile(
    r"\b(?:will|shall|(?:is|are)(?: also)? (?:due|expected|scheduled|set|planned|likely) to"
    r"|(?:is|are) to)\b[^.;:]{0,60}?\b(?:meet(?:ings?)?|call on|talks?|received by|receive|visit"
    r"|confer|audience|interact\w*)\b",
    re.IGNORECASE,
)
"""A plan to see somebody, from the verb that looks ahead to the word for it."""

_SAW = re.compile(
    r"\b(?:met|meeting|meetings|talked|talks|called on|calling on|received|receives|receiving"
    r"|hosted|hosts|welcomed|welcomes|greeted|conferred|audience|paid a (?:courtesy )?call"
    r"|held|holds|discuss\w*|told|spoke|cancel\w*|postpone\w*|call(?:ed|s) off|put off|did not"
    r"|declin\w*|refus\w*)\b",
    re.IGNORECASE,
)
"""What a report that somebody was seen has, or one that it did not come to that."""

_AHEAD = re.compile(
    r"\b(?:will|shall|would|to (?:meet|hold|call|receive|visit|discuss|be)|expected|scheduled"
    r"|due|planned|plans?)\b",
    re.IGNORECASE,
)


def unanswered(template: Template, story: Story) -> tuple[str, ...]:
    """Return the template's words for each of its questions to which no article has an answer.

    An answer is a sentence, or a headline, with all words of one of the question's cues, in any
    inflection. Nothing is said of articles in a language other than the template's, English.
    """
    if any(article.language not in _LANGUAGES for article in story.articles):
        return ()
    leads = {s.article: s for s in reversed(story.sentences)}.values()
    heads = [
        _stems(text) for text in (*(a.title for a in story.articles), *(s.text for s in leads))
    ]
    said = [*heads, *(_stems(sentence.text) for sentence in story.sentences)]
    return tuple(
        question.gap
        for question in template.questions
        if (not question.when or _have(heads, question.when)) and not _have(said, question.cues)
    )


def unreported(story: Story, people: Sequence[Person], as_of: date | None) -> tuple[Citation, ...]:
    """Return plans to see somebody by `as_of` of which no article says what became.

    A plan counts where its day is given and has come, and where it names somebody with an office
    of whom no sentence, by name or by office, has anything to say but plans: a report of any
    meeting with that person since is taken as an answer.

    Args:
        story: The articles, numbered.
        people: Those to whom the articles give an office.
        as_of: The day that the reader is told; None: nothing is said.

    Returns:
        Whole sentences, at most three, those that name the most people first.
    """
    if as_of is None:
        return ()
    days = {article.id: article.day for article in story.articles}
    roll = _Roll(people)
    plans = [
        plan
        for sentence in story.sentences
        if (plan := _plan(sentence, days[sentence.article], roll, as_of)) and plan.people
    ]
    since = min((plan.day for plan in plans), default=as_of)
    seen = {
        person
        for sentence in story.sentences
        for person in _seen(sentence, days[sentence.article], roll, since)
    }
    return tuple(_cited(plans, {person for plan in plans for person in plan.people} - seen))


def _cited(plans: Sequence["_Plan"], open_: Collection[str]) -> Iterator[Citation]:
    left = set(open_)
    for _ in range(_MOST_UNREPORTED):
        best = max(plans, key=lambda plan: len(plan.people & left), default=None)
        if best is None or not best.people & left:
            return
        yield Citation.of(best.sentence)
        left -= best.people


@dataclass(frozen=True, slots=True)
class _Plan:
    sentence: Sentence
    people: frozenset[str]
    """Names of those whom somebody is to see."""

    day: date


def _plan(sentence: Sentence, on: date | None, roll: "_Roll", as_of: date) -> _Plan | None:
    if sentence.in_quotation or not is_sound(sentence):
        return None
    given = [one for one in occasions(sentence.text, on) if one.period.first <= as_of]
    if not given or any(one.period.first > as_of for one in occasions(sentence.text, on)):
        return None
    named: set[str] = set()
    for clause in clauses(sentence.text):
        planned = _WILL_MEET.search(clause.text)
        if planned:
            behind = clause.text[planned.start() :]
            named |= roll.in_words(behind)
    first = min(one.period.first for one in given)
    if on is not None and first < on:
        first = on
    return _Plan(sentence, frozenset(named), first)


def _seen(sentence: Sentence, on: date | None, roll: "_Roll", since: date) -> Iterator[str]:
    """Yield the people of whom `sentence` tells more than plans, on a day that is not long past."""
    told = occasions(sentence.text, on)
    if told and all(one.period.last < since for one in told):
        return
    for clause in clauses(sentence.text):
        if _SAW.search(clause.text) and not _AHEAD.search(clause.text):
            yield from roll.in_words(sentence.text) | roll.by_office(clause.text)


class _Roll:
    """People with an office, to be found in a text by name."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._sharing = Counter(surname for one in people for surname in _surnames(one))

    def in_words(self, text: str) -> frozenset[str]:
        """Return the names of those whom `text` names: one of two Khans by the first name too."""
        keys = set(map(key, words(text)))
        return frozenset(
            one.name
            for one in self._people
            for surname in _surnames(one) & keys
            if self._sharing[surname] == 1 or _first(one) in keys
        )

    def by_office(self, text: str) -> frozenset[str]:
        """Return the names of those who hold an office that `text` speaks of."""
        lowered = text.lower()
        return frozenset(
            one.name for one in self._people for role in one.roles if role.title.lower() in lowered
        )


def _surnames(person: Person) -> set[str]:
    return {key(name.split()[-1]) for name in (person.name, *person.variants) if name.split()}


def _first(person: Person) -> str:
    return key(person.name.split()[0])


def _have(texts: Iterable[frozenset[str]], cues: Iterable[str]) -> bool:
    wanted = [_stems(cue) for cue in cues]
    return any(stems >= cue for stems in texts for cue in wanted)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
