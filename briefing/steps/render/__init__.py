"""Turn a briefing into text that a person or a program reads."""

from collections.abc import Sequence
from enum import StrEnum

from briefing.data.article import Article
from briefing.data.briefing import Briefing
from briefing.steps.render.docx import to_docx
from briefing.steps.render.html import to_html
from briefing.steps.render.json_form import to_json
from briefing.steps.render.layout import lay_out
from briefing.steps.render.markdown import to_markdown
from briefing.steps.render.terminal import to_terminal
from briefing.steps.render.text import to_text
from briefing.text.phrases import phrases

__all__ = ["Form", "render"]


class Form(StrEnum):
    """What a briefing can be printed as."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    JSON = "json"
    TEXT = "text"
    DOCX = "docx"


def render(
    briefing: Briefing,
    *,
    form: Form,
    articles: Sequence[Article] = (),
    width: int = 80,
    colour: bool = False,
    headings: str = "en",
) -> str | bytes:
    """Return `briefing` in one form: text that ends with one line break, or a file of Word.

    Args:
        briefing: The document; a saved file that somebody edited is welcome.
        form: Every form but JSON opens with the title and the same line of counts.
        articles: Whose texts stand beside the page in `html`, with the cited spans marked.
        width: Columns of `term` and `text`, at least 40; the others are not wrapped.
        colour: Whether `term` may use escape sequences. They add nothing that the words do not say.
        headings: Code of the language of the headings, labels and dates; JSON has none of these.

    Raises:
        ConfigError: There are no headings in that language, or the form needs a package.
    """
    if form is Form.JSON:
        return to_json(briefing)
    page = lay_out(briefing, phrases(headings))
    match form:
        case Form.MD:
            return to_markdown(page)
        case Form.HTML:
            return to_html(page, articles)
        case Form.TEXT:
            return to_text(page, width=width)
        case Form.TERM:
            return to_terminal(page, width=width, colour=colour)
        case Form.DOCX:
            return to_docx(page)
