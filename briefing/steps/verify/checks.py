"""All checks of one sentence, cheap ones first, and the verdict they add up to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefing.data.briefing import Check, Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.verify import (
    attribution,
    dates,
    deeds,
    names,
    numbers,
    parallels,
    polarity,
    quantities,
    quotations,
    relations,
    spans,
    status,
    titles,
    wording,
)
from briefing.steps.verify.fault import Fault, result
from briefing.steps.verify.likelihood import likelihood
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

Weigh = Callable[[str, Sources, "Finding"], float]
"""How likely, 0 to 1, the sources bear a sentence out, given what the checks found."""

THRESHOLD = 0.5
BAND = 0.1
"""A probability nearer than this to the threshold does not tell."""

_Check = Callable[[Analysis, Sequence[Cited], Sources], Fault | None]

_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("quotations", quotations.check),
    ("numbers", numbers.check),
    ("dates", dates.check),
    ("names", names.check),
    ("titles", titles.check),
    ("status", status.check),
    ("polarity", polarity.check),
    ("attribution", attribution.check),
    ("deeds", deeds.check),
    ("relations", relations.check),
    ("parallels", parallels.check),
    ("quantities", quantities.check),
    ("wording", wording.check),
)

CHECKS = tuple(name for name, _ in _CHECKS)
"""The names of the checks that read a sentence beside the words that it cites."""

_OF_A_QUOTATION = frozenset({"quotations", "titles"})
"""Checks of a source's own sentence: only what other sources say of it can be wrong."""

_ABSENT = frozenset(
    {
        Reason.NUMBER_MISSING,
        Reason.DATE_MISSING,
        Reason.NAME_MISSING,
        Reason.TITLE_MISSING,
        Reason.SPEAKER_DIFFERS,
        Reason.ATTRIBUTION_LOST,
        Reason.OWN_VOICE,
        Reason.QUOTATION_UNPAIRED,
        Reason.QUOTATION_DIFFERS,
        Reason.QUESTION_TOLD_AS_FACT,
        Reason.CAUSE_ADDED,
        Reason.HARM_ADDED,
        Reason.WORDS_MISSING,
    }
)
"""Reasons to refuse where the source does not say the opposite."""

_DECIDED_BY_WORDS = frozenset({"quotations", "numbers", "dates", "names", "titles", "attribution"})

_RELATIONAL = frozenset(
    {
        Reason.PLAN_TOLD_AS_DONE,
        Reason.WISH_TOLD_AS_PLAN,
        Reason.FACT_TOLD_AS_OPEN,
        Reason.CONDITION_LOST,
        Reason.PAST_TOLD_AS_NOW,
        Reason.SPEAKER_DIFFERS,
        Reason.ATTRIBUTION_LOST,
        Reason.OWN_VOICE,
        Reason.ANOTHER_DID_IT,
        Reason.SIDES_SWAPPED,
        Reason.CROSSED_OVER,
        Reason.OF_ANOTHER_THING,
        Reason.QUANTITY_CHANGED,
        Reason.ORDER_TURNED,
    }
)
"""Conflicts of who, whether and according to whom, read off the order of words.

On text that they were not tuned on they fire on true sentences about as often as on false ones: on
5 and 5 of the 60 in tests/data/bank_claims.jsonl at first sight, and see "checks" in
bench/results/verification.json. So on text that is no news they count and do not decide.
"""

ALWAYS_DECIDE = frozenset({"ids", "spans", "quotations", "numbers"})
"""Checks that refuse whatever the sources are.

On text that is no news the others have no such precision: of the validation claims that the score
would accept, missing names refuse 6 false and 11 true ones, dates that differ 3 and 7, negations 8
and 12, but numbers 12 and 5.
"""

_SAME_THING_COVER = 0.5
"""With less of a sentence in its citations, they tell of something else and turn nothing round."""

_CONTRADICTED_COVER = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the checks found."""

    verdict: Verdict
    reason: str
    score: float
    """Between 0 and 1: how likely the citations bear the sentence out; 0.5 or more where it is
    supported."""

    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    probability: float = 0.0
    """Between 0 and 1: the same before any check refuses; to rank and to measure by."""

    cover: float = 0.0
    """Between 0 and 1: how much of the sentence's words its citations have."""

    is_uncertain: bool = False
    """The score is too near to the threshold to tell."""

    is_verbatim: bool = False
    """It is a cited sentence, word for word."""

    sentences: tuple["Finding", ...] = ()
    """Of a text of several sentences: what was found of each."""

    @property
    def is_refused(self) -> bool:
        """Whether a check alone refuses the sentence."""
        return any(check.refuses for check in self.checks)

    @property
    def conflicts(self) -> tuple[Check, ...]:
        """The checks that refuse it by the order of its words, which a model may outweigh."""
        return tuple(one for one in self.checks if one.refuses and one.code in _RELATIONAL)

    def outweighable(self, *, is_news: bool) -> tuple[Check, ...]:
        """The checks that refuse it, and do not decide where it is weighed: on news, none."""
        if is_news:
            return ()
        return tuple(one for one in self.checks if one.refuses and one.name not in ALWAYS_DECIDE)

    @property
    def is_conflict(self) -> bool:
        """Whether a check found the source saying something else, not just nothing."""
        return any(check.refuses and check.code not in _ABSENT for check in self.checks)

    def with_unknown_ids(self, unknown: Sequence[str]) -> "Finding":
        """Return this finding, failed where the sentence cites ids that name no sentence."""
        if not unknown:
            return replace(self, checks=(Check(name="ids", ok=True), *self.checks))
        named = ", ".join(map(repr, unknown[:3]))
        fault = Fault(code=Reason.UNKNOWN_ID, detail=f"no source sentence {named}")
        return replace(
            self,
            verdict=Verdict.UNSUPPORTED,
            reason=f"ids: {fault.detail}",
            score=0.0,
            is_uncertain=False,
            checks=(result("ids", fault, ""), *self.checks),
        )


def refused(fault: Fault, *, name: str = "wording", text: str = "") -> Finding:
    """Return the finding of a sentence that no check looks at any further."""
    return Finding(
        verdict=Verdict.UNSUPPORTED,
        reason=f"{name}: {fault.detail}",
        score=0.0,
        citations=(),
        checks=(result(name, fault, text),),
    )


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
            for name, check in _CHECKS
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
