"""All comparisons of a story's sources, joined into one list, worst first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefing.data.article import Story
from briefing.data.briefing import Discrepancy
from briefing.data.origin import Copies
from briefing.steps.compare.attribution import attributions
from briefing.steps.compare.copied import changed_figures
from briefing.steps.compare.dates import dates
from briefing.steps.compare.emphasis import emphases
from briefing.steps.compare.found import Found
from briefing.steps.compare.numbers import numbers
from briefing.steps.compare.quotations import quotations
from briefing.steps.compare.reading import Reading
from briefing.steps.compare.scores import scores
from briefing.steps.compare.spelling import misspellings
from briefing.steps.compare.status import statuses
from briefing.steps.compare.titles import titles
from briefing.steps.compare.translation import translations
from briefing.text.clauses import MAX_CHARS

COMPARISONS: tuple[Callable[[Reading], list[Found]], ...] = (
    titles,
    dates,
    numbers,
    scores,
    statuses,
    quotations,
    attributions,
    emphases,
    translations,
    misspellings,
)
"""Each finds the discrepancies of one type."""

_INSIDE_ONE = (titles, statuses, misspellings)
"""Those that may be found inside one article: all others are between two."""

_SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The disagreements found, and the sentences that they speak against."""

    discrepancies: tuple[Discrepancy, ...]
    """The worst first; among equals the open ones, then in the order of `COMPARISONS`."""

    touching: dict[str, tuple[str, ...]]
    """Sentence id to the ids of the discrepancies that speak against it."""

    disputed: frozenset[str]
    """Ids of sentences that should not be printed as they stand."""

    @property
    def garbled(self) -> frozenset[str]:
        """Ids of the articles that read like a bad translation."""
        return frozenset(id_ for one in self.discrepancies for id_ in one.garbled)


def _once_each(every: Sequence[Found]) -> list[Found]:
    """Return each discrepancy once, against all sentences that one of its kind was found in."""
    by_id: dict[str, Found] = {}
    for one in every:
        known = by_id.get(one.discrepancy.id)
        against = tuple(dict.fromkeys((*(known.against if known else ()), *one.against)))
        by_id[one.discrepancy.id] = replace(known or one, against=against)
    return list(by_id.values())


def compare(story: Story, copies: Copies) -> Comparison:
    """Return the discrepancies between, and inside, the story's articles.

    Found by rule, on sentences that speak of the same thing: what is no conflict (figures of two
    years, a plan that came true, two meetings) is left out, at the price of missing some that are.
    A sentence of more than `MAX_CHARS` is not read. What copies of one text give differently comes
    from `copies`, and is not reported twice.
    """
    short = tuple(one for one in story.sentences if len(one.text) <= MAX_CHARS)
    told = {one.article for one in short}
    reading = Reading(replace(story, sentences=short))
    changed = changed_figures(copies.changes, story)
    known = {(one.discrepancy.type, id_) for one in changed for id_ in one.against}
    every = changed + [
        one
        for comparison in (COMPARISONS if len(told) > 1 else _INSIDE_ONE)
        for one in comparison(reading)
        if not all((one.discrepancy.type, id_) in known for id_ in one.against)
    ]
    every = _once_each(every)
    every.sort(
        key=lambda one: (
            _SEVERITIES.index(one.discrepancy.severity),
            one.discrepancy.status == "resolved",
        )
    )
    touching: dict[str, list[str]] = {}
    for one in every:
        for sentence in one.against:
            touching.setdefault(sentence, []).append(one.discrepancy.id)
    return Comparison(
        discrepancies=tuple(one.discrepancy for one in every),
        touching={sentence: tuple(ids) for sentence, ids in touching.items()},
        disputed=frozenset(
            sentence for one in every if one.is_disputing for sentence in one.against
        ),
    )
