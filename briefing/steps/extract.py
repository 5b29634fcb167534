"""Draft without a model: pick the source sentences that carry the story."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from briefing.data.article import Sentence
from briefing.data.draft import Draft, DraftSentence
from briefing.data.template import SectionPlan
from briefing.ports import Brief
from briefing.text.dates import DateMention, dates, resolve
from briefing.text.numbers import numbers
from briefing.text.speech import QUOTED, REPORTING
from briefing.text.standing import stands_alone
from briefing.text.words import Weights, content_stems, stem

_TOO_ALIKE = 0.5
"""Share of the shorter sentence's weighted stems that a printed one may have already."""

_TOO_ALIKE_ON_TOP = 0.4
"""The same within the first section, which says each thing once."""

_UNREAD_ARTICLE = 1.25
"""A sentence of an article that is not yet drawn on is worth this much more."""

_TIMES = frozenset("second minute hour day week month year decade century".split())
_PLANNED = re.compile(r"\b(?:will|shall|scheduled|due|plans?|planned|expected|is to|are to)\b")
_PAST = re.compile(
    r"\b(?:earlier|previous(?:ly)?|last|since|had|ago|established|history|relations)\b"
)
_UNNAMED_SPEAKER = re.compile(
    r"\b(?:it|he|she|they|the statement|the official)\s+(?:also\s+)?(?:said|added|noted|stated"
    r"|maintained|pointed out|explained|stressed)\W*$|\bhere\b",
    re.IGNORECASE,
)
_UNNAMED = 0.6
"""What a sentence is worth whose speaker or place the reader must guess."""

_OVERTAKEN = 0.35
"""What a plan is worth whose day has passed when the newest article was written."""

_STRICT_TRAITS = frozenset({"figure", "quotation"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    stems: Mapping[str, int]
    traits: frozenset[str]
    salience: float


def extract(brief: Brief) -> Draft:
    """Return the source sentences that fit the template's sections, each its own quotation.

    A sentence's salience is the weight of its words, a word weighing more the more articles use
    it (SumBasic's idea over articles) and the rarer it is among the sentences (idf), with a prior
    for the top of an article and for the newer one. Sections choose in order, best fit first;
    one whose words a printed sentence has already is passed over. Sentences that lean on one the
    reader does not see, are damaged, or stand in `brief.disputed`, are not drafted.
    """
    candidates = _candidates(brief)
    chosen: dict[str, list[_Candidate]] = {}
    taken: list[_Candidate] = []
    weights = Weights(sentence.text for sentence in brief.evidence.sentences)
    for section in _by_strictness(brief.template.sections):
        fit = _fit_of(section, weights)
        most_alike = _TOO_ALIKE_ON_TOP if section is brief.template.sections[0] else _TOO_ALIKE
        chosen[section.id] = _choose(section, candidates, taken, fit, weights, most_alike)
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


def _candidates(brief: Brief) -> list[_Candidate]:
    sentences = brief.evidence.sentences
    weights = Weights(sentence.text for sentence in sentences)
    carried = Counter(
        one
        for article in brief.story.articles
        for one in {
            found
            for sentence in sentences
            if sentence.article == article.id
            for found in content_stems(sentence.text)
        }
    )
    articles = {article.id: article for article in brief.story.articles}
    newest = max((a.published for a in brief.story.articles if a.published), default=None)
    wanted = set(content_stems(brief.focus or ""))
    first = {sentence.article: sentence.id for sentence in reversed(brief.story.sentences)}
    candidates = []
    for sentence in sentences:
        if sentence.id in brief.disputed or not stands_alone(sentence):
            continue
        stems = Counter(content_stems(sentence.text))
        published = articles[sentence.article].published
        weight = sum(
            weights[one] * carried[one] / len(articles) * (3.0 if one in wanted else 1.0)
            for one in stems
        )
        position = int(sentence.id.split(".")[1])
        prior = (1.0 + 1.0 / position) * _newness(published, newest)
        prior *= _UNNAMED if _UNNAMED_SPEAKER.search(sentence.text) else 1.0
        prior *= _OVERTAKEN if _is_overtaken(sentence, published, newest) else 1.0
        candidates.append(
            _Candidate(
                sentence,
                stems,
                _traits(sentence, published, newest, lead=first[sentence.article] == sentence.id),
                weight / sqrt(len(stems) + 4) * prior,
            )
        )
    return candidates


def _newness(published: date | None, newest: date | None) -> float:
    if published is None or newest is None:
        return 1.0
    return 1.0 / (1.0 + 0.08 * min((newest - published).days, 10))


def _is_overtaken(sentence: Sentence, published: date | None, newest: date | None) -> bool:
    if newest is None or published is None or not _PLANNED.search(sentence.text):
        return False
    days = [period.last for day in dates(sentence.text) for period in resolve(day, published)]
    return bool(days) and max(days) < newest


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


def _fit_of(section: SectionPlan, weights: Weights) -> Callable[[_Candidate], float]:
    cues = {one for cue in section.cues for one in content_stems(cue) or [stem(cue)]}

    def fit(candidate: _Candidate) -> float:
        strict = _STRICT_TRAITS & set(section.traits)
        if strict - candidate.traits:
            return 0.0
        traits = len(candidate.traits & set(section.traits))
        matched = sum(weights[one] for one in candidate.stems if one in cues)
        if (section.traits or cues) and not traits and not matched:
            return 0.0
        wrong = len(candidate.traits & set(section.avoid))
        return candidate.salience * (1.0 + 0.5 * traits + 0.15 * min(matched, 12.0)) / (1 + wrong)

    return fit


def _choose(
    section: SectionPlan,
    candidates: Sequence[_Candidate],
    taken: list[_Candidate],
    fit: Callable[[_Candidate], float],
    weights: Weights,
    most_alike: float,
) -> list[_Candidate]:
    """Take the best candidates one by one, adding each to `taken`."""
    picked: list[_Candidate] = []
    left = [candidate for candidate in candidates if fit(candidate) > 0]
    while left and len(picked) < section.most:
        read = {candidate.sentence.article for candidate in taken}
        best = max(
            left,
            key=lambda one: fit(one) * (1.0 if one.sentence.article in read else _UNREAD_ARTICLE),
        )
        left.remove(best)
        if any(_alike(best, other, weights) > most_alike for other in taken):
            continue
        picked.append(best)
        taken.append(best)
    return picked


def _alike(one: _Candidate, other: _Candidate, weights: Weights) -> float:
    shared = sum(weights[stem] for stem in one.stems if stem in other.stems)
    least = min(sum(weights[s] for s in one.stems), sum(weights[s] for s in other.stems))
    return shared / least if least else 1.0
