"""The citations point at words that stand there."""

from collections.abc import Sequence

from briefing.data.briefing import Citation
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Sources


def check(citations: Sequence[Citation], sources: Sources) -> Fault | None:
    """Every citation's quotation equals the article's text at its offsets."""
    if not citations:
        return Fault(code=Reason.NO_CITATION, detail="no source sentence is cited")
    for citation in citations:
        if citation.article not in sources.articles:
            return Fault(code=Reason.UNKNOWN_ARTICLE, detail=f"no article {citation.article!r}")
        if sources.cited(citation) is None:
            return Fault(
                code=Reason.SPAN_MOVED,
                detail=f"{citation.article} {citation.start}:{citation.end} does not read "
                f"{_short(citation.quote)!r}",
            )
    return None


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57] + "..."
