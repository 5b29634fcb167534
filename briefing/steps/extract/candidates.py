"""What a draft without a model can be made of, and how much of it is said already."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from briefing.data.article import Article, Sentence
from briefing.data.template import SectionPlan
from briefing.ports import Brief
from briefing.text.datelines import without_dateline
from briefing.text.dates import DateMention, dates, resolve
from briefing.text.numbers import numbers
from briefing.text.occasions import is_overtaken, is_statement, occasions
from briefing.text.salience import Salience, Unit
from briefing.text.speech import QUOTED, REPORTING, unquoted
from briefing.text.standing import is_sound, stands_alone
from briefing.text.words import Weights, content_stems, stem

_PLANNED = re.compile(r"\b(?:will|shall|scheduled|due|plans?|planned|expected|is to|are to)\b")
_WOULD = re.compile(r"\bwould\b(?! have\b)")
"""Told in another's words, what is planned: "said he would meet the minister"."""

_PAST = re.compile(
    r"\b(?:earlier|previous(?:ly)?|last|since|had|ago|established|history|relations)\b"
)
UNNAMED_SPEAKER = re.compile(
    r"\b(?:it|he|she|they|the statement|the official)\s+(?:also\s+)?(?:said|added|noted|stated"
    r"|maintained|pointed out|explained|stressed|told (?:reporters|journalists|the press))\W*$"
    r"|\bhere\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"'”’)]*\Z")
"""It tells nothing."""

_UNNAMED_DOER = re.compile(
    r"^(?:Accompanied|Flanked|Joined|Followed|Speaking|Asked|Addressing|Later|Earlier|At|On|In)\b"
    r"[^,;]*(?:,[^,;]*)?,\s(?:he|she|they)\s"
)
"""A phrase without a doer, then a pronoun: whom it stands for, the sentence before says."""


_OVERTAKEN = 0.35
"""What a plan is worth whose day has passed when the newest article was written."""

_GARBLED = 0.5
"""What a sentence is worth whose article reads like a bad translation, and is called that."""

_TRANSLATED = re.compile(
    r"\(translat(?:ed|ion)\b[^()]*\)|\([^()]*\btranslat(?:ed|ion)\)", re.IGNORECASE
)
_TOP_CHARS = 200
"""Characters in which an article says that it is a translation."""

_ELSEWHERE = 0.75
"""Share of its worth that a word loses which another section has told."""

SHORT_WORDS = 4
"""Added to the words of a sentence, so that a scrap does not win by its shortness."""

STRICT_TRAITS = frozenset({"figure", "quotation"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may be printed."""

    sentence: Sentence
    text: str
    """What is printed of it: all but a dateline, on one line."""

    before: str | None
    """Id of the sentence that this one leans on; None where it stands alone."""

    units: frozenset[Unit]
    stems: Mapping[str, int]
    words: int
    position: int
    """Counted from 1 within the article."""

    traits: frozenset[str]
    prior: float


def candidates(brief: Brief, salience: Salience) -> list[Candidate]:
    """Return the sentences that may be printed, in the order of the evidence."""
    articles = {article.id: article for article in brief.story.articles}
    newest = max((a.published for a in brief.story.articles if a.published), default=None)
    first = {sentence.article: sentence.id for sentence in reversed(brief.story.sentences)}
    before = {
        sentence.id: previous.id
        for previous, sentence in pairwise(brief.story.sentences)
        if previous.article == sentence.article
    }
    poor = brief.garbled | {one.id for one in articles.values() if _is_translated(one)}
    found = []
    for sentence in brief.evidence.sentences:
        text = " ".join(without_dateline(sentence.text).split())
        told = replace(sentence, text=text)
        leans = not stands_alone(told) or bool(_UNNAMED_DOER.match(text))
        if sentence.id in brief.disputed or not is_sound(told):
            continue
        if (leans and sentence.id not in before) or _QUESTION.search(sentence.text):
            continue
        published = articles[sentence.article].published
        prior = _newness(published, newest)
        if is_overtaken(sentence.text, on=published, as_of=newest):
            prior *= _OVERTAKEN
        prior *= _GARBLED if sentence.article in poor else 1.0
        found.append(
            Candidate(
                sentence=sentence,
                text=text,
                before=before[sentence.id] if leans else None,
                units=salience.units(sentence),
                stems=Counter(content_stems(sentence.text)),
                words=len(text.split()),
                position=int(sentence.id.split(".")[1]),
                traits=_traits(
                    text, published, newest, lead=first[sentence.article] == sentence.id
                ),
                prior=prior,
            )
        )
    return found


def _is_translated(article: Article) -> bool:
    return bool(_TRANSLATED.search(f"{article.title}\n{article.text[:_TOP_CHARS]}"))


def _newness(published: date | None, newest: date | None) -> float:
    if published is None or newest is None:
        return 1.0
    return 1.0 / (1.0 + 0.08 * min((newest - published).days, 10))


def _traits(
    text: str, published: date | None, newest: date | None, *, lead: bool
) -> frozenset[str]:
    days = dates(text)
    is_history = _is_past(days, published or newest)
    found = {
        "lead": lead,
        "dated": any(day.day or day.weekday is not None or day.month for day in days),
        "planned": bool(_PLANNED.search(text)),
        "attributed": bool(REPORTING.search(text)),
        "past": bool(_PAST.search(text)) or is_history,
        "history": is_history,
        "figure": any(n.is_amount for n in numbers(text)),
        "quotation": bool(QUOTED.search(text) and REPORTING.search(unquoted(text)))
        and not UNNAMED_SPEAKER.search(text),
        "coming": _is_coming(text, published, newest),
        "statement": is_statement(text) and not _WOULD.search(text),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _is_past(days: Sequence[DateMention], on: date | None) -> bool:
    if on is None:
        return False
    return any((on - period.last).days > 31 for day in days for period in resolve(day, on)[:1])


def _is_coming(text: str, published: date | None, newest: date | None) -> bool:
    """Whether it gives a day that is still to come for the reader."""
    told = (one for one in occasions(text, published) if not one.is_aside)
    return newest is not None and any(one.period.first > newest for one in told)


def _is_out_of_place(section: SectionPlan, one: Candidate) -> bool:
    """Whether it is no past event, or no event at all, where such are listed."""
    if "past" in section.traits and "coming" in one.traits:
        return True
    is_event = "statement" not in one.traits or one.traits & {"dated", "planned"}
    return section.label == "stage" and not is_event


def belonging(
    section: SectionPlan, candidates: Sequence[Candidate], weights: Weights
) -> dict[Candidate, float]:
    """Return the candidates that belong in a section and how well, whatever is printed already."""
    cues = {one for cue in section.cues for one in content_stems(cue) or [stem(cue)]}
    found = {}
    for one in candidates:
        if (STRICT_TRAITS & set(section.traits)) - one.traits or _is_out_of_place(section, one):
            continue
        wanted = len(one.traits & set(section.traits))
        matched = sum(weights[stemmed] for stemmed in one.stems if stemmed in cues)
        if (section.traits or cues) and not wanted and not matched:
            continue
        wrong = len(one.traits & set(section.avoid))
        belongs = (1.0 + 0.5 * wanted + 0.15 * min(matched, 12.0)) / (1 + wrong)
        found[one] = one.prior * belongs
    return found


def added(of: Set[Unit], here: Set[Unit], elsewhere: Set[Unit], salience: Salience) -> float:
    """Return what units add to a section that has those `here`, when others stand `elsewhere`."""
    return salience.worth(of - here) - _ELSEWHERE * salience.worth((of - here) & elsewhere)


def in_reading_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """Return what was picked in that order, but what leans behind what it leans on."""
    ordered: list[Candidate] = []
    for one in picked:
        before = [p for p, other in enumerate(ordered) if other.sentence.id == one.before]
        ordered.insert(before[0] + 1 if before else len(ordered), one)
    return ordered


def alike(one: Candidate, other: Candidate, weights: Weights) -> float:
    """Return what share of the weight of the shorter sentence stands in the other too."""
    shared = sum(weights[stem] for stem in one.stems if stem in other.stems)
    least = min(sum(weights[s] for s in one.stems), sum(weights[s] for s in other.stems))
    return shared / least if least else 1.0
