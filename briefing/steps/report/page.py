"""A report as one HTML file, with nothing that is fetched and nothing that runs."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing.steps.report.entries import Entry

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(summary: str, entries: Sequence[Entry]) -> str:
    """Return the summary and the sentences, the offending words marked, as a whole page."""
    return _template().render(summary=summary, entries=entries)


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    source = (files(__name__.rpartition(".")[0]) / "page.html.jinja").read_text("utf-8")
    # Everything is escaped: no word of a source or of a model is ever markup.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
