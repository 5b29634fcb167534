"""The briefing as a Word document: real headings, and notes that link there and back."""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from briefing.errors import ConfigError
from briefing.steps.render.page import Difference, Gap, Line, Note, Page, Source
from briefing.text.phrases import FIRST_STRONG_ISOLATE, POP_ISOLATE, is_rtl

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_T = TypeVar("_T")

_ISOLATED = re.compile(f"{FIRST_STRONG_ISOLATE}(.*?){POP_ISOLATE}")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, so that the same page gives the same bytes."""

_SIDE_MARGIN_CM, _SMALL_PT = 2.2, 9.0
_MOST_TITLE_CHARS = 255
"""Of a property of the file; the page has all of it."""


def to_docx(page: Page) -> bytes:
    """Return `page` as the bytes of a .docx file, the same for the same page.

    Raises:
        ConfigError: The package that writes it is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise ConfigError(
            "a Word file needs the package 'python-docx'. Run: pip install 'briefing[docx]'"
        ) from error
    document = docx.Document()
    _set_up(document, page)
    _Writer(document, page).write()
    written = BytesIO()
    document.save(written)
    return _timeless(written)


def _set_up(document: "Document", page: Page) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_SIDE_MARGIN_CM)
    facts = document.core_properties
    facts.title = _ISOLATED.sub(r"\1", page.title)[:_MOST_TITLE_CHARS]
    facts.language = page.phrases.code
    facts.author, facts.comments = "briefing", ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), page.phrases.code)
        language.set(qn("w:bidi"), page.phrases.code)


def _timeless(written: BytesIO) -> bytes:
    packed = BytesIO()
    with ZipFile(written) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()


class _Writer:
    """A document as it grows, with the bookmarks given so far."""

    def __init__(self, document: "Document", page: Page) -> None:
        self._document = document
        self._page = page
        self._say = page.phrases.say
        self._bookmarks = count(1)
        self._places: dict[int, list[str]] = {}

    def write(self) -> None:
        page, say = self._page, self._say
        self._text(self._paragraph("Title"), page.title)
        opening = self._paragraph()
        self._text(opening, say("mark.semicolon").join(page.opening), size=_SMALL_PT)
        if page.focus:
            self._text(self._paragraph(), say("opening.focus", focus=page.focus))
        self._part(say("heading.check_first"), page.warnings, self._difference)
        for block in page.blocks:
            self._part(block.title, block.lines, self._line)
        self._part(say("heading.not_in_sources"), page.gaps, self._gap)
        self._part(say("heading.resolved"), page.resolved, self._difference)
        self._part(say("heading.sources"), page.sources, self._source)
        self._part(say("heading.shared"), page.shared, self._plain)
        self._part(say("heading.left_out"), page.left_out, self._plain)
        self._part(say("heading.notes"), page.notes, self._note)

    def _part(self, title: str, entries: Iterable[_T], write: Callable[[_T], None]) -> None:
        entries = tuple(entries)
        if entries:
            self._text(self._paragraph("Heading 1"), title)
        for entry in entries:
            write(entry)

    def _plain(self, text: str) -> None:
        self._text(self._paragraph("List Bullet"), text)

    def _gap(self, gap: Gap) -> None:
        paragraph = self._paragraph("List Bullet")
        self._text(paragraph, gap.text)
        self._references(paragraph, gap.notes)

    def _line(self, line: Line) -> None:
        say = self._say
        paragraph = self._paragraph("List Bullet")
        if line.label:
            self._text(paragraph, line.label, bold=True)
            self._text(paragraph, self._say("mark.colon"))
        if line.caution or line.remark:
            self._text(paragraph, line.caution + line.remark, bold=True)
        self._text(paragraph, line.text, language=line.language)
        self._references(paragraph, line.notes)
        flags = [
            *([] if line.notes else [say("mark.no_source")]),
            *([say("mark.one_origin")] if line.one_origin else []),
        ]
        if flags:
            self._text(paragraph, f" [{say('mark.comma').join(flags)}]", size=_SMALL_PT)
        known = {one.label for one in (*self._page.warnings, *self._page.resolved)}
        for label, sign in (*((one, "⚠") for one in line.open), *((o, "") for o in line.resolved)):
            self._text(paragraph, " ")
            if label in known:
                self._link(paragraph, f"{sign}{label}", to=label)
            else:
                self._text(paragraph, f"{sign}{label}")

    def _difference(self, one: Difference) -> None:
        paragraph = self._paragraph("List Bullet")
        self._bookmark(paragraph, one.label)
        self._text(paragraph, one.label, bold=True)
        self._text(paragraph, f" {one.kind}{self._say('mark.colon')}{one.wording}")
        for side in one.sides:
            paragraph = self._paragraph("List Bullet 2")
            self._text(paragraph, side.label)
            self._references(paragraph, side.notes)

    def _source(self, source: Source) -> None:
        paragraph = self._paragraph("List Bullet")
        self._text(paragraph, source.label, bold=True)
        self._text(paragraph, f" {self._named(source)}")
        if source.title:
            self._text(paragraph, self._say("mark.colon"))
            self._text(paragraph, source.title, language=source.language)
        self._address(paragraph, source)
        if source.damage:
            damage = self._say("source.damage", damage=source.damage)
            self._text(paragraph, f"{self._say('mark.semicolon')}{damage}")

    def _note(self, note: Note) -> None:
        paragraph = self._paragraph()
        self._bookmark(paragraph, f"n{note.number}")
        self._text(paragraph, f"{note.number}  ", size=_SMALL_PT, bold=True)
        self._text(paragraph, note.quote, size=_SMALL_PT, language=note.source.language)
        named = self._say("mark.comma").join((note.source.label, self._named(note.source)))
        self._text(paragraph, f" {named}", size=_SMALL_PT)
        self._address(paragraph, note.source)
        for place in self._places.get(note.number, ()):
            self._text(paragraph, " ")
            self._link(paragraph, "↩", to=place)

    def _named(self, source: Source) -> str:
        return self._say("mark.comma").join((source.outlet, source.published))

    def _address(self, paragraph: "Paragraph", source: Source) -> None:
        where = source.link or source.url or source.path
        if not where:
            return
        self._text(paragraph, " ")
        if source.link:
            self._link(paragraph, where, web=source.link)
        else:
            self._text(paragraph, where, size=_SMALL_PT, is_outside=True)

    def _references(self, paragraph: "Paragraph", notes: Iterable[Note]) -> None:
        for note in notes:
            places = self._places.setdefault(note.number, [])
            places.append(f"r{note.number}_{len(places) + 1}")
            self._bookmark(paragraph, places[-1])
            self._link(paragraph, f"[{note.number}]", to=f"n{note.number}", is_raised=True)

    def _paragraph(self, style: str = "Normal") -> "Paragraph":
        from docx.oxml import OxmlElement

        paragraph = self._document.add_paragraph(style=style)
        if self._page.phrases.is_rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        return paragraph

    def _text(
        self,
        paragraph: "Paragraph",
        text: str,
        *,
        bold: bool = False,
        size: float | None = None,
        language: str = "",
        is_outside: bool = False,
    ) -> None:
        """Add `text`, each stretch of one direction as a run of its own."""
        from docx.shared import Pt

        for at, stretch in enumerate(_ISOLATED.split(text)):
            if not stretch:
                continue
            run = paragraph.add_run(stretch)
            run.bold = bold or None
            if size is not None:
                run.font.size = Pt(size)
            own = self._page.phrases.is_rtl and not (at % 2 or is_outside)
            if own or is_rtl(stretch):
                run.font.rtl = True
            if language:
                self._speak(run._r, language)

    def _speak(self, run: Any, language: str) -> None:  # noqa: ANN401 -- python-docx has no type for it
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), language)
        spoken.set(qn("w:bidi"), language)
        run.get_or_add_rPr().append(spoken)

    def _bookmark(self, paragraph: "Paragraph", name: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        number = str(next(self._bookmarks))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        paragraph._p.extend((start, end))

    def _link(
        self,
        paragraph: "Paragraph",
        text: str,
        *,
        to: str = "",
        web: str = "",
        is_raised: bool = False,
    ) -> None:
        """Add a link to a bookmark of the document, or to an address on the web."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        link = OxmlElement("w:hyperlink")
        if web:
            known = paragraph.part.relate_to(web, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), known)
        else:
            link.set(qn("w:anchor"), to)
        run = paragraph.add_run(text)
        run.font.color.rgb = RGBColor(0x0B, 0x53, 0x94)
        if is_raised:
            run.font.superscript = True
        else:
            run.font.size = Pt(_SMALL_PT)
        link.append(run._r)
        paragraph._p.append(link)
