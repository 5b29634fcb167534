"""Every attack string that lies beside the project, through every printed form.

A string stands wherever something from outside can, in the address of a source too: the only one
that may become a link.
"""

import json
import re

import pytest
from lxml import html

from briefing.steps.render import Form, render
from tests.unit.test_render_html import ATTRIBUTES, TAGS
from tests.unit.test_render_injection import infested, parsed

ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def attacks(shared):
    path = shared / "data/injections/injections.jsonl"
    if not path.is_file():
        pytest.skip(f"There is no {path}.")
    return [json.loads(line)["text"] for line in path.read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize("form", [Form.TERM, Form.TEXT, Form.MD, Form.HTML, Form.JSON])
def test_no_form_prints_a_control_character(attacks, form):
    for words in attacks:
        printed = render(infested(words), form=form)
        # Ours set words apart that run from right to left; theirs have been taken out.
        assert printed.count("\u2068") == printed.count("\u2069"), words[:80]
        assert all(c in "\n\u2068\u2069" or c.isprintable() for c in printed), words[:80]


def test_markdown_makes_no_link_image_or_html_of_them(attacks):
    for words in attacks:
        printed = render(infested(words), form=Form.MD)
        tokens = [token for outer in parsed(printed) for token in (outer, *(outer.children or ()))]
        kinds = {token.type for token in tokens}
        assert not kinds & {"image", "html_inline", "html_block"}, words[:80]
        assert "link_open" not in kinds or ADDRESS.fullmatch(words), words[:80]
        texts = " ".join(token.content for token in tokens if token.type == "text")
        assert not re.search(r"//|@|\bwww\.", texts) or ADDRESS.fullmatch(words), words[:80]


def test_html_makes_no_element_attribute_or_address_of_them(attacks):
    for words in attacks:
        for element in html.document_fromstring(render(infested(words), form=Form.HTML)).iter():
            assert element.tag in TAGS, words[:80]
            assert {name.lower() for name in element.attrib} <= ATTRIBUTES, words[:80]
            href = element.get("href")
            own = href is None or href.startswith("#")
            assert own or (href.startswith(words) and ADDRESS.fullmatch(words)), words[:80]
