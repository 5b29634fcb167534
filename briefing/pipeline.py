"""The steps in order: articles in, a checked document out."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from briefing.data.article import Article, Story
from briefing.data.briefing import Briefing, Coverage
from briefing.data.document import Document, Refusal
from briefing.data.draft import Draft, Drafted
from briefing.data.evidence import Evidence
from briefing.data.origin import Copies
from briefing.data.template import Template
from briefing.errors import BudgetError, ModelError, PromptTooLong, Remedy, SourceError
from briefing.ports import (
    Aside,
    Brief,
    ChatRequest,
    CountTokens,
    Drafter,
    Exchange,
    Judge,
    Progress,
)
from briefing.steps.clean import clean
from briefing.steps.pack import pack
from briefing.steps.split import split
from briefing.steps.trace import trace

if TYPE_CHECKING:
    from briefing.editing import Read, Weighing
    from briefing.steps.compare import Comparison

_log = logging.getLogger(__name__)

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
    parts: int = 1
    """Most calls that one draft may take where its evidence does not fit into one."""

    window_tokens: int | None = None
    """What prompt and reply may take together; None where that is not known."""
    weigh: "Weighing | None" = None
    """How likely what no check refuses is borne out; None: by the words alone."""

    judge: Judge | None = None
    """Asked about what is supported and yet uncertain."""

    aside: Aside | None = None
    """Does while the model writes what is wanted after it; None: all is done in turn."""


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


def prepare(articles: Sequence[Article], assignment: Assignment) -> "tuple[Brief, Comparison]":
    """Number, trace, compare and pack: everything that comes before the drafter.

    Raises:
        BudgetError: Not one sentence fits the budget, or the model's window.
    """
    brief = _numbered(articles, assignment)
    found = _read(brief)
    return found.disputing(brief), found.compared


def _numbered(articles: Sequence[Article], assignment: Assignment) -> Brief:
    """Return what a model is given: all but the comparison, which it is not told of."""
    story = split(articles)
    copies = trace(story)
    brief = Brief(
        story=story,
        evidence=_packed(story, copies, assignment, assignment.budget_tokens),
        template=assignment.template,
        focus=assignment.focus,
        disputed=frozenset(),
        copies=copies,
    )
    if assignment.window_tokens is not None and assignment.drafter.sends_evidence:
        brief = _within(assignment.window_tokens, brief, assignment)
    evidence = brief.evidence
    _log.info(
        "packed %d sentences of %d articles into %d tokens for %d calls, left out %d",
        len(evidence.sentences),
        len(story.articles),
        evidence.tokens,
        len(in_parts(brief)),
        len(evidence.left_out),
    )
    return brief


def _packed(story: Story, copies: Copies, assignment: Assignment, budget: int) -> Evidence:
    return pack(
        story,
        budget=budget,
        count=assignment.count,
        focus=assignment.focus,
        copies=copies,
        parts=assignment.parts if assignment.drafter.sends_evidence else 1,
    )


def _within(window: int, brief: Brief, assignment: Assignment) -> Brief:
    """Return `brief` with as much evidence as leaves room for prompt and reply in each call.

    Raises:
        BudgetError: Prompt and reply alone are too much.
    """
    budget = assignment.budget_tokens
    while excess := _excess(window, brief, assignment):
        budget = max(1, budget - excess)
        try:
            evidence = _packed(brief.story, brief.copies, assignment, budget)
        except BudgetError as error:
            raise BudgetError(
                f"{assignment.drafter.entry.name!r} takes {window:,} tokens at once, and prompt "
                "and reply leave no room for evidence. Take a larger model, or a template with "
                "fewer sentences; if it takes more, set `window_tokens` under [model]."
            ) from error
        brief = replace(brief, evidence=evidence)
    return brief


def _excess(window: int, brief: Brief, assignment: Assignment) -> int:
    """Return by how many tokens the largest call is too long; 0 where none is."""
    requests = requests_for(brief, assignment.drafter)
    return max(0, max(sum(one.most_tokens(assignment.count)) for one in requests) - window)


def in_parts(brief: Brief) -> tuple[Brief, ...]:
    """Return what each call is given: the whole, or a brief for each part of the evidence."""
    parts = brief.evidence.parts
    if not parts:
        return (brief,)
    return tuple(replace(brief, evidence=part, is_part=True) for part in parts)


def requests_for(brief: Brief, drafter: Drafter) -> tuple[ChatRequest, ...]:
    """Return the calls that `generate` would make first, without making them."""
    return tuple(request for part in in_parts(brief) for request in drafter.requests(part))


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
    drafter, weigh = assignment.drafter, assignment.weigh
    brief = _numbered(articles, assignment)
    aside = assignment.aside
    # What is picked from the sources hangs on their comparison; what a model is sent does not.
    is_later = aside is not None and not drafter.has_quotations
    reading = partial(_read, brief, is_ahead=is_later)
    read: Callable[[], Read] = aside(reading) if aside and is_later else cache(reading)
    if aside is not None and weigh is not None and drafter.entry.kind == "model":
        aside(weigh.make_ready)
    if drafter.has_quotations:
        brief = read().disputing(brief)
    brief, drafted = _drafted(brief, assignment, progress)

    from briefing.editing import edited

    found = read()
    briefing = edited(
        drafted,
        found.disputing(brief),
        found,
        drafter=drafter,
        judge=assignment.judge,
        weigh=weigh,
        progress=progress,
    )
    _log.info(
        "%d of %d sentences supported, %d dropped",
        briefing.counts.supported,
        briefing.counts.sentences,
        briefing.counts.dropped,
    )
    judge = assignment.judge
    return Run(
        briefing=briefing,
        story=brief.story,
        evidence=brief.evidence,
        exchanges=drafter.exchanges + (judge.exchanges if judge else ()),
    )


def _read(brief: Brief, *, is_ahead: bool = False) -> "Read":
    # A model is asked before what checks its draft is loaded.
    from briefing.editing import read

    found = read(brief.story, brief.copies)
    if is_ahead:
        found.sources.read(brief.evidence.sentences)
    return found


def _drafted(brief: Brief, assignment: Assignment, progress: Progress) -> tuple[Brief, Drafted]:
    """Return the drafts and their brief: with less evidence where a window is too small for it.

    Raises:
        ModelError: There is no draft of any part, and not because the model declined.
    """
    shrinks = 0
    while True:
        try:
            return brief, _drafts_of(brief, assignment.drafter, progress)
        except PromptTooLong as error:
            budget = int(max(one.evidence.tokens for one in in_parts(brief)) * _SHRINK)
            if shrinks == _MOST_SHRINKS or not budget:
                raise
            shrinks += 1
            _log.info("%s Taking less evidence.", error)
            evidence = _packed(brief.story, brief.copies, assignment, budget)
            brief = replace(brief, evidence=evidence)


def _drafts_of(brief: Brief, drafter: Drafter, progress: Progress) -> Drafted:
    parts = in_parts(brief)
    drafts: list[Draft] = []
    errors: list[ModelError] = []
    missing: list[str] = []
    unread = 0
    which = f"{len(parts)} parts " if len(parts) > 1 else ""
    progress(f"drafting {which}with {drafter.entry.name}")
    for number, (part, found) in enumerate(
        zip(parts, drafter.draft_all(parts), strict=True), start=1
    ):
        if isinstance(found, PromptTooLong):
            raise found
        if not isinstance(found, ModelError):
            drafts.append(found)
            continue
        unread += len(part.evidence.sentences)
        if found not in errors:  # The same one stands for what was not begun after it.
            which = f"part {number} of {len(parts)} was not drafted"
            missing.append(f"{which if len(parts) > 1 else 'nothing was drafted'}: {found}")
            errors.append(found)
    failed = [error for error in errors if error.remedy is not Remedy.SKIP]
    if failed and not drafts:
        raise failed[0]
    return Drafted(
        drafts=tuple(drafts),
        missing=tuple(missing),
        coverage=_coverage(brief, unread, calls=len(parts)),
    )


def _coverage(brief: Brief, unread: int, *, calls: int) -> Coverage:
    evidence = brief.evidence
    return Coverage(
        sentences=len(brief.story.sentences),
        given=len(evidence.sentences) - unread,
        repeats=len(brief.story.sentences) - len(evidence.sentences) - len(evidence.left_out),
        left_out=len(evidence.left_out),
        unread=unread,
        calls=calls,
        tokens=evidence.tokens,
        budget_tokens=evidence.budget_tokens,
    )


def dry_run(articles: Sequence[Article], assignment: Assignment) -> str:
    """Return the exact prompts that `generate` would send first, with their token counts.

    Raises:
        BudgetError: Not one sentence fits the budget.
    """
    brief, _ = prepare(articles, assignment)
    evidence = brief.evidence
    parts = len(in_parts(brief))
    repeats = len(brief.story.sentences) - len(evidence.sentences) - len(evidence.left_out)
    head = (
        f"{len(evidence.sentences)} sentences of {len(brief.story.articles)} articles, "
        f"{evidence.tokens} of {parts * evidence.budget_tokens} tokens"
        + (f" in {parts} calls" if parts > 1 else "")
        + (f"; {repeats} repeat others and are sent once" if repeats else "")
        + f"; {len(evidence.left_out)} left out\n"
    )
    requests = requests_for(brief, assignment.drafter)
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
