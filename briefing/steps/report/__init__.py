"""Print the verdicts on sentences that somebody else wrote, in any form."""

from collections.abc import Sequence
from enum import StrEnum

from briefing.data.article import Article
from briefing.data.verification import Verification
from briefing.steps.report.entries import entries, summary
from briefing.steps.report.markdown import to_markdown
from briefing.steps.report.page import to_html
from briefing.steps.report.text import to_text


class ReportForm(StrEnum):
    """What a report on sentences can be printed as."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"


def report(
    result: Verification, articles: Sequence[Article], *, form: ReportForm = ReportForm.TEXT
) -> str:
    """Return `result` in a form: a verdict, the reason and the spans for each sentence."""
    if form is ReportForm.JSON:
        return result.model_dump_json(indent=2) + "\n"
    printed = {
        ReportForm.TEXT: to_text,
        ReportForm.MD: to_markdown,
        ReportForm.HTML: to_html,
    }[form]
    return printed(summary(result), entries(result, articles))


__all__ = ["ReportForm", "report"]
