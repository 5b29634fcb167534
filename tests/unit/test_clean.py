from datetime import date

import pytest

from briefing.errors import SourceError
from briefing.steps.clean import clean
from tests import make

BODY = "Ada Lund arrived in Port Salm on Monday for two days of talks on fish and rail."
MORE = "The two sides are to meet again in June, said a spokesman for the port, Bo Hall."


def cleaned(text, **options):
    return clean(make.document(text), **({"max_chars": 10_000} | options))


def refusal(content, **options):
    with pytest.raises(SourceError) as caught:
        cleaned(content, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_plain_text_stays_as_it_is():
    article = cleaned(f"{BODY}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{MORE}"
    assert (article.title, article.outlet, article.published) == ("", "unknown", None)
    assert (article.damage, article.removed) == ((), ())


def test_keeps_the_source_as_the_user_named_it():
    assert clean(make.document(BODY, source="a/b.txt"), max_chars=1_000).source == "a/b.txt"


@pytest.mark.parametrize(
    "text",
    [f"date 2031-04-07\n\n{BODY}", f" date 2031-04-07 {BODY}", f"\n\nDATE 2031-04-07\n{BODY}"],
)
def test_takes_the_date_from_the_first_line(text):
    assert (cleaned(text).published, cleaned(text).text) == (date(2031, 4, 7), BODY)


@pytest.mark.parametrize("first", ["date 2031-02-30", "date 7 April", "dated 2031-04-07"])
def test_what_only_looks_like_a_date_line_is_text(first):
    article = cleaned(f"{first} {BODY}")
    assert article.published is None
    assert article.text.startswith(first)


@pytest.mark.parametrize(
    ("top", "outlet", "published"),
    [
        ("PORT SALM, (Salm Wire / Newsline - 7th Apr, 2031 ) :", "Salm Wire / Newsline", True),
        ("PORT SALM (Salm Wire) - ", "Salm Wire", False),
        ("PORT SALM: ", "unknown", False),
        ("Port Salm, 7 April 2031: ", "unknown", True),
    ],
)
def test_a_dateline_gives_outlet_and_date_and_is_no_text(top, outlet, published):
    article = cleaned(f"{top}{BODY}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{MORE}"
    assert article.outlet == outlet
    assert article.published == (date(2031, 4, 7) if published else None)


def test_the_date_line_goes_before_the_dateline():
    article = cleaned(f"date 2031-04-08\nPORT SALM (Salm Wire - 7 Apr 2031): {BODY}")
    assert (article.published, article.outlet) == (date(2031, 4, 8), "Salm Wire")


def test_a_short_line_without_a_stop_above_the_text_is_the_headline():
    article = cleaned(f"Lund opens talks in Port Salm\n\n{BODY}")
    assert (article.title, article.text) == ("Lund opens talks in Port Salm", BODY)


def test_the_headline_may_name_the_outlet_and_stand_under_a_label():
    article = cleaned(f"World\nLund opens talks in Port Salm – Salm Mirror\n{BODY}\n{MORE}")
    assert (article.title, article.outlet) == ("Lund opens talks in Port Salm", "Salm Mirror")
    assert article.text == f"{BODY}\n\n{MORE}"


def test_of_a_letterhead_the_last_line_is_the_headline_and_the_first_the_outlet():
    article = cleaned(f"Ministry of Ports of Maronde\nPress Release No. 5\nVisit of Lund\n\n{BODY}")
    assert (article.title, article.outlet) == ("Visit of Lund", "Ministry of Ports of Maronde")


def test_a_lone_line_is_text_and_no_headline():
    assert cleaned("Lund opens talks in Port Salm").text == "Lund opens talks in Port Salm"


def test_lines_wrapped_by_hand_are_one_paragraph():
    wrapped = (
        "Ada Lund arrived in Port Salm on Monday for two\n"
        "days of talks on fish and rail, which the port and\n"
        "the ministry had prepared for more than a year."
    )
    assert cleaned(wrapped).text == wrapped.replace("\n", " ")


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Share this article",
        "Facebook | Twitter | WhatsApp",
        "Read more: Fish prices ease in Port Salm",
        "RELATED STORIES",
        "Subscribe to our newsletter",
        "(This story has not been edited by Lanternfeed staff.)",
        "© 2031 Salm Courier. All rights reserved.",
        "Photo: Salm Courier",
        "Please verify you are not a robot",
        "12 comments",
    ],
)
def test_a_line_that_belongs_to_the_page_is_taken_out_and_listed(line):
    article = cleaned(f"{BODY}\n\n{line}\n\n{MORE}")
    assert article.text == f"{BODY}\n\n{MORE}"
    ((removed, reason),) = [(one.text, one.reason) for one in article.removed]
    assert (removed, bool(reason)) == (line, True)


@pytest.mark.parametrize(
    "line",
    [
        "The advertisement for the port cost 3,000 crowns.",
        "Share prices fell on Monday, traders in Port Salm said.",
        '"Read more books," Lund told the children.',
        "The copyright law was changed in 2030.",
    ],
)
def test_a_sentence_that_only_sounds_like_the_page_stays(line):
    article = cleaned(f"{BODY}\n\n{line}\n\n{MORE}")
    assert line in article.text
    assert article.removed == ()


def test_a_note_about_the_editing_names_the_outlet():
    note = "(This story has not been edited by Lanternfeed staff.)"
    assert cleaned(f"{BODY}\n\n{note}").outlet == "Lanternfeed"


def test_a_paragraph_that_stands_twice_is_kept_once():
    article = cleaned(f"{BODY}\n\n{MORE}\n\n{BODY.replace(' ', chr(160))}")
    assert article.text == f"{BODY}\n\n{MORE}"
    assert [one.reason for one in article.removed] == ["paragraph repeated"]


def test_a_short_line_may_stand_twice():
    text = f"He did not answer.\n\n{BODY}\n\nHe did not answer."
    assert cleaned(text).text == text


def test_the_text_is_harmless():
    article = cleaned(f"\x1b\u202e{BODY}\u200b\u2028\x07{MORE}")
    assert article.text == f"{BODY}\n\n{MORE}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_unicode_with_or_without_a_mark(encoding):
    article = cleaned(f"{BODY} Élise said: “Très bien.”".encode(encoding))
    assert article.text.endswith("Élise said: “Très bien.”")
    assert article.damage == ()


def test_reads_mixed_encodings_line_by_line_and_says_so():
    content = f"{BODY} “Très bien.”\n\n".encode() + f"{MORE} “Sí.”".encode("cp1252")
    article = cleaned(content)
    assert article.text == f"{BODY} “Très bien.”\n\n{MORE} “Sí.”"
    assert article.damage == ("1 of 3 lines are not UTF-8 and were read as windows-1252",)


@pytest.mark.parametrize("end", ["The port said that", "The port said..."])
def test_says_that_a_text_is_cut_off(end):
    assert cleaned(f"{BODY}\n\n{end}").damage == ("the text ends in the middle of a sentence",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04...", "a ZIP archive or office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\x7fELF", "a program"),
        (b"text with a \x00 in it", "a binary file"),
        (b" \n\n\t ", "no text"),
        ("\u200b\ufeff".encode(), "no text"),
        (b"12 34\n56", "no article text"),
        (b"date 2031-04-07\n", "no article text"),
        (b"Advertisement\n\nShare this article", "no article text"),
    ],
)
def test_refuses_what_is_no_article_and_says_what_it_is(content, says):
    assert says in refusal(content)


def test_refuses_a_text_over_the_limit_and_names_the_setting():
    message = refusal(MORE * 20, max_chars=1_000)
    assert "over the limit of 1,000" in message
    assert "`limits.article_chars`" in message


def test_the_same_bytes_give_the_same_article():
    assert cleaned(f"{BODY}\n\n{MORE}") == cleaned(f"{BODY}\n\n{MORE}")
    assert cleaned(BODY).id != cleaned(MORE).id
