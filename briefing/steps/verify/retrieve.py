"""Find the spans that bear out a sentence which cites none."""

from collections.abc import Iterable, Sequence

from briefing.data.article import Sentence
from briefing.data.briefing import Citation, Verdict
from briefing.steps.verify.checks import Finding, verify
from briefing.steps.verify.sources import Sources
from briefing.text.analysis import Analysis

_NUMBER_BONUS = 0.2
"""A number in common tells as much as a fifth of the words."""

_SINGLES = 6
_LED_BY = 4
"""How many of the best sentences are also tried together with a neighbour."""


def retrieve(text: str, sources: Sources) -> Finding:
    """Return the best finding for `text` over all sources.

    Single sentences are tried first, best idf-weighted cover first; then, unless one of them
    contradicts the text, the best ones with the sentence before or after in the same article.
    Sentences from different places are never put together: that is how two events become one.
    The first finding that supports the text wins; else the one that covers it best, so that the
    reason names the sentence it conflicts with.
    """
    found = ranked(Analysis(text), sources)
    best: Finding | None = None
    for group in _groups(found, sources):
        if len(group) > 1 and best is not None and _is_clear(best):
            break
        finding = verify(text, [Citation.of(sentence) for sentence in group], sources)
        if finding.verdict is Verdict.SUPPORTED:
            return finding
        if best is None or _rank(finding) > _rank(best):
            best = finding
        if len(group) == 1 and group[0] is found[0] and _is_clear(finding):
            return finding
    return best or Finding(
        verdict=Verdict.UNSUPPORTED,
        reason="wording: no source sentence shares a word with it",
        score=0.0,
        citations=(),
        checks=(),
    )


def _is_clear(finding: Finding) -> bool:
    """Whether a single sentence tells the same and denies it: a neighbour would not mend that."""
    failed = {check.name for check in finding.checks if not check.ok}
    return finding.verdict is Verdict.CONTRADICTED and bool(failed & {"polarity", "titles"})


def _rank(finding: Finding) -> tuple[bool, float]:
    return finding.verdict is Verdict.CONTRADICTED, finding.score


def ranked(claim: Analysis, sources: Sources) -> list[Sentence]:
    """Return the sentences that share a word with the claim, best idf-weighted cover first."""
    form = claim.canonical.form
    weights = sources.weights
    wanted = claim.undated_stems or claim.stem_set
    total = sum(weights[stem] for stem in wanted) or 1.0
    scored: list[tuple[float, int, Sentence]] = []
    for position, sentence in enumerate(sources.story.sentences):
        there = sources.analysis(sentence)
        cover = sum(weights[stem] for stem in wanted & there.stem_set) / total
        if form and form in there.canonical.form:
            cover += 1.0
        agreeing = sum(any(n.agrees(other) for other in there.numbers) for n in claim.numbers)
        cover += _NUMBER_BONUS * agreeing
        if cover:
            scored.append((-cover, position, sentence))
    return [sentence for _, _, sentence in sorted(scored, key=lambda item: item[:2])]


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
