"""Reduce what several calls drafted to one draft."""

from collections.abc import Collection, Sequence
from math import sqrt

from briefing.data.draft import Draft, DraftSentence
from briefing.data.template import SectionPlan
from briefing.ports import Brief
from briefing.text.salience import Salience, Unit, stems, units

_TOLD = 0.6
"""Share of a sentence's worth that is told already when it is one of two that say the same."""

_SHORT_WORDS = 4
"""Added to the words of a sentence, so that a scrap does not win by its shortness."""


def merge(drafts: Sequence[Draft], brief: Brief, *, held: Collection[DraftSentence]) -> Draft:
    """Return the sentences of several drafts that fit the sections, and all that they propose.

    A section takes what holds before what does not, then what adds most salience to the sections
    before it, per square root of its words; what says little that is new is passed over. No
    sentence is changed, so that its citations stay true.

    Args:
        drafts: Of the parts of the evidence, in order.
        brief: The whole.
        held: The sentences that passed all checks.
    """
    salience = Salience(brief.story, focus=brief.focus)
    drafted = dict.fromkeys(one for draft in drafts for one in draft.sentences)
    known: set[Unit] = set()
    merged: list[DraftSentence] = []
    for section in brief.template.sections:
        of_it = [one for one in drafted if one.section == section.id]
        merged += _chosen(of_it, section, salience, held, known)
    return Draft(
        sentences=tuple(merged),
        proposals=tuple(dict.fromkeys(one for draft in drafts for one in draft.proposals)),
    )


def _chosen(
    drafted: Sequence[DraftSentence],
    section: SectionPlan,
    salience: Salience,
    held: Collection[DraftSentence],
    known: set[Unit],
) -> list[DraftSentence]:
    """Take the best one by one, adding what they tell to `known`."""
    told = {one: units(stems(one.text)) for one in drafted}
    whole = {one: salience.worth(of) for one, of in told.items()}
    chosen: list[DraftSentence] = []
    while told and len(chosen) < section.most and _has_room(section, chosen):
        new = {one: salience.worth(of - known) for one, of in told.items()}
        best = max(
            told,
            key=lambda one: (one in held, new[one] / sqrt(len(one.text.split()) + _SHORT_WORDS)),
        )
        of = told.pop(best)
        if new[best] < (1 - _TOLD) * whole[best]:
            continue
        chosen.append(best)
        known |= of
    return chosen


def _has_room(section: SectionPlan, chosen: Sequence[DraftSentence]) -> bool:
    return section.words is None or sum(len(one.text.split()) for one in chosen) < section.words
