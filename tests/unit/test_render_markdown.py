import pytest

from briefing.data.briefing import Verdict
from briefing.steps.render import Form, render
from briefing.text.markdown import escaped
from tests import make


def markdown(document):
    return render(document, form=Form.MD)


def test_a_sentence_carries_its_footnote_and_signs():
    document = make.briefing(
        make.checked("Forty came.", discrepancies=("a", "b")),
        discrepancies=(make.discrepancy("a", status="resolved"), make.discrepancy("b")),
    )
    assert "\n- Forty came.[^1] ‡ ⚠D2 D1\n" in markdown(document)


def test_signs_are_explained_only_where_they_are_used():
    assert "\n‡ one origin only\n" in markdown(make.briefing(make.checked()))
    cites = [make.citation(), make.citation(article="wire")]
    assert "‡" not in markdown(make.briefing(make.checked(cites=cites)))


def test_a_footnote_gives_quotation_outlet_date_and_link():
    url = "https://courier.example/a_b?c=d*e"
    document = make.briefing(make.checked(), articles=(make.article_entry(url=url),))
    assert markdown(document).endswith(
        f'\n[^1]: "The talks began on Monday." S1, Salm Courier, 6 April 2031 <{url}>\n'
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://courier.example/a",
        "file:///etc/hosts",
        "https://courier.example/> <b>",
        "https://courier.example/a b",
        "//courier.example",
    ],
)
def test_only_a_web_address_becomes_a_link(url):
    document = make.briefing(make.checked(), articles=(make.article_entry(url=url),))
    assert f"2031 `{url}`\n" in markdown(document)
    assert f"<{url}>" not in markdown(document)


def test_a_path_is_shown_as_code():
    assert "2031 `articles/courier.txt`\n" in markdown(make.briefing(make.checked()))


def test_the_warning_block_is_a_quotation_block_on_top():
    document = make.briefing(
        make.checked(), discrepancies=(make.discrepancy(sides=[("40", [make.citation()])]),)
    )
    printed = markdown(document)
    assert (
        "\n> **Check before you use this**\n>\n> - **⚠D1** number (medium): The sources" in printed
    )
    assert "\n>   - 40[^1]\n" in printed
    assert printed.index("Check before") < printed.index("## Bottom line")


def test_an_unsupported_sentence_is_marked():
    document = make.briefing(make.checked("It rained.", verdict=Verdict.UNSUPPORTED))
    assert "\n- NOT SUPPORTED: It rained.[^1]" in markdown(document)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Talks cost 3.2 million, he said.", "Talks cost 3.2 million, he said."),
        ("the U.S.-led group, at 6 p.m.", "the U.S.-led group, at 6 p.m."),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("`a` *b* _c_ # | ~ [^1]", r"\`a\` \*b\* \_c\_ \# \| \~ \[\^1\]"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("at https://evil.example/a_b.", "at `https://evil.example/a_b`."),
        ("(www.evil.example)", "(`www.evil.example`)"),
        ("press@evil.example, @evil", "`press@evil.example`, `@evil`"),
        ("see evil.example!", "see `evil.example`" + r"\!"),
        ("x`://``y", "``` x`://``y ```"),
    ],
)
def test_words_from_outside_stay_words(text, shown):
    assert escaped(text) == shown
