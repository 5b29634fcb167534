"""From what was drafted to the document: check, mend, judge, complete and assemble.

Loaded, and made ready, while a model writes: nothing in it is wanted before there is a draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from briefing.data.article import Story
from briefing.data.briefing import (
    COMPLETED,
    WITHOUT_MODEL,
    Briefing,
    CheckedSentence,
    Person,
)
from briefing.data.draft import Draft, Drafted
from briefing.data.origin import Copies
from briefing.desk import Desk
from briefing.errors import BriefingError, BudgetError, SourceError
from briefing.ports import Brief, Drafter, Judge, Progress
from briefing.steps import assemble
from briefing.steps.annotate import annotate
from briefing.steps.compare import Comparison, compare
from briefing.steps.merge import merge
from briefing.steps.people import people
from briefing.steps.question import unanswered, unreported
from briefing.steps.seal import seal
from briefing.steps.verify import Finding, Sources

FEWEST_SENTENCES = 3
"""With fewer left of a model's draft, or more failed than held, quotations complete it."""


class Weighing(Protocol):
    """Says how likely the sources bear out what no check refuses."""

    @property
    def has_model(self) -> bool:
        """Whether the entailment model runs."""
        ...

    def make_ready(self) -> None:
        """Have it read now, and not when the first text comes."""
        ...

    def __call__(self, text: str, sources: Sources, finding: Finding) -> float:
        """Return how likely `sources` bear `text` out, by what the checks found."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The sources of a story, read against each other, and as the checks ask them."""

    compared: Comparison
    sources: Sources

    def disputing(self, brief: Brief) -> Brief:
        """Return `brief` with what its sources speak against."""
        return replace(brief, disputed=self.compared.disputed, garbled=self.compared.garbled)


def read(story: Story, copies: Copies) -> Read:
    """Return the sources of `story`, read against each other."""
    compared = compare(story, copies)
    return Read(
        compared=compared, sources=Sources(story, disputes=_wordings(compared), is_news=True)
    )


def _wordings(compared: Comparison) -> dict[str, str]:
    """Return, for the ids of sentences that others speak against, what is disputed."""
    wordings = {discrepancy.id: discrepancy.wording for discrepancy in compared.discrepancies}
    return {id_: wordings[found[0]] for id_, found in compared.touching.items() if found}


def edited(
    drafted: Drafted,
    brief: Brief,
    found: Read,
    *,
    drafter: Drafter,
    judge: Judge | None,
    weigh: Weighing | None,
    progress: Progress,
) -> Briefing:
    """Return the document: what a check refuses is mended, replaced or dropped, and listed.

    Args:
        drafted: What is to be checked.
        brief: What it was drafted from, with what is disputed in it.
        found: Its sources, read.
        drafter: Mends what fails.
        judge: Asked about what is uncertain; None: nobody is.
        weigh: How likely what no check refuses is borne out; None: by the words alone.
        progress: Told which step begins.

    Raises:
        BudgetError: No sentence that fits the budget can be printed.
        SourceError: No sentence of the articles can be printed.
    """
    desk = Desk(brief, found.compared, found.sources, weigh=weigh)
    draft = _joined(drafted, brief, desk, progress)
    desk.heed(draft.proposals)
    progress(f"checking {len(draft.sentences)} sentences")
    held = sum([desk.accept(sentence) for sentence in draft.sentences])
    desk.repair(drafter)
    if judge is not None:
        progress("judging what is uncertain")
        desk.judge(judge)
    desk.quote_uncertain()
    is_poor = len(draft.sentences) > 2 * held or desk.printed_count < FEWEST_SENTENCES
    is_completed = is_poor and not drafter.has_quotations and desk.complete()
    if desk.printed_count == 0:
        raise _nothing_to_print(brief)
    as_of = assemble.as_of(brief.story)
    known = people(brief.story, desk.compared.discrepancies)
    document = assemble.assemble(
        title=desk.title(),
        focus=brief.focus,
        template=brief.template,
        story=brief.story,
        origins=brief.copies.origins,
        drafter=drafter.entry,
        sentences=_annotated(desk.printed(), brief, as_of, known),
        people=known,
        discrepancies=desk.compared.discrepancies,
        differences_refused=desk.differences_refused,
        dropped=desk.dropped,
        coverage=drafted.coverage,
        notes=(
            *(() if weigh is None or weigh.has_model else (WITHOUT_MODEL,)),
            *((COMPLETED,) if is_completed else ()),
        ),
        usage=drafter.usage + judge.usage if judge else drafter.usage,
        prompts={**drafter.prompts, **judge.prompts} if judge else drafter.prompts,
        unanswered=unanswered(brief.template, brief.story),
        unreported=(
            unreported(brief.story, known, as_of) if brief.template.asks_for_outcomes else ()
        ),
        missing=(*drafter.missing, *drafted.missing, *desk.missing),
    )
    return seal(document)


def _joined(drafted: Drafted, brief: Brief, desk: Desk, progress: Progress) -> Draft:
    """Return the drafts of all parts as one."""
    if not drafted.drafts:
        return Draft(sentences=())
    if drafted.coverage.calls == 1:
        return drafted.drafts[0]
    progress(f"checking the drafts of {len(drafted.drafts)} parts")
    held = {one for draft in drafted.drafts for one in draft.sentences if desk.holds(one)}
    return merge(drafted.drafts, brief, held=held)


def _annotated(
    printed: Mapping[str, Sequence[CheckedSentence]],
    brief: Brief,
    as_of: date | None,
    known: Sequence[Person],
) -> dict[str, list[CheckedSentence]]:
    by_id = {article.id: article for article in brief.story.articles}
    return {
        section: [annotate(one, by_id, as_of=as_of, people=known) for one in sentences]
        for section, sentences in printed.items()
    }


def _nothing_to_print(brief: Brief) -> BriefingError:
    sentences, left_out = len(brief.evidence.sentences), len(brief.evidence.left_out)
    if left_out:
        return BudgetError(
            f"none of the {sentences} sentences that fit the budget can stand alone; {left_out} "
            "were left out. Raise `--budget`, or `budget_tokens` under [draft]."
        )
    return SourceError(
        f"none of the {sentences} sentences in the articles can be printed: they are too short, "
        "damaged, or lean on words that are not there. Give longer articles."
    )
