"""Turn a briefing into text that a person or a program reads."""

from enum import StrEnum

from briefing.data.briefing import Briefing
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
    JSON = "json"
    TEXT = "text"


def render(briefing: Briefing, *, form: Form, width: int = 80, colour: bool = False) -> str:
    """Return `briefing` in one form, ending with exactly one line break.

    Args:
        briefing: The document; a saved file that somebody edited is welcome.
        form: Every form but JSON opens with the title and the same line of counts.
        width: Columns of `term` and `text`, at least 40; Markdown and JSON are not wrapped.
        colour: Whether `term` may use escape sequences. They add nothing that the words do not say.
    """
    match form:
        case Form.JSON:
            return to_json(briefing)
        case Form.MD:
            return to_markdown(lay_out(briefing))
        case Form.TEXT:
            return to_text(lay_out(briefing), width=width)
        case Form.TERM:
            return to_terminal(lay_out(briefing), width=width, colour=colour)
