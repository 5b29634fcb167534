"""A report on sentences as Markdown and HTML, in which words from outside stay words."""

import re
from html.parser import HTMLParser

import pytest

from briefing.checking import verify_claims
from briefing.data.verification import Claim
from briefing.steps.report import ReportForm, report
from tests import make

LINE = "The new rail line cost 3.2 million crowns, the harbour office reported."
EVIL = "The <script>alert(1)</script> line & [click](javascript:alert(1)) cost 3.2 million crowns."


class Page(HTMLParser):
    """Collects the tags and links of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "action")]


def printed(form, *claims, text=LINE, **fields):
    articles = [make.article(text, **fields)]
    rows = [Claim(id=str(at), text=claim) for at, claim in enumerate(claims, start=1)]
    return report(verify_claims(rows, articles), articles, form=form)


@pytest.mark.parametrize("form", [ReportForm.MD, ReportForm.HTML])
def test_a_report_gives_counts_reasons_and_evidence(form):
    text = printed(form, "The rail line cost 32 million crowns.", LINE)
    assert "1 of 2 sentences supported, 1 contradicted, 0 unsupported" in text
    assert "number-differs" in text
    assert "articles/courier.txt" in text


def test_the_offending_words_are_marked():
    claim = "The rail line cost 32 million crowns."
    assert "<mark>32 million crowns</mark>" in printed(ReportForm.HTML, claim)
    assert "**32 million crowns**" in printed(ReportForm.MD, claim)


def test_what_is_not_supported_comes_first_in_markdown():
    text = printed(ReportForm.MD, LINE, "The rail line cost 32 million crowns.")
    assert text.index("## Not supported") < text.index("## Supported")


@pytest.mark.parametrize("where", ["claim", "article"])
def test_words_from_outside_are_never_markup(where):
    page = Page(printed(ReportForm.HTML, EVIL if where == "claim" else LINE, text=EVIL, title=EVIL))
    assert "script" not in page.tags
    assert page.links == []
    text = printed(ReportForm.MD, EVIL if where == "claim" else LINE, text=EVIL)
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(", text)


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://news.example/1", ["https://news.example/1"]),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        (None, []),
    ],
)
def test_only_web_addresses_of_sources_are_links(url, links):
    assert Page(printed(ReportForm.HTML, LINE, url=url)).links == links


def test_a_page_fetches_nothing_and_runs_nothing():
    text = printed(ReportForm.HTML, LINE)
    assert "default-src 'none'" in text
    assert {"script", "img", "link", "iframe"}.isdisjoint(Page(text).tags)


def test_the_json_form_is_the_result_itself():
    articles = [make.article(LINE)]
    result = verify_claims([Claim(id="1", text=LINE)], articles)
    assert report(result, articles, form=ReportForm.JSON) == result.model_dump_json(indent=2) + "\n"
