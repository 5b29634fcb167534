"""Find the spans that bear out a sentence which cites none."""

from collections.abc import Iterable, Sequence

from briefing.data.article import Sentence
from briefing.data.briefing import Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.verify import dates, quotations
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.checks import Finding, refused, verify
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Sources

_BONUS = 0.2
"""A number or a day in common tells as much as a fifth of the words."""


_MARGIN = 0.08
"""How much more of the text a contradicting sentence must have than the one that bears it out."""

_WHOLLY = 0.85
"""Cover of a sentence with which no other is looked for beside it."""

_TURNING = frozenset(
    {
        Reason.PLAN_TOLD_AS_DONE,
        Reason.CONDITION_LOST,
        Reason.WAY_TURNED,
        Reason.NEGATION_ADDED,
        Reason.NEGATION_LOST,
        Reason.OPPOSITE_WORD,
        Reason.TITLE_DIFFERS,
        Reason.TITLE_OF_ANOTHER,
        Reason.ANOTHER_DID_IT,
        Reason.SIDES_SWAPPED,
    }
)

_SINGLES = 6
_LED_BY = 4
"""How many of the best sentences are also tried together with a neighbour."""


def retrieve(text: str, sources: Sources) -> Finding:
    """Return the best finding for `text` over all sources.

    Single sentences are tried first, best idf-weighted cover first; then the best ones with
    sentences near them in the same article. Sentences from different places are never put
    together: that is how two events become one. The finding that most likely bears the text out
    wins, unless a source that has as much of the text contradicts it.
    """
    claim = sources.claim(text)
    best: Finding | None = None
    against: Finding | None = None
    for group in _groups(ranked(claim, sources), sources):
        if len(group) > 1 and best is not None and _is_clear(best):
            break
        finding = verify(text, [Citation.of(sentence) for sentence in group], sources)
        if _turns_round(finding) and (against is None or finding.cover > against.cover):
            against = finding
        if best is None or _rank(finding) > _rank(best):
            best = finding
    if best is None:
        fault = Fault(code=Reason.NO_EVIDENCE, detail="no source sentence shares a word with it")
        return refused(fault)
    if against and best.verdict is Verdict.SUPPORTED and against.cover > best.cover + _MARGIN:
        return against
    return best


def _is_clear(finding: Finding) -> bool:
    """Whether one sentence bears the text out so well that its neighbours would add nothing."""
    return (
        finding.verdict is Verdict.SUPPORTED
        and finding.cover >= _WHOLLY
        and all(check.ok for check in finding.checks)
    )


def _turns_round(finding: Finding) -> bool:
    """Whether a single sentence tells the same of others, or denies it."""
    return len(finding.citations) == 1 and any(
        check.refuses and check.code in _TURNING for check in finding.checks
    )


def _rank(finding: Finding) -> tuple[bool, bool, float]:
    supported = finding.verdict is Verdict.SUPPORTED
    contradicted = finding.verdict is Verdict.CONTRADICTED
    return supported, contradicted, finding.score if supported else finding.cover


def ranked(claim: Analysis, sources: Sources) -> list[Sentence]:
    """Return the sentences that share a word with the claim, best idf-weighted cover first."""
    form = claim.form
    weights = sources.weights
    wanted = claim.undated_stems or claim.stem_set
    total = sum(weights[stem] for stem in wanted) or 1.0
    quoted = [words.rstrip(".,;") for words in quotations.quoted(form)]
    scored: list[tuple[float, int, Sentence]] = []
    for position, sentence in enumerate(sources.story.sentences):
        there = sources.analysis(sentence)
        cover = sum(weights[stem] for stem in wanted & there.stem_set) / total
        if form and form in there.form:
            cover += 1.0
        cover += _BONUS * _agreeing(claim, sentence, sources)
        cover += sum(words in there.form for words in quoted)
        if cover:
            scored.append((-cover, position, sentence))
    return [sentence for _, _, sentence in sorted(scored, key=lambda item: item[:2])]


def _agreeing(claim: Analysis, sentence: Sentence, sources: Sources) -> int:
    """Return how many numbers and days of the claim the sentence gives too."""
    there = sources.analysis(sentence)
    on = sources.articles[sentence.article].day
    return sum(any(n.agrees(other) for other in there.numbers) for n in claim.numbers) + sum(
        any(dates.same_date(mention, other, on) for other in there.dates) for mention in claim.dates
    )


def _groups(found: Sequence[Sentence], sources: Sources) -> Iterable[tuple[Sentence, ...]]:
    for sentence in found[:_SINGLES]:
        yield (sentence,)
    for sentence in found[:_LED_BY]:
        inside = sources.sentences_of(sentence.article)
        at = inside.index(sentence)
        if at > 0:
            yield inside[at - 1], sentence
        if at + 1 < len(inside):
            yield sentence, inside[at + 1]
