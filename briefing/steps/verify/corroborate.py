"""Find what other articles say the same."""

from collections.abc import Sequence

from briefing.data.briefing import Citation, Verdict
from briefing.steps.verify.checks import verify
from briefing.steps.verify.retrieve import ranked
from briefing.steps.verify.sources import Sources

_TRIED = 12
"""Best-covering sentences of other articles that are checked."""

_LEAST_SHARED = 0.5
"""A sentence with fewer of the words is not worth the checks: it would fail the last of them."""

_MOST = 4


def corroborate(text: str, citations: Sequence[Citation], sources: Sources) -> tuple[Citation, ...]:
    """Return `citations` and, behind them, one of each other article that supports `text` too."""
    found = list(citations)
    cited = {one.article for one in citations}
    claim = sources.claim(text)
    wanted = claim.plain_stems
    others = [
        sentence
        for sentence in ranked(claim, sources)[: 3 * _TRIED]
        if sentence.article not in cited
        and len(wanted & sources.analysis(sentence).stem_set) >= _LEAST_SHARED * len(wanted)
    ]
    for sentence in others[:_TRIED]:
        if len(found) >= _MOST:
            break
        if sentence.article in cited:
            continue
        candidate = Citation.of(sentence)
        if verify(text, [candidate], sources).verdict is Verdict.SUPPORTED:
            found.append(candidate)
            cited.add(sentence.article)
    return tuple(found)
