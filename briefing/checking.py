"""Check sentences that somebody else wrote, or a saved briefing, against articles."""

import json
from collections.abc import Sequence

from pydantic import ValidationError

from briefing.data.article import Article, RawDocument
from briefing.data.briefing import Briefing, Verdict
from briefing.data.verification import Claim, Verification, VerificationCounts, VerifiedSentence
from briefing.errors import SourceError
from briefing.steps.clean import clean
from briefing.steps.split import split
from briefing.steps.verify import Finding, Sources, retrieve, verify, verify_spans
from briefing.text.canonical import clean as clean_text
from briefing.text.sentences import sentences

MAX_CLAIM_CHARS = 2_000
"""A longer claim is not looked for: it is no sentence, and checking it takes long."""


def read_checkable(document: RawDocument, *, max_chars: int) -> Briefing | tuple[Claim, ...]:
    """Return what `document` asks to have checked.

    A JSON object with sections is a saved briefing; lines that are each a JSON object are
    claims; anything else is text, and each of its sentences a claim.

    Raises:
        SourceError: It is empty, binary, or JSON of another shape.
    """
    text = document.content.decode("utf-8-sig", errors="replace").strip()
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
        [_verified(claim.id, claim.text, _found(claim.text, sources)) for claim in claims]
    )


def _found(text: str, sources: Sources) -> Finding:
    if len(text) <= MAX_CLAIM_CHARS:
        return retrieve(text, sources)
    return Finding(
        verdict=Verdict.UNSUPPORTED,
        reason=f"wording: longer than {MAX_CLAIM_CHARS} characters, so no single sentence",
        score=0.0,
        citations=(),
        checks=(),
    )


def verify_briefing(briefing: Briefing, articles: Sequence[Article]) -> Verification:
    """Check a saved briefing again: each sentence against the spans that it cites in `articles`.

    A discrepancy that cites what does not stand there is listed as one more sentence.
    """
    sources = Sources(split(articles))
    checked = [
        _verified(sentence.id, sentence.text, verify(sentence.text, sentence.citations, sources))
        for sentence in briefing.sentences
    ]
    for discrepancy in briefing.discrepancies:
        cited = [citation for side in discrepancy.sides for citation in side.citations]
        finding = verify_spans(cited, sources)
        if finding.verdict is not Verdict.SUPPORTED:
            checked.append(_verified(discrepancy.id, discrepancy.wording, finding))
    return _verification(checked)


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
