"""The steps in order: articles in, a checked document out."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from briefing.data.article import Article, RawDocument, Refusal, Story
from briefing.data.briefing import Briefing, CheckedSentence, Dropped, Verdict
from briefing.data.draft import DraftSentence, Rejected
from briefing.data.evidence import Evidence
from briefing.data.template import Template
from briefing.data.verification import Claim, Verification, VerificationCounts, VerifiedSentence
from briefing.errors import ModelError, SourceError
from briefing.ports import Brief, ChatRequest, CountTokens, Drafter, Exchange, Progress
from briefing.steps import assemble
from briefing.steps.clean import clean
from briefing.steps.compare import Comparison, compare
from briefing.steps.extract import extract
from briefing.steps.locate import locate
from briefing.steps.pack import pack
from briefing.steps.split import split
from briefing.steps.trace import trace
from briefing.steps.verify import Finding, Sources, corroborate, retrieve, verify
from briefing.text.canonical import clean as clean_text
from briefing.text.sentences import sentences

_log = logging.getLogger(__name__)

FEWEST_SENTENCES = 3
"""With fewer sentences left of a model's draft, the extractive drafter completes the document."""


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
    documents: Sequence[RawDocument], *, max_chars: int
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
        BudgetError: Not one sentence fits the budget.
        ModelError: The drafter's model did not give a usable draft.
    """
    progress("reading the sources against each other")
    brief, compared = prepare(articles, assignment)
    drafter = assignment.drafter
    progress(f"drafting with {drafter.entry.name}")
    draft = drafter.draft(brief)
    progress(f"checking {len(draft.sentences)} sentences")
    desk = _Desk(brief, compared)
    failed = [one for one in draft.sentences if not desk.accept(one)]
    desk.repair(drafter, failed)
    if drafter.entry.kind == "model" and desk.printed_count < FEWEST_SENTENCES:
        desk.complete()
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


class _Desk:
    """The editor's desk of one run: takes drafted sentences, keeps what may be printed."""

    def __init__(self, brief: Brief, compared: Comparison) -> None:
        self._brief = brief
        self._compared = compared
        self._sources = Sources(brief.story)
        self._printed: list[tuple[str, int, CheckedSentence]] = []
        self._order: dict[DraftSentence, int] = {}
        self.dropped: list[Dropped] = []

    @property
    def printed_count(self) -> int:
        return len(self._printed)

    def printed(self) -> dict[str, list[CheckedSentence]]:
        """Return the sentences by section, in the order of the draft."""
        sections: dict[str, list[CheckedSentence]] = {}
        for section, _, sentence in sorted(self._printed, key=lambda item: item[1]):
            sections.setdefault(section, []).append(sentence)
        return sections

    def accept(self, sentence: DraftSentence) -> bool:
        """Keep a sentence if all checks hold; one that is printed already counts as kept."""
        self._order.setdefault(sentence, len(self._order))
        finding = self._check(sentence)
        if finding.verdict is not Verdict.SUPPORTED:
            return False
        self._print(sentence, sentence.text, finding, finding.reason)
        return True

    def repair(self, drafter: Drafter, failed: Sequence[DraftSentence]) -> None:
        """Have `failed` drafted once more, else print what they cite, else drop them."""
        if not failed:
            return
        findings = [self._check(sentence) for sentence in failed]
        try:
            repaired = drafter.repair(
                self._brief,
                [
                    Rejected(sentence=sentence, reason=finding.reason)
                    for sentence, finding in zip(failed, findings, strict=True)
                ],
            )
        except ModelError as error:
            _log.warning("the failed sentences were not repaired: %s", error)
            repaired = (None,) * len(failed)
        for sentence, finding, better in zip(failed, findings, repaired, strict=True):
            done = self._mend(sentence, finding, better)
            self.dropped.append(
                Dropped(
                    text=sentence.text,
                    reason=f"{finding.reason} ({done})",
                    checks=finding.checks,
                )
            )

    def complete(self) -> None:
        """Add the sentences that the extractive drafter would have printed."""
        for sentence in extract(self._brief).sentences:
            self._order.setdefault(sentence, len(self._order))
            finding = self._check(sentence)
            if finding.verdict is Verdict.SUPPORTED:
                self._print(
                    sentence,
                    sentence.text,
                    finding,
                    "a quotation, added because too little of the draft could be verified",
                )

    def title(self) -> str:
        """Return the first headline that the articles' own text bears out, else a plain one."""
        template, focus = self._brief.template, self._brief.focus
        if focus:
            return f"{template.title}: {focus}"
        bare = replace(
            self._brief.story,
            articles=tuple(replace(article, title="") for article in self._brief.story.articles),
        )
        sources = Sources(bare)
        for article in self._brief.story.articles:
            if article.title and retrieve(article.title, sources).verdict is Verdict.SUPPORTED:
                return article.title
        day = assemble.as_of(self._brief.story)
        return f"{template.title}, {day.day} {day:%B %Y}" if day else template.title

    def _mend(self, sentence: DraftSentence, finding: Finding, better: DraftSentence | None) -> str:
        if better is not None:
            self._order.setdefault(better, self._order[sentence])
            again = self._check(better)
            if again.verdict is Verdict.SUPPORTED:
                self._print(better, better.text, again, "all checks hold, after one repair")
                return "repaired"
        for cite in sentence.cites:
            quotation = replace(sentence, text="", cites=(cite,))
            located = locate(quotation, self._brief.story)
            if not located.citations or self._is_disputed(located.citations[0].quote):
                continue
            text = " ".join(located.citations[0].quote.split())
            quoted = verify(text, located.citations, self._sources)
            if quoted.verdict is Verdict.SUPPORTED:
                self._print(
                    sentence,
                    text,
                    quoted,
                    f"a quotation, for a sentence that failed: {finding.reason}",
                )
                return "replaced by its quotation"
        return "dropped"

    def _is_disputed(self, quote: str) -> bool:
        return any(
            sentence.text == quote
            for sentence in self._brief.story.sentences
            if sentence.id in self._brief.disputed
        )

    def _check(self, sentence: DraftSentence) -> Finding:
        located = locate(sentence, self._brief.story)
        finding = verify(sentence.text, located.citations, self._sources)
        return finding.with_unknown_ids(located.unknown)

    def _print(self, sentence: DraftSentence, text: str, finding: Finding, reason: str) -> None:
        if any(printed.text == text for _, _, printed in self._printed):
            return
        citations = corroborate(text, finding.citations, self._sources)
        cited = {(s.article, s.span.start): s.id for s in self._brief.story.sentences}
        touching = {
            found
            for citation in citations
            for found in self._compared.touching.get(
                cited.get((citation.article, citation.start), ""), ()
            )
        }
        checked = assemble.sentence(
            text,
            verdict=finding.verdict,
            reason=reason,
            citations=citations,
            checks=finding.checks,
            origins=trace(citations, self._brief.story),
            discrepancies=[d for d in self._compared.discrepancies if d.id in touching],
        )
        self._printed.append((sentence.section, self._order[sentence], checked))


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


def read_checkable(document: RawDocument, *, max_chars: int) -> Briefing | tuple[Claim, ...]:
    """Return what `document` asks to have checked.

    A JSON object with sections is a saved briefing; lines that are each a JSON object are
    claims; anything else is text, and each of its sentences a claim.

    Raises:
        SourceError: It is empty, binary, or JSON of another shape.
    """
    text = document.content.decode("utf-8", errors="replace").strip()
    if text.startswith("{"):
        return _from_json(text, document.source)
    article = clean(document, max_chars=max_chars)
    found = ([article.title] if article.title else []) + [
        found.span.of(article.text) for found in sentences(article.text)
    ]
    return tuple(Claim(id=str(number), text=one) for number, one in enumerate(found, start=1))


def _from_json(text: str, source: str) -> Briefing | tuple[Claim, ...]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        whole = None
    except RecursionError:
        raise SourceError(f"{source!r} is nested too deeply.") from None
    try:
        if isinstance(whole, dict) and "sections" in whole:
            return Briefing.model_validate(whole)
        lines = [line for line in text.splitlines() if line.strip()]
        claims = tuple(Claim.model_validate_json(line) for line in lines)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "a line"
        raise SourceError(
            f"{source!r} is neither a saved briefing nor lines of "
            f'{{"id": …, "text": …}}: {where}: {first["msg"].lower()}.'
        ) from error
    return tuple(claim.model_copy(update={"text": clean_text(claim.text)}) for claim in claims)


def verify_document(
    document: Briefing | Sequence[Claim], articles: Sequence[Article]
) -> Verification:
    """Return a verdict on each sentence of a saved briefing, or on each claim."""
    if isinstance(document, Briefing):
        return verify_briefing(document, articles)
    return verify_claims(document, articles)


def verify_claims(claims: Sequence[Claim], articles: Sequence[Article]) -> Verification:
    """Return a verdict on each of `claims`, with the best spans found for it in `articles`."""
    sources = Sources(split(articles))
    return _verification(
        [_verified(claim.id, claim.text, retrieve(claim.text, sources)) for claim in claims]
    )


def verify_briefing(briefing: Briefing, articles: Sequence[Article]) -> Verification:
    """Check a saved briefing again: each sentence against the spans that it cites in `articles`."""
    sources = Sources(split(articles))
    return _verification(
        [
            _verified(
                sentence.id, sentence.text, verify(sentence.text, sentence.citations, sources)
            )
            for sentence in briefing.sentences
        ]
    )


def _verified(id_: str, text: str, finding: Finding) -> VerifiedSentence:
    return VerifiedSentence(
        id=id_,
        text=text,
        verdict=finding.verdict,
        score=finding.score,
        reason=finding.reason,
        citations=finding.citations,
        checks=finding.checks,
    )


def _verification(sentences: Sequence[VerifiedSentence]) -> Verification:
    verdicts = [sentence.verdict for sentence in sentences]
    return Verification(
        sentences=tuple(sentences),
        counts=VerificationCounts(
            sentences=len(sentences),
            supported=verdicts.count(Verdict.SUPPORTED),
            contradicted=verdicts.count(Verdict.CONTRADICTED),
            unsupported=verdicts.count(Verdict.UNSUPPORTED),
        ),
    )
