"""Pick the sentences of a section that is a list."""

from collections.abc import Mapping, Sequence

from briefing.data.template import SectionPlan
from briefing.steps.extract.candidates import (
    SHORT_WORDS,
    UNNAMED_SPEAKER,
    Candidate,
    added,
    alike,
)
from briefing.text.salience import Salience
from briefing.text.words import Weights

_UNREAD_ARTICLE = 1.25
"""A sentence of an article that is not yet drawn on is worth this much more."""

_TOP = 1.0
"""How much more the first sentence of an article is worth, the second half, and so on: what opens
an article reads well alone."""

_UNNAMED = 0.6
"""What a sentence is worth whose speaker or place the reader must guess."""

_LENGTH = 0.5
"""Power of a sentence's words that its worth is divided by."""


def listed(
    section: SectionPlan,
    fits: Mapping[Candidate, float],
    taken: Sequence[Candidate],
    salience: Salience,
    weights: Weights,
    most_alike: float,
) -> list[Candidate]:
    """Return the best sentences of a list, taken one by one, each to be read alone.

    Args:
        section: Says how many.
        fits: The candidates, and how well each belongs here.
        taken: What other sections print.
        salience: What words weigh.
        weights: What stems weigh where sentences are compared.
        most_alike: Share of the shorter sentence that a printed one may have already.
    """
    picked: list[Candidate] = []
    left = {
        one: fit * _alone(one)
        for one, fit in fits.items()
        if one.before is None and one not in taken
    }
    while left and len(picked) < section.most:
        printed = [*taken, *picked]
        here = {unit for one in picked for unit in one.units}
        elsewhere = {unit for one in printed for unit in one.units} - here
        read = {one.sentence.article for one in printed}
        worths = {
            one: fit
            * added(one.units, here, elsewhere, salience)
            / float((one.words + SHORT_WORDS) ** _LENGTH)
            * (1.0 if one.sentence.article in read else _UNREAD_ARTICLE)
            for one, fit in left.items()
        }
        best = max(worths, key=worths.__getitem__)
        del left[best]
        if all(alike(best, other, weights) <= most_alike for other in printed):
            picked.append(best)
    return picked


def _alone(one: Candidate) -> float:
    """Return how well a sentence reads that does not stand in running text."""
    unnamed = UNNAMED_SPEAKER.search(one.sentence.text)
    return (1.0 + _TOP / one.position) * (_UNNAMED if unnamed else 1.0)
