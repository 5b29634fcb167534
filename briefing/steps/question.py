"""Find what a reader would ask and no article answers."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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

_NO_PLAN = re.compile(
    r"\?[\"”’]?$|\b(?:not|never|if|whether|unless|would|may|might|could)\b|n['’]t\b", re.IGNORECASE
)

_SAW = re.compile(
    r"\b(?:met|meets|meeting|meetings|sat down|talked|talks|called on|calling on"
    r"|received|receives|receiving"
    r"|hosted|hosts|welcomed|welcomes|greeted|conferred|audience|paid a (?:courtesy )?call"
    r"|held|holds|discuss\w*|told|spoke|did not|declin\w*|refus\w*)\b",
    re.IGNORECASE,
)
"""What a report that somebody was seen has, or one that it did not come to that."""

_WILL = re.compile(
    r"\b(?:will|shall|would|expected|scheduled|due to|planned|plans?|(?:is|are) to)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|met|meets|held|left|came|went|gave|made|spoke|saw|shook|sat"
    r"|(?!need|indeed|exceed|proceed|succeed|speed|feed|seed)[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:whether|no word|not (?:known|clear|confirmed)|unclear)\b", re.IGNORECASE
)
_LONGEST_VISIT = timedelta(days=7)
"""A plan "for this month" is not late on any day of it."""

_MEETING = re.compile(
    r"\b(?:meeting|talks|conversation|session)\b"
    r"|\b(?:the two|they|both)\b[^.;]{0,20}\b(?:met|talked|spoke|sat down)\b",
    re.IGNORECASE,
)
"""What tells of a meeting and need not say with whom, where only one was planned."""

_OFF = re.compile(
    r"\b(?:cancel\w*|postpone\w*|call(?:ed|s) off|put off|fell through)\b", re.IGNORECASE
)

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
    if not _can_be_searched(story):
        return ()
    leads = {s.article: s for s in reversed(story.sentences)}.values()
    titles = [_stems(article.title) for article in story.articles]
    heads = [*titles, *(_stems(sentence.text) for sentence in leads)]
    said = [*titles, *(_stems(sentence.text) for sentence in story.sentences)]
    return tuple(
        question.gap
        for question in template.questions
        if (not question.when or _have(heads, question.when)) and not _have(said, question.cues)
    )


def unreported(story: Story, people: Sequence[Person], as_of: date | None) -> tuple[Citation, ...]:
    """Return plans to see somebody of whose outcome no report was found by `as_of`.

    A plan counts where its day is given and has passed, and where it names somebody with an office
    of whom nothing but plans is told since, by name or by office. Where no other meeting was
    planned, a report of any meeting is an answer.

    Args:
        story: The articles, numbered.
        people: Those to whom the articles give an office.
        as_of: The day that the reader is told; None: nothing is said.

    Returns:
        Whole sentences, at most three, those that name the most people first.
    """
    if as_of is None or not _can_be_searched(story):
        return ()
    days = {article.id: article.day for article in story.articles}
    roll = _Roll(people)
    plans = [
        plan
        for sentence in story.sentences
        if (plan := _plan(sentence, days[sentence.article], roll, as_of)) and plan.people
    ]
    since = min((plan.day for plan in plans), default=as_of)
    left = {person for plan in plans for person in plan.people}
    is_only_one = len({plan.people for plan in plans}) == 1
    for article in story.articles:
        if not _WILL.search(article.title) and article.day and article.day >= since:
            left -= roll.in_words(article.title)
    for sentence in story.sentences:
        for clause, around in _told(sentence, days[sentence.article], since):
            left -= roll.in_words(around)
            left -= roll.by_office(clause) if _SAW.search(clause) else frozenset()
            if is_only_one and _MEETING.search(clause):
                return ()
    return tuple(_cited(plans, left))


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
    if sentence.in_quotation or not is_sound(sentence) or _NO_PLAN.search(sentence.text):
        return None
    given = [one.period for one in occasions(sentence.text, on) if one.is_ahead]
    if not given or any(
        one.first >= as_of or one.last - one.first > _LONGEST_VISIT for one in given
    ):
        return None
    named: set[str] = set()
    for clause in clauses(sentence.text):
        planned = _WILL_MEET.search(clause.text)
        if planned:
            named |= roll.in_words(clause.text[planned.start() :])
    return _Plan(sentence, frozenset(named), min(one.first for one in given))


def _told(sentence: Sentence, on: date | None, since: date) -> Iterator[tuple[str, str]]:
    """Yield the clauses that tell more than a plan, on a day that is not long past.

    Each with the words that say of whom: of a meeting the whole sentence. An article of the day or
    a later one may tell it in any words for what is done.
    """
    told = occasions(sentence.text, on)
    if told and all(one.period.last < since for one in told):
        return
    is_report = on is None or on >= since
    for clause in clauses(sentence.text):
        text = clause.text
        is_met = bool(_SAW.search(text)) or bool(_MEETING.search(text) and not _AHEAD.search(text))
        is_past = is_report and bool(_PAST.search(text))
        is_past = is_past and not (_AHEAD.search(text) or _UNKNOWN.search(sentence.text))
        if _OFF.search(text) or (is_met and not _WILL.search(text)):
            yield text, sentence.text
        elif is_past:
            yield text, text


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
            one.name
            for one in self._people
            for role in one.roles
            if role.title.lower() in lowered
            or re.search(rf"\bthe {re.escape(role.title.lower().split()[-1])}\b", lowered)
        )


def _surnames(person: Person) -> set[str]:
    return {key(name.split()[-1]) for name in (person.name, *person.variants) if name.split()}


def _first(person: Person) -> str:
    return key(person.name.split()[0])


def _can_be_searched(story: Story) -> bool:
    return all(article.language in _LANGUAGES for article in story.articles)


def _have(texts: Iterable[frozenset[str]], cues: Iterable[str]) -> bool:
    wanted = [_stems(cue) for cue in cues]
    return any(stems >= cue for stems in texts for cue in wanted)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
