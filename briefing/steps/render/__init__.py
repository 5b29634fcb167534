"""Turn a briefing into text that a person or a program reads."""

from collections.abc import Sequence
from enum import StrEnum

from briefing.data.article import Article
from briefing.data.briefing import Briefing
from briefing.steps.render.html import to_html
from briefing.steps.render.json_form import to_json
from briefing.steps.render.markdown import to_markdown
from briefing.steps.render.page import lay_out
from briefing.steps.render.terminal import to_terminal
from briefing.steps.render.text import to_text

__all__ = ["Form", "render"]


class Form(StrEnum):
    """What a briefing can be printed as."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    JSON = "json"
    TEXT = "text"


def render(
    briefing: Briefing,
    *,
    form: Form,
    articles: Sequence[Article] = (),
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return `briefing` in one form, ending with exactly one line break.

    Args:
        briefing: The document; a saved file that somebody edited is welcome.
        form: Every form but JSON opens with the title and the same line of counts.
        articles: Whose texts stand beside the page in `html`, with the cited spans marked.
        width: Columns of `term` and `text`, at least 40; the others are not wrapped.
        colour: Whether `term` may use escape sequences. They add nothing that the words do not say.
    """
    match form:
        case Form.JSON:
            return to_json(briefing)
        case Form.MD:
            return to_markdown(lay_out(briefing))
        case Form.HTML:
            return to_html(lay_out(briefing), articles)
        case Form.TEXT:
            return to_text(lay_out(briefing), width=width)
        case Form.TERM:
            return to_terminal(lay_out(briefing), width=width, colour=colour)
