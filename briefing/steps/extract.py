"""Draft without a model: pick the source sentences that carry the story."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf

from briefing.data.article import Sentence
from briefing.data.briefing import Stage
from briefing.data.draft import Draft, DraftSentence
from briefing.data.template import SectionPlan
from briefing.ports import Brief
from briefing.text.dates import DateMention, dates, resolve
from briefing.text.numbers import numbers
from briefing.text.occasions import stage
from briefing.text.salience import Salience, Unit
from briefing.text.speech import QUOTED, REPORTING
from briefing.text.standing import is_sound, stands_alone
from briefing.text.words import Weights, content_stems, stem

_TOO_ALIKE = 0.5
"""Share of the shorter sentence's weighted stems that a printed one may have already."""

_TOO_ALIKE_ON_TOP = 0.4
"""The same within the first section, which says each thing once."""

_TOO_ALIKE_IN_TEXT = 0.6
"""The same in running text, whose words are weighed one by one."""

_UNREAD_ARTICLE = 1.25
"""A sentence of an article that is not yet drawn on is worth this much more, but in running
text, where it costs .006 of ROUGE-1 on AllSides (bench/extractive.py)."""

_TOP = 1.0
"""How much more the first sentence of an article is worth in a section, the second half, and so
on: what opens an article reads well alone."""

_ELSEWHERE = 0.75
"""Share of its worth that a word loses which another section has told."""

_LENGTH, _LENGTH_IN_TEXT = 0.5, 0.7
"""Powers of a sentence's words that its worth is divided by: where words are what is short, a long
sentence costs more. Tried on Multi-News, where .7 is better by .004 of ROUGE-1."""

_SHORT_WORDS = 4
"""Added to the words of a sentence, so that a scrap does not win by its shortness."""

_TIMES = frozenset("second minute hour day week month year decade century".split())
_PLANNED = re.compile(r"\b(?:will|shall|scheduled|due|plans?|planned|expected|is to|are to)\b")
_PAST = re.compile(
    r"\b(?:earlier|previous(?:ly)?|last|since|had|ago|established|history|relations)\b"
)
_UNNAMED_SPEAKER = re.compile(
    r"\b(?:it|he|she|they|the statement|the official)\s+(?:also\s+)?(?:said|added|noted|stated"
    r"|maintained|pointed out|explained|stressed|told (?:reporters|journalists|the press))\W*$"
    r"|\bhere\b",
    re.IGNORECASE,
)
_UNNAMED_DOER = re.compile(
    r"^(?:Accompanied|Flanked|Joined|Followed|Speaking|Asked|Addressing|Later|Earlier|At|On|In)\b"
    r"[^,;]*(?:,[^,;]*)?,\s(?:he|she|they)\s"
)
"""A phrase without a doer, then a pronoun: whom it stands for, the sentence before says."""

_UNNAMED = 0.6
"""What a sentence is worth whose speaker or place the reader must guess."""

_OVERTAKEN = 0.35
"""What a plan is worth whose day has passed when the newest article was written."""

_GARBLED = 0.5
"""What a sentence is worth whose article reads like a bad translation, and is called that."""

_STRICT_TRAITS = frozenset({"figure", "quotation"})


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    sentence: Sentence
    before: str | None
    """Id of the sentence that this one leans on; None where it stands alone."""

    units: frozenset[Unit]
    stems: Mapping[str, int]
    words: int
    position: int
    """Counted from 1 within the article."""

    traits: frozenset[str]
    prior: float


def extract(brief: Brief) -> Draft:
    """Return the source sentences that fit the template's sections, each its own quotation.

    A sentence is worth the salience that it adds to those printed already, for its
    length, with a prior for the newer article. Sections choose in order, best fit first; one
    whose words a printed sentence has already is passed over. Sentences that lean on one the
    reader does not see, are damaged, or stand in `brief.disputed`, are not drafted.
    """
    salience = Salience(brief.story, focus=brief.focus)
    candidates = _candidates(brief, salience)
    weights = Weights(sentence.text for sentence in brief.evidence.sentences)
    chosen: dict[str, list[_Candidate]] = {}
    taken: list[_Candidate] = []
    for section in _by_strictness(brief.template.sections):
        most_alike = _TOO_ALIKE_ON_TOP if section is brief.template.sections[0] else _TOO_ALIKE
        most_alike = _TOO_ALIKE_IN_TEXT if section.words else most_alike
        choice = _Choice(section, salience, weights, most_alike)
        chosen[section.id] = choice.of(candidates, taken)
    return Draft(
        sentences=tuple(
            DraftSentence(
                section=section.id,
                text=" ".join(candidate.sentence.text.split()),
                cites=(
                    candidate.sentence.id,
                    *brief.evidence.copies.get(candidate.sentence.id, ()),
                ),
            )
            for section in brief.template.sections
            for candidate in chosen[section.id]
        )
    )


def _by_strictness(sections: Sequence[SectionPlan]) -> list[SectionPlan]:
    """Let the first section choose first, then those that take only figures or quotations."""
    return sorted(
        sections,
        key=lambda plan: 0 if plan is sections[0] else 2 - bool(_STRICT_TRAITS & set(plan.traits)),
    )


def _candidates(brief: Brief, salience: Salience) -> list[_Candidate]:
    articles = {article.id: article for article in brief.story.articles}
    newest = max((a.published for a in brief.story.articles if a.published), default=None)
    first = {sentence.article: sentence.id for sentence in reversed(brief.story.sentences)}
    before = {
        sentence.id: previous.id
        for previous, sentence in pairwise(brief.story.sentences)
        if previous.article == sentence.article
    }
    candidates = []
    for sentence in brief.evidence.sentences:
        leans = not stands_alone(sentence) or bool(_UNNAMED_DOER.match(sentence.text))
        if sentence.id in brief.disputed or not is_sound(sentence):
            continue
        if leans and sentence.id not in before:
            continue
        published = articles[sentence.article].published
        prior = _newness(published, newest)
        announced = stage(sentence.text, on=published, as_of=newest) is Stage.ANNOUNCED
        prior *= _OVERTAKEN if announced else 1.0
        prior *= _GARBLED if sentence.article in brief.garbled else 1.0
        candidates.append(
            _Candidate(
                sentence=sentence,
                before=before[sentence.id] if leans else None,
                units=salience.units(sentence),
                stems=Counter(content_stems(sentence.text)),
                words=len(sentence.text.split()),
                position=int(sentence.id.split(".")[1]),
                traits=_traits(
                    sentence, published, newest, lead=first[sentence.article] == sentence.id
                ),
                prior=prior,
            )
        )
    return candidates


def _newness(published: date | None, newest: date | None) -> float:
    if published is None or newest is None:
        return 1.0
    return 1.0 / (1.0 + 0.08 * min((newest - published).days, 10))


def _traits(
    sentence: Sentence, published: date | None, newest: date | None, *, lead: bool
) -> frozenset[str]:
    text = sentence.text
    days = dates(text)
    found = {
        "lead": lead,
        "dated": any(day.day or day.weekday is not None or day.month for day in days),
        "planned": bool(_PLANNED.search(text)),
        "attributed": bool(REPORTING.search(text)),
        "past": bool(_PAST.search(text)) or _is_past(days, published or newest),
        "figure": any(n.measured and n.unit not in _TIMES for n in numbers(text)),
        "quotation": bool(QUOTED.search(text) and REPORTING.search(text))
        and not _UNNAMED_SPEAKER.search(text),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _is_past(days: Sequence[DateMention], on: date | None) -> bool:
    if on is None:
        return False
    return any((on - period.last).days > 31 for day in days for period in resolve(day, on)[:1])


class _Choice:
    """What one section takes."""

    def __init__(
        self, section: SectionPlan, salience: Salience, weights: Weights, most_alike: float
    ) -> None:
        self._section = section
        self._salience = salience
        self._weights = weights
        self._most_alike = most_alike
        self._cues = {one for cue in section.cues for one in content_stems(cue) or [stem(cue)]}

    def of(self, candidates: Sequence[_Candidate], taken: list[_Candidate]) -> list[_Candidate]:
        """Take the best candidates one by one, adding each to `taken`."""
        picked: list[_Candidate] = []
        unread = _UNREAD_ARTICLE if self._section.words is None else 1.0
        left = {one: fit for one in candidates if one not in taken and (fit := self._fit(one)) > 0}
        while len(picked) < self._section.most and (room := self._room(picked)) > 0:
            seen = {one.sentence.id for one in picked}
            here = {unit for one in picked for unit in one.units}
            elsewhere = {unit for one in taken for unit in one.units} - here
            read = {one.sentence.article for one in taken}
            worths = {
                one: fit
                * self._worth(one, here, elsewhere, room)
                * (1.0 if one.sentence.article in read else unread)
                for one, fit in left.items()
                if one.before is None or one.before in seen
            }
            if not worths:
                break
            best = max(worths, key=worths.__getitem__)
            del left[best]
            if any(_alike(best, other, self._weights) > self._most_alike for other in taken):
                continue
            picked.append(best)
            taken.append(best)
        return _in_reading_order(picked)

    def _worth(self, one: _Candidate, here: Set[Unit], elsewhere: Set[Unit], room: float) -> float:
        """Return what a sentence adds to this section, for its length; past `room` nothing counts.

        What another section tells counts by half.
        """
        new = self._salience.worth(one.units - here)
        told = self._salience.worth(one.units & elsewhere)
        share = min(1.0, room / one.words)
        power = _LENGTH if self._section.words is None else _LENGTH_IN_TEXT
        length = min(one.words, room) + _SHORT_WORDS
        return share * (new - _ELSEWHERE * told) / float(length**power)

    def _room(self, picked: Sequence[_Candidate]) -> float:
        """Return how many words there is room for."""
        if self._section.words is None:
            return inf
        return self._section.words - sum(one.words for one in picked)

    def _fit(self, candidate: _Candidate) -> float:
        """Return how well a candidate belongs here, whatever is printed already; 0: not at all."""
        section, traits = self._section, candidate.traits
        if candidate.before is not None and section.words is None:
            return 0.0
        if (_STRICT_TRAITS & set(section.traits)) - traits:
            return 0.0
        wanted = len(traits & set(section.traits))
        matched = sum(self._weights[one] for one in candidate.stems if one in self._cues)
        if (section.traits or self._cues) and not wanted and not matched:
            return 0.0
        wrong = len(traits & set(section.avoid))
        alone = self._alone(candidate) if section.words is None else 1.0
        belongs = (1.0 + 0.5 * wanted + 0.15 * min(matched, 12.0)) / (1 + wrong)
        return candidate.prior * alone * belongs

    def _alone(self, candidate: _Candidate) -> float:
        """Return how well a sentence reads that does not stand in running text."""
        top = 1.0 + _TOP / candidate.position
        return top * (_UNNAMED if _UNNAMED_SPEAKER.search(candidate.sentence.text) else 1.0)


def _in_reading_order(picked: Sequence[_Candidate]) -> list[_Candidate]:
    """Return what was picked in that order, but what leans behind what it leans on."""
    ordered: list[_Candidate] = []
    for one in picked:
        before = [p for p, other in enumerate(ordered) if other.sentence.id == one.before]
        ordered.insert(before[0] + 1 if before else len(ordered), one)
    return ordered


def _alike(one: _Candidate, other: _Candidate, weights: Weights) -> float:
    shared = sum(weights[stem] for stem in one.stems if stem in other.stems)
    least = min(sum(weights[s] for s in one.stems), sum(weights[s] for s in other.stems))
    return shared / least if least else 1.0
