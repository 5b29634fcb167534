"""Give each section the source sentences that carry the story."""

from collections.abc import Sequence

from briefing.data.draft import Draft, DraftSentence
from briefing.data.template import SectionPlan
from briefing.ports import Brief
from briefing.steps.extract.candidates import (
    STRICT_TRAITS,
    Candidate,
    belonging,
    candidates,
    in_reading_order,
)
from briefing.steps.extract.listing import listed
from briefing.steps.extract.prose import running
from briefing.text.salience import Salience
from briefing.text.words import Weights

_TOO_ALIKE = 0.5
"""Share of the shorter sentence's weighted stems that a printed one may have already."""

_TOO_ALIKE_ON_TOP = 0.4
"""The same within the first section, which says each thing once."""


def extract(brief: Brief) -> Draft:
    """Return the source sentences that fit the template's sections, each its own quotation.

    A sentence is worth the salience that it adds to those printed already, for its
    length, with a prior for the newer article. Sections choose in order, best fit first; one
    whose words a printed sentence has already is passed over. Sentences that lean on one the
    reader does not see, are damaged, or stand in `brief.disputed`, are not drafted.
    """
    salience = Salience(brief.story, focus=brief.focus)
    found = candidates(brief, salience)
    in_prose = Salience(brief.story, focus=brief.focus, prose=True)
    weights = Weights(sentence.text for sentence in brief.evidence.sentences)
    chosen: dict[str, list[Candidate]] = {}
    taken: list[Candidate] = []
    for section in _by_strictness(brief.template.sections):
        fits = belonging(section, found, weights)
        if section.words is None:
            most_alike = _TOO_ALIKE_ON_TOP if section is brief.template.sections[0] else _TOO_ALIKE
            picked = listed(section, fits, taken, salience, weights, most_alike)
        else:
            picked = running(section, section.words, fits, taken, in_prose, weights)
        chosen[section.id] = in_reading_order(picked)
        taken += picked
    return Draft(
        sentences=tuple(
            DraftSentence(
                section=section.id,
                text=candidate.text,
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
        key=lambda plan: 0 if plan is sections[0] else 2 - bool(STRICT_TRAITS & set(plan.traits)),
    )
