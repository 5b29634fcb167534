import re

import pytest
from rich.cells import cell_len

from briefing.data.briefing import Verdict
from briefing.steps.render import Form, render
from tests import make

FORTY = make.citation("A delegation of 40 came.", "courier")
FIFTY = make.citation("The 52 delegates came.", "wire")


def term(document, **options):
    return render(document, form=Form.TERM, **options)


def disputed():
    return make.briefing(
        make.checked("Forty delegates came.", cites=[FORTY], discrepancies=("delegates",)),
        articles=(make.article_entry("courier"), make.article_entry("wire")),
        discrepancies=(make.discrepancy("delegates", sides=[("40", [FORTY]), ("52", [FIFTY])]),),
    )


def test_marks_stand_at_the_right_edge():
    (line,) = [line for line in term(disputed()).splitlines() if "Forty" in line]
    assert line == "  - Forty delegates came." + "[S1] one origin D1".rjust(80 - 25)


def test_marks_of_several_sources_need_no_flag():
    document = make.briefing(
        make.checked("They came.", cites=[FIFTY, FORTY]),
        articles=(make.article_entry("courier"), make.article_entry("wire")),
    )
    assert "  - They came." + "[S1 S2]".rjust(80 - 14) in term(document).splitlines()


def test_marks_that_need_more_lines_than_the_sentence_get_them():
    articles = [make.article_entry(f"n{number}") for number in range(12)]
    cites = [make.citation("They came.", f"n{number}") for number in range(12)]
    lines = term(make.briefing(make.checked("Yes.", cites=cites), articles=articles)).splitlines()
    at = lines.index("  - Yes." + "[S1 S2 S3 S4 S5 S6".rjust(80 - 8))
    assert lines[at + 1 : at + 3] == ["S7 S8 S9 S10 S11".rjust(80), "S12]".rjust(80)]


def test_the_warning_block_comes_first_and_quotes_both_sides():
    printed = term(disputed())
    assert printed.index("Check before you use this") < printed.index("Bottom line")
    assert '│     40: "A delegation of 40 came."' in printed
    assert '│     52: "The 52 delegates came."' in printed


def test_without_a_discrepancy_there_is_no_warning_block():
    assert "Check before" not in term(make.briefing(make.checked()))


@pytest.mark.parametrize("width", [0, 40, 59, 60, 80, 132])
def test_no_line_is_wider_than_asked(width):
    long = "Donaudampfschifffahrtsgesellschaft" * 5
    wide = "漁業協定の署名式" * 20
    document = make.briefing(
        *(make.checked(text, discrepancies=("d",)) for text in (long, wide, f"A {long} b {wide}")),
        title=wide,
        articles=(make.article_entry(outlet=long, title=wide),),
        discrepancies=(make.discrepancy("d", wording=wide, sides=[(long, [FORTY])]),),
        gaps=(long, wide),
    )
    assert max(map(cell_len, term(document, width=width).splitlines())) <= max(width, 40)


def test_a_word_longer_than_the_line_is_printed_whole():
    long = "abcdefghij" * 30
    printed = term(make.briefing(gaps=(long,)))
    assert long in re.sub(r"\s", "", printed)


def test_no_line_ends_in_blanks():
    assert not re.search(r" +$", term(disputed()), re.MULTILINE)


def test_colour_only_adds():
    document = make.briefing(
        make.checked("No.", verdict=Verdict.UNSUPPORTED),
        make.checked("Forty came.", cites=[FORTY], discrepancies=("d",)),
        discrepancies=(make.discrepancy("d", sides=[("40", [FORTY])]),),
    )
    coloured = term(document, colour=True)
    assert "\x1b[1;31mNOT SUPPORTED: " in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == term(document)


def test_without_colour_there_is_no_escape_sequence():
    assert "\x1b" not in term(disputed())


@pytest.mark.parametrize("colour", [True, False])
def test_the_environment_changes_nothing(monkeypatch, colour):
    expected = term(disputed(), colour=colour)
    for name, value in {
        "TERM": "dumb",
        "COLUMNS": "20",
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "TTY_COMPATIBLE": "1",
    }.items():
        monkeypatch.setenv(name, value)
    assert term(disputed(), colour=colour) == expected


def test_an_unsupported_sentence_is_marked():
    document = make.briefing(make.checked("It rained.", verdict=Verdict.CONTRADICTED))
    assert "  - NOT SUPPORTED: It rained." in term(document)


def test_a_sentence_without_citations_says_so():
    assert "[no source]" in term(make.briefing(make.checked(cites=[], origins=())))


def test_a_source_without_a_headline_is_shown_by_its_path():
    document = make.briefing(articles=(make.article_entry("courier", title="", published=None),))
    assert "  S1  Salm Courier, no date: articles/courier.txt\n" in term(document)


def test_what_was_left_out_is_counted_but_not_quoted():
    printed = term(make.briefing(dropped=(make.dropped("no such number", "Ninety ships sailed."),)))
    assert "Left out\n  - 1 drafted sentence: no such number\n" in printed
    assert "Ninety" not in printed


def test_the_opening_line_breaks_between_its_parts():
    lines = term(make.briefing(make.checked()), width=60).splitlines()
    assert lines[1:4] == [
        "1 article, 1 origin, as of 6 April 2031;",
        "1 of 1 sentences supported, 0 gaps, 0 warnings;",
        "extractive: no model",
    ]
