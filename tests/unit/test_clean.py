from datetime import UTC, date, datetime

import pytest

from briefing.data.document import Document, Kind
from briefing.errors import SourceError
from briefing.steps.clean import clean
from tests import make
from tests.make_files import SENTENCES, TEXT

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


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
@pytest.mark.parametrize("after", ["\n", "\n\n"])
def test_takes_the_date_from_below_the_headline(between, after):
    article = cleaned(
        f"Lund opens talks in Port Salm{between}Date 2031-04-07{after}{BODY}\n\n{MORE}"
    )
    assert article.title == "Lund opens talks in Port Salm"
    assert article.published == date(2031, 4, 7)
    assert article.text == f"{BODY}\n\n{MORE}"


@pytest.mark.parametrize("below", ["date 2031-02-30", "date 2031-04-07 was the day of the vote."])
def test_what_only_looks_like_a_date_below_the_headline_is_text(below):
    article = cleaned(f"{BODY}\n{below}\n\n{MORE}")
    assert (article.published, article.text) == (None, f"{BODY}\n\n{below}\n\n{MORE}")


@pytest.mark.parametrize(
    "top",
    [
        "# Lund opens talks\n\n",
        "date 2031-04-07\n# Lund opens talks\n\n",
        "# Lund opens talks\ndate 2031-04-07\n\n",
        "date 2031-04-07\n\n## Lund opens talks\n",
    ],
)
def test_a_headline_in_markdown_is_read_without_its_mark(top):
    article = cleaned(f"{top}{BODY}\n\n### What is next\n\n{MORE}\n\n#gas #rail in the talks.")
    assert article.title == "Lund opens talks"
    assert article.text == f"{BODY}\n\nWhat is next\n\n{MORE}\n\n#gas #rail in the talks."


@pytest.mark.parametrize(
    "top",
    ["(He came on 7 April 2031): ", "(Inland News): ", "(7 April 2031 was a Monday) - "],
)
def test_a_remark_in_brackets_is_no_dateline(top):
    article = cleaned(f"{top}{BODY}")
    assert (article.text, article.outlet) == (f"{top}{BODY}", "unknown")


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
        ("(Inland News - 7th Apr, 2031): ", "Inland News", True),
        ("(Inland News, 7 April 2031) - ", "Inland News", True),
        ("(7 April 2031): ", "unknown", True),
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


@pytest.mark.parametrize(
    "top",
    [
        "Lund opens talks\n7 April 2031\n\n",
        "April 7, 2031\nLund opens talks\n",
        "Lund opens talks\nBy Ada Merrin\nSalm Courier, Monday, 7 April 2031\n\n",
    ],
)
def test_a_line_with_the_day_is_not_the_headline(top):
    article = cleaned(f"{top}{BODY}\n\n{MORE}")
    assert (article.title, article.published) == ("Lund opens talks", date(2031, 4, 7))
    assert article.text == f"{BODY}\n\n{MORE}"
    assert article.author == ("Ada Merrin" if "Ada" in top else "")


def test_what_is_headline_and_day_in_one_is_both():
    article = cleaned(f"Joint Statement, 7 April 2031\n\n{BODY}\n\n{MORE}")
    assert article.published == date(2031, 4, 7)
    assert article.title == "Joint Statement, 7 April 2031"


def test_the_wire_knows_its_day_better_than_a_line_above_it():
    article = cleaned(f"Lund opens talks\n9 April 2031\nPORT SALM (Salm Wire - 7 Apr 2031): {BODY}")
    assert article.published == date(2031, 4, 7)


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


@pytest.mark.parametrize("end", ["The port said that", "The port said..."])
def test_says_that_a_text_is_cut_off(end):
    assert cleaned(f"{BODY}\n\n{end}").damage == ("the text ends in the middle of a sentence",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \n\n\t ", "no text"),
        ("\u200b\ufeff", "no text"),
        ("12 34\n56", "no article text"),
        ("date 2031-04-07\n", "no article text"),
        ("Advertisement\n\nShare this article", "no article text"),
    ],
)
def test_refuses_what_is_no_article_and_says_what_it_is(text, says):
    assert says in refusal(text)


def test_refuses_a_text_over_the_limit_and_names_the_setting():
    message = refusal(MORE * 20, max_chars=1_000)
    assert "over the limit of 1,000" in message
    assert "`limits.article_chars`" in message


def test_the_same_bytes_give_the_same_article():
    assert cleaned(f"{BODY}\n\n{MORE}") == cleaned(f"{BODY}\n\n{MORE}")
    assert cleaned(BODY).id != cleaned(MORE).id


def article(text=TEXT, *, max_chars=10_000, **fields):
    return clean(Document(source="a.txt", text=text, **fields), max_chars=max_chars)


def removed(text):
    return {line.text: line.reason for line in article(text).removed}


def test_a_dateline_gives_outlet_and_the_day_described():
    found = article(f"PORT SALM, (Salm Wire / Basin News - 6th Apr, 2031 ) :{TEXT}")
    assert (found.outlet, found.described) == ("Salm Wire / Basin News", date(2031, 4, 6))
    assert found.published == found.day == date(2031, 4, 6)
    assert found.text == TEXT


def test_what_the_container_says_goes_first_and_the_described_day_stays_apart():
    at = datetime(2031, 4, 8, 1, tzinfo=UTC)
    found = article(
        f"PORT SALM, (Salm Wire - 6th Apr, 2031 ) :{TEXT}",
        title="Talks open",
        outlet="Courier",
        author="Ada\x1b Merrin",
        published=at,
    )
    assert (found.title, found.outlet, found.author) == ("Talks open", "Courier", "Ada Merrin")
    assert (found.published, found.published_at) == (date(2031, 4, 8), at)
    assert (found.described, found.day) == (date(2031, 4, 6), date(2031, 4, 6))


@pytest.mark.parametrize(
    ("given", "outlet", "title", "named"),
    [
        ("Talks open in Salm – Salm Courier", "", "Talks open in Salm", "Salm Courier"),
        ("Talks open in Salm | Courier", "Courier", "Talks open in Salm", "Courier"),
        ("Talks open in Salm - minister says", "", "Talks open in Salm - minister says", "unknown"),
        ("Talks open in Salm - Gas First", "Courier", "Talks open in Salm - Gas First", "Courier"),
    ],
)
def test_the_outlet_beside_a_given_headline_is_told_from_a_dash_in_it(given, outlet, title, named):
    found = article(f"Talks open in Salm\n{TEXT}", title=given, outlet=outlet, kind=Kind.HTML)
    assert (found.title, found.outlet) == (title, named)


def test_a_headline_that_the_text_repeats_stands_once():
    found = article(f"Talks open in Salm\n\nA subheading\n\n{TEXT}", title="Talks open in Salm")
    assert found.text == f"A subheading\n\n{TEXT}"


def test_lines_of_a_page_are_paragraphs_and_lines_wrapped_by_hand_are_not():
    text = "\n".join(
        (
            "The foreign minister of Maronde arrived in Port Salm on Monday",
            "for two days of talks on rail and gas with the prime minister,",
            "and was met at the airport by the mayor.",
        )
    )
    assert article(text).text == text.replace("\n", " ")
    assert article(text, kind=Kind.HTML, title="Talks").text == text.replace("\n", "\n\n")


def test_what_the_reader_saw_is_kept_with_the_article():
    found = article(damage=("a guess",), repaired=("one place",), language="en", url="https://a")
    assert (found.damage, found.repaired, found.url) == (("a guess",), ("one place",), "https://a")


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\x00", "Advertisement\n\n* * *"])
def test_what_holds_no_article_is_refused(text):
    with pytest.raises(SourceError, match="it holds no"):
        article(text)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Advertisement", "advertisement"),
        ("Share this article on Facebook", "share bar"),
        ("Please verify you are human before you go on", "captcha"),
        ("Our systems have detected unusual traffic from your network.", "captcha"),
        ("JavaScript is disabled in this browser.", "captcha"),
        ("Starting in 1999, Alexa Internet has been giving its crawl to the archive, and a crawl "
         "is added after a while. " * 4, "archive banner"),
        ("12 captures 3 Jan 2030 - 4 Apr 2031", "archive banner"),
        ("Tweet with a location", "note of a social network"),
        ("We use cookies to make this site better.", "cookie notice"),
        ("404 Page not found", "error page"),
        ("Subscribe now to continue reading", "subscription wall"),
    ],
)  # fmt: skip
def test_an_artefact_of_the_page_goes_and_is_told(line, reason):
    assert removed(f"{TEXT}\n\n{line}\n\n{SENTENCES[0]} More.") == {line.strip(): reason}
    with pytest.raises(SourceError, match=f"no article text, only {reason}"):
        article(line)


@pytest.mark.parametrize(
    "line",
    [
        '"Please verify that you are human," the sign at the gate said.',
        "The report says that the ad agency edited its campaign twice.",
        "The Internet Archive has been sued by four publishers over its lending of books.",
        "404 people crossed the border on Monday, the agency said.",
    ],
)
def test_a_sentence_about_such_things_stays(line):
    assert removed(f"{TEXT}\n\n{line}") == {}


@pytest.mark.parametrize(
    ("end", "damage"),
    [
        ("The two sides are to sign an agreement on rail freight, and to speak about", "middle"),
        ("The two sides are to sign…", "middle of a sentence"),
        ("The two sides are to sign an agree [+1234 chars]", "middle of a sentence"),
        ("Subscribe to continue reading", "only part of it"),
        ("He sa\ufffdd so.", "1 characters were lost"),
        ("He said it?s done, they?re there, and she?s gone.", "in 3 words a question mark"),
    ],
)
def test_damage_is_said_in_words(end, damage):
    (said,) = article(f"{TEXT}\n\n{end}").damage
    assert damage in said


def test_a_name_under_the_text_is_no_damage():
    assert article(f"{TEXT}\n\nAda Merrin in Port Salm").damage == ()
