"""The words of a piece of HTML that is all article: a feed's entry, a newsletter.

A whole page, with its menus and footers, is `parse.html`'s.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from briefing.errors import SourceError

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "object", "iframe"})
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section "
    "table tbody td tfoot th thead tr ul".split()
)
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](px)?\s*(;|$)|mso-hide", re.I
)
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_WRAPPER = re.compile(
    r"</?(?:a|b|big|center|div|em|font|i|section|small|span|strong|table|tbody|td|th|tr|u|article|main)\b[^<>]*>",
    re.IGNORECASE,
)
_LARGE_CHARS = 500_000
DEEPEST = 200
"""Elements inside one another. trafilatura loses what is below 256 (traps, 10)."""


def text_of(markup: str) -> str:
    """Return the visible text of `markup`, a line for each block of it; plain text as it is."""
    if not _LOOKS_LIKE_MARKUP.search(markup):
        return markup
    tree = tree_of(markup)
    if tree is None:
        return ""
    lines = "".join(_pieces(tree)).split("\n")
    return "\n".join(line for each in lines if (line := " ".join(each.split())))


def tree_of(markup: str) -> Any | None:  # noqa: ANN401 -- lxml's trees have no types here
    """Return the tree of some HTML with no more than `DEEPEST` levels; None where it has none.

    Of a page that is deeper, the elements that only wrap others are left out.

    Raises:
        SourceError: It is too deep without them too.
    """
    markup = re.sub(r"\A\s*<\?xml[^>]*>", "", markup).replace("\x00", "")
    tree = _parsed(markup)
    if tree is not None and _is_deep(tree):
        # By hand, in one pass: taking them out of the tree is quadratic.
        tree = _parsed(_WRAPPER.sub("\n", markup))
    if tree is not None and _is_deep(tree):
        raise SourceError(
            f"its elements are nested more than {DEEPEST} deep. Save it as plain text."
        )
    return tree


def _parsed(markup: str) -> Any | None:  # noqa: ANN401
    parser = lxml_html.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
    )
    try:
        return lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError as error:
        # HTML has no syntax errors: on a large page this is how libxml2 runs out of memory.
        if len(markup) > _LARGE_CHARS:
            raise MemoryError from error
        return None
    except (etree.ParserError, ValueError):
        return None


def _is_deep(tree: Any) -> bool:  # noqa: ANN401
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def _pieces(tree: Any) -> Iterator[str]:  # noqa: ANN401
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        is_hidden = element.tag in _HIDDEN or bool(_INVISIBLE.search(element.get("style") or ""))
        if event == "start":
            hidden += is_hidden
            if not hidden:
                yield "\n" if is_block else ""
                yield _flat(element.text)
        else:
            if not hidden:
                yield "\n" if is_block else ""
            hidden -= is_hidden
            if not hidden:
                yield _flat(element.tail)


def _flat(text: str | None) -> str:
    return re.sub(r"\s", " ", text) if text else ""
