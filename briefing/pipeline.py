"""The steps in order: articles in, a checked document out."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread

from briefing.data.article import Article, Story
from briefing.data.briefing import COMPLETED, Briefing, Coverage
from briefing.data.document import Document, Refusal
from briefing.data.draft import Draft
from briefing.data.evidence import Evidence
from briefing.data.origin import Copies
from briefing.data.template import Template
from briefing.desk import Desk
from briefing.errors import (
    BriefingError,
    BudgetError,
    ModelError,
    PromptTooLong,
    Remedy,
    SourceError,
)
from briefing.ports import Brief, ChatRequest, CountTokens, Drafter, Exchange, Judge, Progress
from briefing.steps import assemble
from briefing.steps.annotate import annotate
from briefing.steps.clean import clean
from briefing.steps.compare import Comparison, compare
from briefing.steps.merge import merge
from briefing.steps.pack import pack
from briefing.steps.people import people
from briefing.steps.question import unanswered, unreported
from briefing.steps.split import split
from briefing.steps.trace import trace
from briefing.steps.verify import Weigher

_log = logging.getLogger(__name__)

WITHOUT_MODEL = "checked without the entailment model"

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
    parts: int = 1
    """Most calls that one draft may take where its evidence does not fit into one."""

    window_tokens: int | None = None
    """What prompt and reply may take together; None where that is not known."""
    weigh: Weigher | None = None
    """How likely what no check refuses is borne out; None: by the words alone."""

    judge: Judge | None = None
    """Asked about what is supported and yet uncertain."""


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
    """Number, trace, compare and pack: everything that comes before the drafter.

    Raises:
        BudgetError: Not one sentence fits the budget, or the model's window.
    """
    story = split(articles)
    copies = trace(story)
    compared = compare(story, copies)
    brief = Brief(
        story=story,
        evidence=_packed(story, copies, assignment, assignment.budget_tokens),
        template=assignment.template,
        focus=assignment.focus,
        disputed=compared.disputed,
        copies=copies,
        garbled=compared.garbled,
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
    return brief, compared


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
    drafter = assignment.drafter
    done = _drafted(articles, assignment, progress)
    brief, desk, draft = done.brief, done.desk, done.draft
    desk.heed(draft.proposals)
    progress(f"checking {len(draft.sentences)} sentences")
    held = sum([desk.accept(sentence) for sentence in draft.sentences])
    desk.repair(drafter)
    judge = assignment.judge
    if judge is not None:
        progress("judging what is uncertain")
        desk.judge(judge)
    desk.quote_uncertain()
    is_poor = len(draft.sentences) > 2 * held or desk.printed_count < FEWEST_SENTENCES
    is_completed = is_poor and not drafter.has_quotations and desk.complete()
    if desk.printed_count == 0:
        raise _nothing_to_print(brief)
    by_id = {article.id: article for article in brief.story.articles}
    as_of = assemble.as_of(brief.story)
    known = people(brief.story, desk.compared.discrepancies)
    printed = {
        section: [annotate(one, by_id, as_of=as_of, people=known) for one in sentences]
        for section, sentences in desk.printed().items()
    }
    briefing = assemble.assemble(
        title=desk.title(),
        focus=brief.focus,
        template=brief.template,
        story=brief.story,
        origins=brief.copies.origins,
        drafter=drafter.entry,
        sentences=printed,
        people=known,
        discrepancies=desk.compared.discrepancies,
        differences_refused=desk.differences_refused,
        dropped=desk.dropped,
        coverage=_coverage(brief, done.unread),
        notes=(
            *(() if assignment.weigh is None or assignment.weigh.has_model else (WITHOUT_MODEL,)),
            *((COMPLETED,) if is_completed else ()),
        ),
        usage=drafter.usage + judge.usage if judge else drafter.usage,
        prompts={**drafter.prompts, **judge.prompts} if judge else drafter.prompts,
        unanswered=unanswered(brief.template, brief.story),
        unreported=(
            unreported(brief.story, known, as_of) if brief.template.asks_for_outcomes else ()
        ),
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
        exchanges=drafter.exchanges + (judge.exchanges if judge else ()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drafted:
    brief: Brief
    desk: Desk
    draft: Draft
    unread: int
    """How many sentences were in a part of which there is no draft."""


def _drafted(articles: Sequence[Article], assignment: Assignment, progress: Progress) -> _Drafted:
    """Prepare and draft, with less evidence where the model's window is too small for it.

    Raises:
        ModelError: There is no draft of any part, and not because the model declined.
    """
    brief, compared = prepare(articles, assignment)
    if assignment.weigh is not None and assignment.drafter.entry.kind == "model":
        # While the model writes: half a second that nobody waits for.
        Thread(target=_make_ready, args=(assignment.weigh,), name="entailment").start()
    shrinks = 0
    while True:
        desk = Desk(brief, compared, weigh=assignment.weigh)
        try:
            draft, unread = _draft_of(brief, assignment.drafter, desk, progress)
        except PromptTooLong as error:
            budget = int(max(one.evidence.tokens for one in in_parts(brief)) * _SHRINK)
            if shrinks == _MOST_SHRINKS or not budget:
                raise
            shrinks += 1
            _log.info("%s Taking less evidence.", error)
            evidence = _packed(brief.story, brief.copies, assignment, budget)
            brief = replace(brief, evidence=evidence)
        else:
            return _Drafted(brief=brief, desk=desk, draft=draft, unread=unread)


def _make_ready(weigh: Weigher) -> None:
    with suppress(Exception):  # It comes up again, and is heard, where the model is needed.
        weigh.make_ready()


def _draft_of(brief: Brief, drafter: Drafter, desk: Desk, progress: Progress) -> tuple[Draft, int]:
    """Return the draft, and how many sentences were in a part of which there is none."""
    parts = in_parts(brief)
    drafts: list[Draft] = []
    errors: list[ModelError] = []
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
            desk.missing.append(f"{which if len(parts) > 1 else 'nothing was drafted'}: {found}")
            errors.append(found)
    if not drafts:
        failed = [error for error in errors if error.remedy is not Remedy.SKIP]
        if failed:
            raise failed[0]
        return Draft(sentences=()), unread
    if len(parts) == 1:
        return drafts[0], unread
    progress(f"checking the drafts of {len(drafts)} parts")
    held = {one for draft in drafts for one in draft.sentences if desk.holds(one)}
    return merge(drafts, brief, held=held), unread


def _coverage(brief: Brief, unread: int) -> Coverage:
    evidence = brief.evidence
    return Coverage(
        sentences=len(brief.story.sentences),
        given=len(evidence.sentences) - unread,
        repeats=len(brief.story.sentences) - len(evidence.sentences) - len(evidence.left_out),
        left_out=len(evidence.left_out),
        unread=unread,
        calls=len(in_parts(brief)),
        tokens=evidence.tokens,
        budget_tokens=evidence.budget_tokens,
    )


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
