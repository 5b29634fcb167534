import json
import re

import pytest
from markdown_it import MarkdownIt

from briefing.data.briefing import DrafterEntry, Verdict
from briefing.steps.render import Form, render
from briefing.steps.render.page import printable
from tests import make

HOSTILE = [
    "[link=https://evil.example]click[/link]",
    "[/b] closes what nothing opened",
    "[bold red]loud[/] [@click=app.quit]x[/] :warning:",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m \x90q\x9c \x7f\x08\x08 \x00 bell\x07",
    "\x1b]0;title\x07 \x1b[2J\x1b[1;1H",
    "right \u202eto\u2066 left\u200b\u200e \ufeff",
    "line\r\nbreak\u2028and\u2029more\x85\x0b\x0c",
    "[x](javascript:alert(1)) ![](https://evil.example/pixel.png)",
    "[x]: https://evil.example 'reference'",
    "[^1]: a footnote of mine [^1]",
    "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- -->",
    "<https://evil.example> https://evil.example/?a=b&c=d www.evil.example evil.com",
    "press@evil.example mailto:press@evil.example @everyone xmpp:a@evil.example",
    "&lt;script&gt; &#60;b&#62; &amp;copy;",
    "`code` ``` fence ~~~ ~~gone~~ **bold** _it_ $x$ ==m== ^s^",
    "# heading #",
    "- item",
    "+ item",
    "* item",
    "- [ ] task",
    "1. first",
    "1986. A good year",
    "> quoted",
    "> [!WARNING]",
    "---",
    "===",
    "| a | b |",
    "a\n| - | - |\n| c | d |",
    "    indented code",
    "ends in a backslash \\",
    "ends in a bang!",
    "{{ 7 * 7 }} {% x %} {: onclick=alert(1) }",
    "\ufffd emoji \U0001f468\u200d\U0001f469 e" + "\u0301" * 99,
    "漢字" * 60 + "x" * 200,
    "",
    " ",
]


def infested(words):
    """A briefing that says `words` wherever something from outside can stand."""
    cite = make.citation(words or "-")
    cites = [cite, make.citation(words or "-", article="ghost")]
    return make.briefing(
        title=words,
        focus=words,
        drafter=DrafterEntry(kind="model", name=words),
        articles=(
            make.article_entry(outlet=words, title=words, path=words, url=words),
            make.article_entry("wire", outlet=words, title="", path=None, url=None),
            make.article_entry("post", outlet="", title="", path=words, url=None),
        ),
        sections=(
            make.section(
                make.checked(words, cites=cites, reason=words, discrepancies=("open", words)),
                make.checked(words, cites=cites, verdict=Verdict.UNSUPPORTED),
                title=words,
            ),
        ),
        discrepancies=(
            make.discrepancy("open", wording=words, reason=words, sides=[(words, cites)]),
            make.discrepancy("shut", status="resolved", wording=words, reason=words),
        ),
        gaps=(words,),
        unreported=(make.citation(words or "-", start=90),),
        dropped=(make.dropped(words, words),),
    )


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.DOCX])
@pytest.mark.parametrize("words", HOSTILE)
def test_every_form_of_text_prints_it_with_one_line_break_at_the_end(words, form):
    printed = render(infested(words), form=form)
    assert printed.endswith("\n")
    assert not printed.endswith("\n\n")
    assert all(char == "\n" or char.isprintable() for char in printed)


@pytest.mark.parametrize("words", HOSTILE)
def test_in_colour_there_are_only_colours(words):
    printed = render(infested(words), form=Form.TERM, colour=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", printed)
    assert plain == render(infested(words), form=Form.TERM)


@pytest.mark.parametrize("form", [Form.TERM, Form.TEXT])
@pytest.mark.parametrize("words", HOSTILE)
def test_markup_is_printed_as_it_stands(words, form):
    printed = render(make.briefing(gaps=(words,)), form=form)
    _, _, gap = printed.partition("Not in the sources")
    assert squeezed(printable(words)) in squeezed(gap)


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_shows_the_words_and_nothing_else(words):
    printed = render(make.briefing(gaps=(words,)), form=Form.MD)
    assert printable(words) in shown_paragraphs(printed) or not words.strip()


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_from_outside_makes_no_link_image_or_html(words):
    printed = render(infested(words), form=Form.MD)
    tokens = [token for outer in parsed(printed) for token in (outer, *(outer.children or ()))]
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "fence", "code_block"}
    assert not kinds & {"table_open", "ordered_list_open", "hr", "em_open", "s_open"}
    # Nor may a program find anything to make a link of in what is left as text.
    texts = " ".join(token.content for token in tokens if token.type == "text")
    assert not re.search(r"//|@|\bwww\.|\bevil\.", texts)


@pytest.mark.parametrize("words", HOSTILE)
def test_json_keeps_the_words(words):
    assert json.loads(render(infested(words), form=Form.JSON))["gaps"] == [words]


def parsed(printed):
    # Footnotes are not CommonMark: their labels read as text here, which is what they should be.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(printed)


def shown_paragraphs(printed):
    return [
        "".join(child.content for child in token.children)
        for token in parsed(printed)
        if token.type == "inline"
    ]


def squeezed(text):
    return re.sub(r"\s", "", text)
