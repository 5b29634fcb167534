import pytest
from rich.cells import cell_len

from briefing.data.briefing import Verdict
from briefing.steps.render import Form, render
from tests import make


def text(document, **options):
    return render(document, form=Form.TEXT, **options)


def test_a_sentence_carries_its_footnotes_and_flags():
    document = make.briefing(
        make.checked("Forty came.", discrepancies=("d",)), discrepancies=(make.discrepancy("d"),)
    )
    assert "\n- Forty came. [1] (one origin, D1)\n" in text(document)


def test_a_footnote_gives_the_quotation_and_where_it_stands():
    assert text(make.briefing(make.checked())).endswith(
        "\nNotes\n-----\n"
        '[1] "The talks began on Monday."\n'
        "    S1, Salm Courier, 6 April 2031\n"
        "    articles/courier.txt\n"
    )


def test_an_address_is_never_broken():
    url = "https://courier.example/" + "long/" * 30
    document = make.briefing(make.checked(), articles=(make.article_entry(url=url),))
    assert f"    {url}\n" in text(document)


def test_plain_ascii_sources_give_plain_ascii_text():
    document = make.briefing(
        make.checked("They came.", discrepancies=("d",)),
        discrepancies=(make.discrepancy("d", sides=[("40", [make.citation()])]),),
        gaps=("Who?",),
        dropped=(make.dropped(),),
    )
    assert text(document).isascii()


@pytest.mark.parametrize("width", [0, 40, 80])
def test_wide_characters_and_long_words_stay_within_the_width(width):
    long, wide = "x" * 300, "漁業協定" * 40
    document = make.briefing(make.checked(long), make.checked(wide), title=wide, gaps=(long,))
    assert max(map(cell_len, text(document, width=width).splitlines())) <= max(width, 40)


def test_an_unsupported_sentence_is_marked():
    document = make.briefing(make.checked("It rained.", verdict=Verdict.UNSUPPORTED))
    assert "\n- NOT SUPPORTED: It rained. [1]" in text(document)


def test_a_resolved_difference_is_no_warning():
    document = make.briefing(
        discrepancies=(
            make.discrepancy(status="resolved", wording="Two spellings.", reason="one town"),
        )
    )
    printed = text(document)
    assert (
        "Differences resolved\n--------------------\nD1  number (medium): Two spellings. (one town)"
        in printed
    )
    assert "0 warnings" in printed
    assert "Check before" not in printed
