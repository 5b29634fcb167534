"""All checks of one sentence, cheap ones first, and the verdict they add up to."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.data.briefing import Check, Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.verify.checks import IN_ORDER, spans
from briefing.steps.verify.checks.wording import wording
from briefing.steps.verify.fault import Fault, result
from briefing.steps.verify.finding import Finding, refused
from briefing.steps.verify.likelihood import likelihood
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

Weigh = Callable[[str, Sources, Finding], float]
"""How likely, 0 to 1, the sources bear a sentence out, given what the checks found."""

THRESHOLD = 0.5
BAND = 0.1
"""A probability nearer than this to the threshold does not tell."""

MAX_CITED_CHARS = 5_000
"""Longer words without a stop are no sentence but a table or a list, and checking them takes long.
The longest sentence of some 2,000 of real news has 369."""

_OF_A_QUOTATION = frozenset({"quotations", "titles"})
"""Checks of a source's own sentence: only what other sources say of it can be wrong."""

_DECIDED_BY_WORDS = frozenset({"quotations", "numbers", "dates", "names", "titles", "attribution"})

_SAME_THING_COVER = 0.5
"""With less of a sentence in its citations, they tell of something else and turn nothing round."""

_CONTRADICTED_COVER = 0.7
"""With less of a sentence in its citations, it is called unsupported and not contradicted: set by
hand, and no matter to whether it is refused."""


def verify(text: str, citations: Sequence[Citation], sources: Sources) -> Finding:
    """Return whether the cited spans bear `text` out, with every check's result.

    Citations whose words do not stand where they say fail the sentence at once. Deterministic;
    nothing but `sources` is read.
    """
    standing = verify_spans(citations, sources)
    if standing.verdict is not Verdict.SUPPORTED:
        return standing
    cited = [piece for citation in citations if (piece := sources.cited(citation)) is not None]
    claim = sources.claim(text)
    if any(len(piece.analysis.text) > MAX_CITED_CHARS for piece in cited):
        detail = f"the words cited are longer than {MAX_CITED_CHARS} characters, so no sentence"
        too_long = refused(Fault(code=Reason.TOO_LONG, detail=detail), name="spans")
        return replace(too_long, citations=tuple(citations))
    if not claim.stems and not claim.numbers:
        fault = Fault(code=Reason.NOTHING_TO_CHECK, detail="it says nothing that could be checked")
        return replace(refused(fault), citations=tuple(citations))
    own = _is_quotation(claim, cited)
    # A number or a date that differs does not make the rest of the sentence less the source's.
    cover, _ = wording.covered(claim.undated_stems or claim.stem_set, cited, sources.weights)
    whole, _ = wording.covered(claim.stem_set, cited, sources.weights)
    checks: tuple[Check, ...] = (
        *standing.checks,
        *(
            result(name, _graded(name, check(claim, cited, sources), max(cover, whole)), text)
            for name, check in IN_ORDER
            if not own or name in _OF_A_QUOTATION
        ),
    )
    if sources.disputes:
        checks = (*checks, _disputed(cited, sources))
    finding = Finding(
        verdict=Verdict.UNSUPPORTED,
        reason="",
        score=0.0,
        citations=tuple(citations),
        checks=checks,
        cover=round(cover, 4),
        is_verbatim=own,
    )
    return settled(finding, 1.0 if own else likelihood(claim, cited, checks, sources))


def _disputed(cited: Sequence[Cited], sources: Sources) -> Check:
    """Return a note, no verdict, where the sources disagree about what a cited sentence says."""
    for piece in cited:
        if piece.id in sources.disputes:
            return Check(
                name="discrepancies",
                ok=True,
                code=Reason.DISPUTED,
                detail=sources.disputes[piece.id],
                against=(piece.citation,),
            )
    return Check(name="discrepancies", ok=True)


def _graded(name: str, fault: Fault | None, cover: float) -> Fault | None:
    """Return a conflict of wordings as one to be weighed, where the source tells of other things.

    What is decided by single words, such as a number or a name, refuses whatever else is there.
    """
    if fault is None or name in _DECIDED_BY_WORDS or cover >= _SAME_THING_COVER:
        return fault
    return replace(fault, refuses=False)


def verify_spans(citations: Sequence[Citation], sources: Sources) -> Finding:
    """Return whether the cited words stand where the citations say, and nothing more."""
    fault = spans.check(citations, sources)
    resolved = result("spans", fault, "")
    return Finding(
        verdict=Verdict.SUPPORTED if fault is None else Verdict.UNSUPPORTED,
        reason="all checks hold" if fault is None else f"spans: {fault.detail}",
        score=1.0 if fault is None else 0.0,
        citations=tuple(citations),
        checks=(resolved,),
    )


def _is_quotation(claim: Analysis, cited: Sequence[Cited]) -> bool:
    return any(claim.form == piece.analysis.form for piece in cited)


def weighed(text: str, finding: Finding, sources: Sources, weigh: Weigh | None) -> Finding:
    """Return `finding` with the verdict that `weigh` gives it, where no check decides.

    What a check refuses on news stays refused, and on other text what numbers or quotations
    refuse; a source's own words stay supported. What else refuses it is weighed with the rest.
    """
    if weigh is None or not finding.citations or finding.is_verbatim:
        return finding
    outweighable = finding.outweighable(is_news=sources.is_news)
    probability = weigh(text, sources, finding)
    checks = tuple(
        one.model_copy(update={"refuses": False}) if one in outweighable else one
        for one in finding.checks
    )
    return settled(replace(finding, checks=checks), probability)


def joined(found: Sequence[tuple[int, Finding]]) -> Finding:
    """Return one finding of a text of several sentences, each with where it starts in the text.

    It is as good as the worst of them: of each check the result that refuses comes first.
    """
    findings = tuple(one for _, one in found)
    by_name: dict[str, Check] = {}
    for start, finding in found:
        for check in finding.checks:
            kept = by_name.get(check.name)
            if kept is None or _severity(check) > _severity(kept):
                by_name[check.name] = _moved(check, start)
    worst = min(findings, key=lambda one: one.probability)
    return settled(
        Finding(
            verdict=worst.verdict,
            reason="",
            score=0.0,
            citations=tuple(dict.fromkeys(one for f in findings for one in f.citations)),
            checks=tuple(by_name.values()),
            cover=min(one.cover for one in findings),
            is_verbatim=all(one.is_verbatim for one in findings),
            sentences=findings,
        ),
        worst.probability,
    )


def _severity(check: Check) -> int:
    return 0 if check.ok else 2 if check.refuses else 1


def _moved(check: Check, start: int) -> Check:
    """Return the check with its words where they stand `start` characters further on."""
    if check.words is None:
        return check
    words = check.words.model_copy(
        update={"start": check.words.start + start, "end": check.words.end + start}
    )
    return check.model_copy(update={"words": words})


def settled(finding: Finding, probability: float) -> Finding:
    """Return `finding` with the verdict and reason that go with a probability of support."""
    measured = round(probability, 4)
    failed = [check for check in finding.checks if not check.ok]
    refusing = [check for check in failed if check.refuses]
    said = "; ".join(f"{check.name}: {check.detail}" for check in refusing or failed)
    if refusing:
        conflict = finding.cover >= _CONTRADICTED_COVER and finding.is_conflict
        verdict = Verdict.CONTRADICTED if conflict else Verdict.UNSUPPORTED
        probability = min(0.49, probability / (1 + len(refusing)))
    elif probability < THRESHOLD:
        verdict = Verdict.UNSUPPORTED
        said = said or "wording: too little of it stands in the source"
    else:
        verdict = Verdict.SUPPORTED
        said = f"borne out on the whole; {said}" if failed else "all checks hold"
    return replace(
        finding,
        verdict=verdict,
        reason=said,
        score=round(probability, 4),
        probability=measured,
        is_uncertain=not refusing and abs(probability - THRESHOLD) < BAND,
    )
