"""The briefing as one HTML file: the page beside its sources, the quoted spans marked.

Nothing in it is fetched and nothing in it runs: the style stands in the file, and the links are
to places in the file and to the web addresses of the sources.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

from briefing.data.article import Article
from briefing.steps.render.html.pane import Pane, panes
from briefing.steps.render.html.timeline import timeline
from briefing.steps.render.page import Note, Page
from briefing.text.fragments import text_fragment

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = files(__name__)


def to_html(page: Page, articles: Sequence[Article] = ()) -> str:
    """Return `page` as one self-contained HTML file.

    Args:
        page: The briefing, laid out.
        articles: Their texts are printed beside the page, with the cited spans marked. Of a source
            that is not among them only the quotations are shown.
    """
    sources = panes(page, {article.id: article.text for article in articles})
    references = _References(sources)
    style = _style(number for pane in sources for number in pane.split)
    return _template().render(
        page=page,
        panes=sources,
        timeline=timeline(page),
        missing=[source for source in page.sources if source not in {p.source for p in sources}],
        refer=references.refer,
        places=references.places,
        is_marked=references.is_marked,
        fragment=text_fragment,
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        say=page.phrases.say,
    )


class _References:
    """The places of the page that refer to each note, in the order of reading."""

    def __init__(self, sources: Iterable[Pane]) -> None:
        self._marked = {number for pane in sources for number in pane.notes}
        self._numbers = count(1)
        self._places: dict[int, list[str]] = {}

    def refer(self, note: Note) -> str:
        """Return the id of one more place that refers to `note`."""
        place = f"r{next(self._numbers)}"
        self._places.setdefault(note.number, []).append(place)
        return place

    def places(self, number: int) -> tuple[str, ...]:
        """Return the ids of the places that refer to a note."""
        return tuple(self._places.get(number, ()))

    def is_marked(self, note: Note) -> bool:
        """Tell whether the words of `note` are marked in the text of its source."""
        return note.number in self._marked


@cache
def _template() -> "Template":
    # Jinja is needed for this form only; `briefing --format term` does not wait for it.
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string((_HERE / "page.html.jinja").read_text("utf-8"))


def _style(split: Iterable[int]) -> str:
    """Return the style, with a rule for each note whose words stand in several elements."""
    selectors = (f"#q{number}:target~.n{number}" for number in split)
    rules = "".join(f"{selector}{{background:var(--chosen)}}\n" for selector in selectors)
    return (_HERE / "page.css").read_text("utf-8") + rules
