"""Check sentences that somebody else wrote, or a saved briefing, against articles."""

import json
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from briefing.data.article import Article, Story
from briefing.data.briefing import Briefing, CheckedSentence, Citation, Person, Verdict
from briefing.data.document import Document
from briefing.data.origin import Copies
from briefing.data.reason import Reason
from briefing.data.verification import Claim, Verification, VerificationCounts, VerifiedSentence
from briefing.errors import SourceError
from briefing.ports import Crew, Doubt, Judge
from briefing.steps.clean import clean
from briefing.steps.compare import Comparison, compare
from briefing.steps.split import split
from briefing.steps.trace import trace
from briefing.steps.verify import (
    Fault,
    Finding,
    Sources,
    Weigh,
    recite,
    refused,
    retrieve_each,
    verify,
    verify_spans,
    weighed,
)
from briefing.text.canonical import clean as clean_text
from briefing.text.sentences import sentences

if TYPE_CHECKING:
    from briefing.rereading import Misprint, Record, Rereading

_Item = TypeVar("_Item")

MAX_CLAIM_CHARS = 2_000
"""A longer claim is not looked for: it is no sentence, and checking it takes long."""

_TOO_LONG = refused(
    Fault(
        code=Reason.TOO_LONG,
        detail=f"longer than {MAX_CLAIM_CHARS} characters, so no single sentence",
    )
)

JUDGED_TOGETHER = 20
"""Most sentences that a judge is asked about in one call, where no section groups them."""


def read_checkable(document: Document, *, max_chars: int) -> Briefing | tuple[Claim, ...]:
    """Return what `document` asks to have checked.

    A JSON object with sections is a saved briefing; lines that are each a JSON object are
    claims; anything else is text, and each of its sentences a claim.

    Raises:
        SourceError: It is empty, or JSON of another shape.
    """
    text = document.text.lstrip("\ufeff").strip()
    if text.startswith("{"):
        return _from_json(text, document.source)
    try:
        article = clean(document, max_chars=max_chars)
    except SourceError as error:
        raise SourceError(f"cannot check {document.source!r}: {error}") from error
    found = ([article.title] if article.title else []) + [
        found.span.of(article.text) for found in sentences(article.text)
    ]
    return tuple(Claim(id=str(number), text=one) for number, one in enumerate(found, start=1))


def _from_json(text: str, source: str) -> Briefing | tuple[Claim, ...]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        whole = None
    except (RecursionError, ValueError):  # ValueError: an integer of 4,301 digits.
        raise SourceError(f"{source!r} is nested too deeply, or holds an endless number.") from None
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


def is_weighed(document: Briefing | Sequence[Claim]) -> bool:
    """Return whether `document` has a sentence that is not just the words that it cites."""
    return not isinstance(document, Briefing) or any(
        all(sentence.text != cited.quote for cited in sentence.citations)
        for sentence in document.sentences
    )


def verify_document(
    document: Briefing | Sequence[Claim],
    articles: Sequence[Article],
    *,
    weigh: Weigh | None = None,
    judge: Judge | None = None,
    crew: Crew | None = None,
) -> Verification:
    """Return a verdict on each sentence of a saved briefing, or on each claim.

    Args:
        document: What is to be checked.
        articles: What may bear it out.
        weigh: How likely what no check refuses is borne out; None: by the words alone.
        judge: Asked about what is supported and yet uncertain; it may only lower a verdict.
        crew: Checks several sentences at once. None: one after the other. Either way the verdicts
            are the same, and in the order of the sentences.
    """
    if isinstance(document, Briefing):
        return verify_briefing(document, articles, weigh=weigh, judge=judge, crew=crew)
    return verify_claims(document, articles, weigh=weigh, judge=judge, crew=crew)


def verify_claims(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    *,
    weigh: Weigh | None = None,
    judge: Judge | None = None,
    crew: Crew | None = None,
) -> Verification:
    """Return a verdict on each of `claims`, with the best spans found for it in `articles`."""

    @cache
    def shelf(sources: tuple[str, ...]) -> Sources:
        return _sources(_named(sources, articles))

    def check(claim: Claim) -> VerifiedSentence:
        finding = _found(claim, shelf(claim.sources), weigh)
        return _verified(claim.id, claim.text, finding)

    if len(asked := {claim.sources for claim in claims}) == 1:
        # What all are checked against is read once, and not by each of the crew.
        shelf(*asked)
    checked = _each(check, claims, crew)
    groups = [checked[at : at + JUDGED_TOGETHER] for at in range(0, len(checked), JUDGED_TOGETHER)]
    return _verification([one for group in groups for one in _judged(group, judge)])


def _each(
    check: Callable[[_Item], VerifiedSentence], items: Sequence[_Item], crew: Crew | None
) -> Sequence[VerifiedSentence]:
    return crew.each(check, items) if crew else [check(one) for one in items]


def _sources(articles: Sequence[Article], *, is_news: bool | None = None) -> Sources:
    story, _, compared = _compared(articles)
    return _disputed(story, compared, is_news=is_news)


def _compared(articles: Sequence[Article]) -> tuple[Story, Copies, Comparison]:
    story = split(articles)
    copies = trace(story)
    return story, copies, compare(story, copies)


def _disputed(story: Story, compared: Comparison, *, is_news: bool | None) -> Sources:
    wordings = {discrepancy.id: discrepancy.wording for discrepancy in compared.discrepancies}
    return Sources(
        story,
        disputes={id_: wordings[found[0]] for id_, found in compared.touching.items() if found},
        is_news=is_news,
    )


def _named(sources: Sequence[str], articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles that a claim names, by path, name of the file, id or title; or all."""
    if not sources:
        return articles
    return [
        article
        for article in articles
        if {article.source, PurePath(article.source).name, article.id, article.title} & set(sources)
    ]


def _found(claim: Claim, sources: Sources, weigh: Weigh | None) -> Finding:
    if len(claim.text) > MAX_CLAIM_CHARS:
        return _TOO_LONG
    if claim.sources and not sources.articles:
        named = ", ".join(map(repr, claim.sources[:3]))
        return refused(
            Fault(code=Reason.UNKNOWN_ARTICLE, detail=f"no article {named} among the sources"),
            name="spans",
        )
    return weighed(claim.text, retrieve_each(claim.text, sources), sources, weigh)


def verify_briefing(
    briefing: Briefing,
    articles: Sequence[Article],
    *,
    weigh: Weigh | None = None,
    judge: Judge | None = None,
    crew: Crew | None = None,
) -> Verification:
    """Check a saved briefing again: each sentence against the spans that it cites in `articles`.

    Where these do not bear a sentence out and other words do, it is cited anew, and says so. What
    stands beside the sentences is read from the briefing's articles again: a sentence whose dates,
    stage, amounts or origins are others is not supported; a person or a discrepancy that is told
    otherwise, a plan of which an article tells more, an open discrepancy that is left out, and a
    title, section, gap, count or source that is not so, is listed as one more sentence. So is what
    no article tells, where it is not as it was sealed. What an older version did not write is
    noted, and not checked.
    """
    # Claims have nothing beside them.
    from briefing.rereading import Record, Rereading, misprints, not_given

    by_id = {article.id: article for article in articles}
    own = [by_id[entry.id] for entry in briefing.articles if entry.id in by_id]
    story, copies, compared = _compared(own)
    lacking = not_given(briefing)
    proposed = [one for one in briefing.discrepancies if one.by == "model"]
    again = Rereading(story, copies, compared, proposed=proposed, not_given=lacking)
    if len(own) == len(by_id):
        sources = _disputed(story, compared, is_news=True)
    else:
        sources = _sources(articles, is_news=True)
    record = Record(briefing)
    checked = [_misprinted("frame", one) for one in misprints(briefing, story, copies, again)]

    def check(placed: tuple[str, CheckedSentence]) -> VerifiedSentence:
        return _checked_again(*placed, sources, weigh, again, record)

    placed = [(section.id, one) for section in briefing.sections for one in section.sentences]
    in_order = iter(_each(check, placed, crew))
    for section in briefing.sections:
        checked += _judged(list(islice(in_order, len(section.sentences))), judge)
        for person in section.people:
            cited = [citation for role in person.roles for citation in role.citations]
            finding = _beside("people", cited, again.person(person), person.name, sources)
            checked += _listed(f"person {person.name}", _told(person), finding)
    for one in briefing.discrepancies:
        cited = [citation for side in one.sides for citation in side.citations]
        finding = _beside("differences", cited, again.discrepancy(one), one.wording, sources)
        checked += _listed(one.id, one.wording, finding)
    for plan in briefing.unreported:
        finding = _beside("gaps", [plan], again.plan(plan), plan.quote, sources)
        checked += _listed("gap", plan.quote, finding)
    for one in again.left_out(briefing):
        fault = Fault(code=Reason.DIFFERENCE_LEFT_OUT, detail="the sources differ, unsaid")
        checked.append(_verified(one.id, one.wording, refused(fault, name="differences")))
    told = {check.code for one in checked for check in one.checks if check.code and check.refuses}
    checked += [_misprinted("record", one) for one in record.changed(told)]
    return _verification(checked, notes=_older(lacking))


def _misprinted(name: str, one: "Misprint") -> VerifiedSentence:
    return _verified(one.name, one.said, refused(one.fault, name=name, text=one.said))


def _beside(
    name: str, cited: Sequence[Citation], fault: Fault | None, text: str, sources: Sources
) -> Finding:
    """Return the finding on what stands beside the sentences: its spans, then what it says."""
    finding = verify_spans(cited, sources)
    if finding.verdict is Verdict.SUPPORTED and fault is not None:
        return refused(fault, name=name, text=text)
    return finding


def _listed(id_: str, text: str, finding: Finding) -> list[VerifiedSentence]:
    is_held = finding.verdict is Verdict.SUPPORTED
    return [] if is_held else [_verified(id_, text, finding)]


def _told(person: Person) -> str:
    roles = ", ".join(role.title for role in person.roles)
    side = f" ({person.side})" if person.side else ""
    return f"{person.name}{side}, {roles}"


def _checked_again(
    section: str,
    sentence: CheckedSentence,
    sources: Sources,
    weigh: Weigh | None,
    again: "Rereading",
    record: "Record",
) -> VerifiedSentence:
    if _is_too_long(sentence):
        return _verified(sentence.id, sentence.text, _TOO_LONG)
    finding = verify(sentence.text, sentence.citations, sources)
    finding = weighed(sentence.text, finding, sources, weigh)
    other = recite(sentence.text, finding, sources, weigh)
    finding = other or finding
    if finding.verdict is Verdict.SUPPORTED:
        if fault := again.sentence(sentence):
            finding = refused(fault, name="labels", text=sentence.text)
        elif fault := record.sentence(sentence, section):
            finding = refused(fault, name="record", text=sentence.text)
    return _verified(sentence.id, sentence.text, finding, recited=other is not None)


def _is_too_long(sentence: CheckedSentence) -> bool:
    """Whether it is no single sentence, and not the very words that it cites either."""
    said = sentence.text.split()
    return len(sentence.text) > MAX_CLAIM_CHARS and all(
        said != cited.quote.split() for cited in sentence.citations
    )


def _judged(checked: Sequence[VerifiedSentence], judge: Judge | None) -> Sequence[VerifiedSentence]:
    """Return the sentences with what the judge lowers, of those that are uncertain."""
    doubtful = [
        at for at, one in enumerate(checked) if one.uncertain and one.verdict is Verdict.SUPPORTED
    ]
    if judge is None or not doubtful:
        return checked
    doubts = [
        Doubt(text=checked[at].text, quotes=tuple(cited.quote for cited in checked[at].citations))
        for at in doubtful
    ]
    lowered = list(checked)
    for at, ruling in zip(doubtful, judge.rule(doubts), strict=True):
        if ruling is not None and not ruling.is_supported:
            lowered[at] = checked[at].model_copy(
                update={
                    "verdict": Verdict.UNSUPPORTED,
                    "score": min(checked[at].score, 0.49),
                    "reason": f"judge: {ruling.reason}",
                }
            )
    return lowered


def _verified(id_: str, text: str, finding: Finding, *, recited: bool = False) -> VerifiedSentence:
    return VerifiedSentence(
        id=id_,
        text=text,
        verdict=finding.verdict,
        score=finding.score,
        probability=finding.probability,
        uncertain=finding.is_uncertain,
        recited=recited,
        reason=finding.reason,
        citations=finding.citations,
        checks=finding.checks,
    )


def _older(lacking: Collection[str]) -> tuple[str, ...]:
    if not lacking:
        return ()
    named = ", ".join(sorted(lacking))
    return (f"written by an older version of briefing, without {named}: not checked",)


def _verification(
    sentences: Sequence[VerifiedSentence], *, notes: tuple[str, ...] = ()
) -> Verification:
    verdicts = [sentence.verdict for sentence in sentences]
    return Verification(
        sentences=tuple(sentences),
        counts=VerificationCounts(
            sentences=len(sentences),
            supported=verdicts.count(Verdict.SUPPORTED),
            contradicted=verdicts.count(Verdict.CONTRADICTED),
            unsupported=verdicts.count(Verdict.UNSUPPORTED),
            uncertain=sum(sentence.uncertain for sentence in sentences),
        ),
        notes=notes,
    )
