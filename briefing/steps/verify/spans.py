"""Check 1: the citations point at words that stand there."""

from collections.abc import Sequence

from briefing.data.briefing import Check, Citation
from briefing.steps.verify.sources import Sources


def check(citations: Sequence[Citation], sources: Sources) -> Check:
    """Every citation's quotation equals the article's text at its offsets."""
    if not citations:
        return Check(name="spans", ok=False, detail="no source sentence is cited")
    for citation in citations:
        if citation.article not in sources.articles:
            return Check(name="spans", ok=False, detail=f"no article {citation.article!r}")
        if sources.cited(citation) is None:
            return Check(
                name="spans",
                ok=False,
                detail=f"{citation.article} {citation.start}:{citation.end} does not read "
                f"{_short(citation.quote)!r}",
            )
    return Check(name="spans", ok=True)


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57] + "..."
