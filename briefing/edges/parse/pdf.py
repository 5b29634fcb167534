"""A PDF: its text layer, in paragraphs. A picture of a page has none, and is refused."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import hypot

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PdfReadError, PyPdfError

from briefing.data.document import Document, Kind, RawDocument
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_FEWEST_LETTERS = 40
"""Fewer, beside pictures, are a stamp or a page number on a scan."""

_PAGES_AT_MOST = 500
_ANOTHER_SIZE = 0.1
"""Share of a letter's height; by less, two lines of one paragraph may differ."""

_Matrix = Sequence[float]
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\Z")


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Yield the text of all pages.

    Raises:
        SourceError: It is encrypted, broken, or has no text layer.
    """
    try:
        reader = PdfReader(BytesIO(raw.content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("it is encrypted. Remove its password first.")
        count = len(reader.pages)
        pages = [_lines(reader.pages[number]) for number in range(min(count, _PAGES_AT_MOST))]
        title = _named(reader)
        has_pictures = any(map(_has_picture, reader.pages[:_PAGES_AT_MOST]))
    except DependencyError as error:
        raise SourceError("it is encrypted (AES). Remove its password first.") from error
    except PdfReadError as error:
        raise SourceError(f"it is a broken PDF ({error}). Save it again.") from error
    except PyPdfError as error:
        raise SourceError(f"it cannot be read as a PDF ({error}). Save it again.") from error
    text = "\n\n".join(_paragraphs(_without_running_heads(pages)))
    letters = sum(map(str.isalpha, text))
    if not letters or (has_pictures and letters < _FEWEST_LETTERS):
        what = "only pictures. Run text recognition (OCR) on it first" if has_pictures else "at all"
        raise SourceError(f"the PDF holds no text layer, {what} ({count} pages).")
    damage = (f"only its first {_PAGES_AT_MOST} of {count} pages were read",)
    yield Document(
        source=raw.source,
        kind=Kind.PDF,
        text=text,
        title=title,
        damage=damage if count > _PAGES_AT_MOST else (),
    )


def _lines(page: PageObject) -> list[str]:
    """Return the lines of a page, an empty one where the size of the letters changes."""
    sizes: list[Counter[float]] = [Counter()]
    heard: list[str] = []

    def hear(text: str, matrix: _Matrix, place: _Matrix, _: object, size: float) -> None:
        heard.append(text)
        tall = round(size * _scale(matrix) * _scale(place), 1)
        for at, piece in enumerate(text.split("\n")):
            if at:
                sizes.append(Counter())
            sizes[-1][tall] += len(piece.strip())

    text = page.extract_text(visitor_text=hear) or ""
    lines = text.split("\n")
    if "".join(heard) != text:
        # What pypdf puts together in another order has no sizes to go by.
        return lines
    usual = [max(found, key=lambda size: found[size], default=0.0) for found in sizes]
    apart: list[str] = []
    before = 0.0
    for line, size in zip(lines, usual, strict=True):
        if not line.strip():
            apart.append(line)
            continue
        if before and abs(size - before) > _ANOTHER_SIZE * before:
            apart.append("")
        apart.append(line)
        before = size
    return apart


def _scale(matrix: _Matrix) -> float:
    return hypot(matrix[2], matrix[3])


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    inside = objects.get_object() if objects else {}
    # Not `page.images`: that decodes them, and needs a library for it.
    return any(one.get_object().get("/Subtype") == "/Image" for one in inside.values())


def _named(reader: PdfReader) -> str:
    """Return the title in the metadata, unless it is what a word processor calls a file."""
    title = str(reader.metadata.get("/Title") or "").strip() if reader.metadata else ""
    is_name = re.search(r"\.\w{2,5}\Z|\A(untitled|microsoft word|powerpoint)\b", title, re.I)
    return "" if is_name or len(title.split()) < 3 else title


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages without what stands at the top or foot of most of them."""
    edges = Counter(
        form for page in pages for form in {_form(line) for line in (*page[:2], *page[-2:])} if form
    )
    often = {form for form, times in edges.items() if times >= 3 and times * 2 > len(pages)}
    return [
        [
            line
            for at, line in enumerate(page)
            if 2 <= at < len(page) - 2 or (_form(line) not in often and not line.strip().isdigit())
        ]
        for page in pages
    ]


def _form(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Join the lines of a paragraph: a short line that ends a sentence ends it too.

    So does a line below half the usual width that nothing stands before: a headline, a date.
    """
    lines = [line for page in pages for line in (*page, None)]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    paragraph = ""
    is_alone = False
    for line in lines:
        words = " ".join((line or "").split())
        is_page_end = line is None
        if not words:
            if paragraph and not (
                is_page_end and not paragraph.endswith((".", "!", "?", '"', "”"))
            ):
                yield paragraph
                paragraph = ""
            continue
        if paragraph and is_alone and not words[0].islower():
            yield paragraph
            paragraph = ""
        is_alone = not paragraph and len(words) * 2 < usual and words[-1] not in ",-\u00ad"
        if _HYPHEN.search(paragraph) and words[0].islower():
            paragraph = paragraph[:-1] + words
        else:
            paragraph = f"{paragraph} {words}" if paragraph else words
        if len(words) < usual * 0.75 and words.endswith((".", "!", "?", '"', "”", ":")):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
