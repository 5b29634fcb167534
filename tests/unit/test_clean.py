from datetime import UTC, date, datetime

import pytest

from briefing.data.document import Document, Kind
from briefing.errors import SourceError
from briefing.steps.clean import clean
from tests.make_files import SENTENCES, TEXT


def article(text=TEXT, *, max_chars=10_000, **fields):
    return clean(Document(source="a.txt", text=text, **fields), max_chars=max_chars)


def removed(text):
    return {line.text: line.reason for line in article(text).removed}


def test_a_date_header_is_the_day_of_publication():
    found = article(f" date 2031-04-06 {TEXT}")
    assert (found.published, found.described, found.text) == (date(2031, 4, 6), None, TEXT)


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


def test_a_text_over_the_limit_is_refused():
    with pytest.raises(SourceError, match=r"over the limit of 100\. Split it, or raise"):
        article(SENTENCES[0] * 2, max_chars=100)


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
