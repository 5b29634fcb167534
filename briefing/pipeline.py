"""The steps in order: articles in, a checked document out."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.data.article import Article, Story
from briefing.data.briefing import Briefing
from briefing.data.document import Document, Refusal
from briefing.data.draft import Draft
from briefing.data.evidence import Evidence
from briefing.data.template import Template
from briefing.desk import Desk
from briefing.errors import BriefingError, BudgetError, PromptTooLong, SourceError
from briefing.ports import Brief, ChatRequest, CountTokens, Drafter, Exchange, Progress
from briefing.steps import assemble
from briefing.steps.clean import clean
from briefing.steps.compare import Comparison, compare
from briefing.steps.pack import pack
from briefing.steps.split import split

_log = logging.getLogger(__name__)

FEWEST_SENTENCES = 3
"""With fewer left of a model's draft, or more failed than held, quotations complete it."""

_SHRINK, _MOST_SHRINKS = 0.6, 4
"""Of evidence that does not fit the window: after four steps an eighth of it is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to be written, by whom, from how much evidence."""

    template: Template
    focus: str | None
    budget_tokens: int
    drafter: Drafter
    count: CountTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished briefing with all that went into it."""

    briefing: Briefing
    story: Story
    evidence: Evidence
    exchanges: tuple[Exchange, ...]


def clean_all(
    documents: Sequence[Document], *, max_chars: int
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the articles among `documents`, and why the others are none."""
    articles: list[Article] = []
    refused: list[Refusal] = []
    for document in documents:
        try:
            articles.append(clean(document, max_chars=max_chars))
        except SourceError as error:
            refused.append(Refusal(source=document.source, reason=str(error)))
    _log.info("cleaned %d articles, refused %d documents", len(articles), len(refused))
    return tuple(articles), tuple(refused)


def prepare(articles: Sequence[Article], assignment: Assignment) -> tuple[Brief, Comparison]:
    """Number, compare and pack: everything that comes before the drafter.

    Raises:
        BudgetError: Not one sentence fits the budget.
    """
    story = split(articles)
    compared = compare(story)
    evidence = pack(
        story,
        budget=assignment.budget_tokens,
        count=assignment.count,
        focus=assignment.focus,
    )
    _log.info(
        "packed %d sentences of %d articles into %d tokens, left out %d",
        len(evidence.sentences),
        len(story.articles),
        evidence.tokens,
        len(evidence.left_out),
    )
    brief = Brief(
        story=story,
        evidence=evidence,
        template=assignment.template,
        focus=assignment.focus,
        disputed=compared.disputed,
    )
    return brief, compared


def generate(
    articles: Sequence[Article],
    assignment: Assignment,
    *,
    progress: Progress = lambda step: None,
) -> Run:
    """Return the briefing of `articles`: every printed sentence is supported.

    A drafted sentence that fails a check is drafted once more, else its source sentence is
    printed in its place, else it is dropped; all that failed are listed with the reason.

    Raises:
        BudgetError: No sentence that fits the budget can be printed.
        SourceError: No sentence of the articles can be printed.
        ModelError: The drafter's model did not give a usable draft.
    """
    progress("reading the sources against each other")
    drafter = assignment.drafter
    brief, compared, draft = _drafted(articles, assignment, progress)
    progress(f"checking {len(draft.sentences)} sentences")
    desk = Desk(brief, compared)
    held = sum([desk.accept(sentence) for sentence in draft.sentences])
    desk.repair(drafter)
    is_poor = len(draft.sentences) > 2 * held or desk.printed_count < FEWEST_SENTENCES
    if is_poor and not drafter.has_quotations:
        desk.complete()
    if desk.printed_count == 0:
        raise _nothing_to_print(brief)
    briefing = assemble.assemble(
        title=desk.title(),
        focus=brief.focus,
        template=brief.template,
        story=brief.story,
        drafter=drafter.entry,
        sentences=desk.printed(),
        discrepancies=compared.discrepancies,
        dropped=desk.dropped,
        usage=drafter.usage,
        prompts=drafter.prompts,
        missing=(*drafter.missing, *desk.missing),
    )
    _log.info(
        "%d of %d sentences supported, %d dropped",
        briefing.counts.supported,
        briefing.counts.sentences,
        briefing.counts.dropped,
    )
    return Run(
        briefing=briefing,
        story=brief.story,
        evidence=brief.evidence,
        exchanges=drafter.exchanges,
    )


def _drafted(
    articles: Sequence[Article], assignment: Assignment, progress: Progress
) -> tuple[Brief, Comparison, Draft]:
    """Prepare and draft, with less evidence where the model's window is too small for it."""
    drafter, budget = assignment.drafter, assignment.budget_tokens
    shrinks = 0
    while True:
        brief, compared = prepare(articles, replace(assignment, budget_tokens=budget))
        progress(f"drafting with {drafter.entry.name}")
        try:
            return brief, compared, drafter.draft(brief)
        except PromptTooLong as error:
            budget = int(brief.evidence.tokens * _SHRINK)
            if shrinks == _MOST_SHRINKS or not budget:
                raise
            shrinks += 1
            _log.info("%s Taking less evidence.", error)


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


def requests(articles: Sequence[Article], assignment: Assignment) -> tuple[ChatRequest, ...]:
    """Return the exact calls that `generate` would make first, without making them.

    Raises:
        BudgetError: Not one sentence fits the budget.
    """
    brief, _ = prepare(articles, assignment)
    return assignment.drafter.requests(brief)


def dry_run(articles: Sequence[Article], assignment: Assignment) -> str:
    """Return the exact prompts that `generate` would send first, with their token counts.

    Raises:
        BudgetError: Not one sentence fits the budget.
    """
    brief, _ = prepare(articles, assignment)
    evidence = brief.evidence
    head = (
        f"{len(evidence.sentences)} sentences of {len(brief.story.articles)} articles, "
        f"{evidence.tokens} of {assignment.budget_tokens} tokens; "
        f"{len(evidence.left_out)} left out\n"
    )
    requests = assignment.drafter.requests(brief)
    if not requests:
        return f"{head}{assignment.drafter.entry.name}: no prompt is sent\n"
    return head + "".join(_shown(request, assignment.count) for request in requests)


def _shown(request: ChatRequest, count: CountTokens) -> str:
    tokens = count(request.system) + count(request.user)
    return (
        f"model {request.model}: {tokens} prompt tokens, at most {request.max_tokens} "
        f"completion tokens\n\n--- system\n{request.system}\n--- user\n{request.user}\n"
    )


def saved(run: Run) -> dict[str, str]:
    """Return the files that keep a run: articles, prompts, replies and the result, by name."""
    kept = {f"articles/{article.id}.txt": article.text for article in run.story.articles}
    for number, exchange in enumerate(run.exchanges, start=1):
        kept[f"calls/{number}.system.txt"] = exchange.request.system
        kept[f"calls/{number}.user.txt"] = exchange.request.user
        kept[f"calls/{number}.reply.txt"] = exchange.reply.text
    kept["briefing.json"] = run.briefing.model_dump_json(indent=2) + "\n"
    kept["run.json"] = json.dumps(
        {
            "version": 1,
            "articles": [
                {
                    "id": article.id,
                    "source": article.source,
                    "sha256": article.sha256,
                    "damage": article.damage,
                    "removed": [[line.reason, line.text] for line in article.removed],
                }
                for article in run.story.articles
            ],
            "evidence": [sentence.id for sentence in run.evidence.sentences],
            "calls": len(run.exchanges),
        },
        ensure_ascii=False,
        indent=2,
    )
    return kept
