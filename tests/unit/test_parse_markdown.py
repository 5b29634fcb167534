"""Markdown articles: their words without the marks, and what their front matter says."""

from datetime import UTC, date, datetime

import pytest

from briefing.data.document import Kind, RawDocument
from briefing.edges.parse.kinds import kind_of
from briefing.edges.parse.readers import reader_of
from briefing.settings import LimitSettings
from briefing.steps.clean import clean

BODY = "The dockers of Velmar went back to work on Tuesday."


def one(text, source="a.md"):
    raw = RawDocument(source=source, content=text.encode())
    (found,) = reader_of(kind_of(raw))(raw, LimitSettings())
    return found


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("- Work **resumes** at _six_.", "Work resumes at six."),
        ("* One\n* Two", "One\n\nTwo"),
        ("1. First.\n2. Second.", "First.\n\nSecond."),
        ("2031. It was a good year.", "2031. It was a good year."),
        ("> He said [no](https://a.example \"t\").", "He said no."),
        ("It cost 18 million.[^1]\n\n[^1]: *A note.*", "It cost 18 million.\n\n A note."),
        ("See [[Harbour|the port]] and [[Aldo Vince]].", "See the port and Aldo Vince."),
        ("![a crane](crane.jpg) The port `is` open.", " The port is open."),
        ("# Head #\n\nOne\ntwo.", "Head\n\nOne\ntwo."),
        ("| Ship | Day |\n|---|---|\n| Ada | May 4 |", "Ship\n\nDay\n\nAda\n\nMay 4"),
        ("    set in, as some do", "set in, as some do\n"),
        ("5 * 3 * 2 and snake_case_name \\*", "5 * 3 * 2 and snake_case_name *"),
        ("AT&amp;T <b>paid</b> &lt;5", "AT&T paid <5"),
    ],
)  # fmt: skip
def test_the_marks_are_taken_for_what_they_mean(marked, words):
    found = one(marked)
    assert (found.text.rstrip(), found.kind) == (words.rstrip(), Kind.MARKDOWN)


def test_front_matter_gives_title_outlet_day_author_and_address():
    found = one(
        "---\ntitle: 'Dockers: the deal'\ndate: 2031-05-12\nsource: Velmar Courier\n"
        "author: Ada Merrin\nlink: https://courier.example/1\nlang: en\ntags: [a, b]\n---\n\n"
        f"# Dockers: the deal\n\n{BODY}\n"
    )
    assert (found.title, found.outlet, found.author) == (
        "Dockers: the deal",
        "Velmar Courier",
        "Ada Merrin",
    )
    assert (found.published, found.language) == (date(2031, 5, 12), "en")
    assert found.url == "https://courier.example/1"
    article = clean(found, max_chars=10_000)
    assert (article.title, article.text) == ("Dockers: the deal", BODY)


def test_front_matter_may_be_toml_and_is_known_without_the_name():
    found = one(f'+++\ntitle = "A deal"\ndate = 2031-05-12T09:30:00Z\n+++\n{BODY}', source="a.txt")
    assert (found.title, found.published) == ("A deal", datetime(2031, 5, 12, 9, 30, tzinfo=UTC))
    assert found.text == BODY
    assert one(f"---\r\ntitle: A deal\r\n---\r\n{BODY}", source="-").title == "A deal"


def test_what_a_clipper_calls_the_source_is_an_address():
    found = one(f'---\nsource: "https://a.example/x"\nauthor:\n  - "[[Ada Merrin]]"\n---\n{BODY}')
    assert (found.outlet, found.url, found.author) == ("", "https://a.example/x", "Ada Merrin")


@pytest.mark.parametrize(
    "top",
    [
        "---\ntitle: [broken\n---\n",
        "---\n- a list\n---\n",
        "---\ntitle: never closed\n\n",
        "+++\ntitle = \n+++\n",
        "---\n---\n",
        f"---\na: {'[' * 9000}\n---\n",
    ],
)
def test_front_matter_that_is_none_costs_no_article(top):
    assert one(top + BODY).text.endswith(BODY)


def test_a_rule_between_paragraphs_is_no_front_matter():
    found = one(f"{BODY}\n\n---\n\ntitle: x\n\n---\n\nMore.")
    assert (found.title, found.text) == ("", f"{BODY}\n\ntitle: x\n\nMore.")


def test_only_a_summary_is_said_to_be_one():
    found = one(f"---\ntitle: A deal\ndescription: {BODY}\n---\n")
    assert found.text == BODY
    assert found.damage == ("it is a summary, not the whole article",)


@pytest.mark.parametrize(
    "top", ["KALDRIN, (Kaldrin Wire - 2nd Apr, 2031): ", "A deal\ndate 2031-04-02\n\n"]
)
def test_what_plain_text_says_of_itself_is_read_in_markdown_too(top):
    assert clean(one(f"{top}{BODY} {BODY}"), max_chars=10_000).published == date(2031, 4, 2)
