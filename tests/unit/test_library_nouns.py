from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefing.data.article import Article
from briefing.data.library import Added, Kept, page_key
from briefing.errors import ConfigError
from briefing.steps.catalogue import catalogue, whole
from briefing.text.moments import moment

NOW = datetime(2031, 4, 7, 9, 30, tzinfo=timezone(timedelta(hours=5)))


def kept(text="The talks began on Monday.", *, version=1, is_latest=True, **fields):
    fields = {"source": "a.txt", "published": date(2031, 4, 7), "outlet": "Courier"} | fields
    added = datetime(2031, 4, 8, tzinfo=UTC)
    return Kept(
        article=Article(text=text, **fields), added=added, version=version, is_latest=is_latest
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/talks",
        "http://COURIER.example/talks",
        "https://courier.example:443/talks#comments",
        "  https://courier.example/talks?utm_source=rss&fbclid=1 ",
    ],
)
def test_addresses_that_mean_one_page_have_one_key(url):
    assert page_key(url) == "https://courier.example/talks"


def test_what_chooses_a_page_stays_in_its_key():
    assert page_key("https://x.example/?p=7") == "https://x.example/?p=7"
    assert page_key("https://x.example:8443/a") == "https://x.example:8443/a"


@pytest.mark.parametrize(
    "url",
    [None, "", "articles/1.txt", "mailto:a@b", "https://x.example", "https://x.example/?utm_a=1",
     "https://x.example:99999/a", "https://[::1/a", "https:///a"],
)  # fmt: skip
def test_an_address_that_names_no_single_page_has_no_key(url):
    assert page_key(url) is None


def test_counts_of_two_rounds_add_up():
    assert Added(new=1, known=2) + Added(known=1, changed=4) == Added(new=1, known=3, changed=4)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("24h", "2031-04-06T09:30+05:00"),
        (" 7 D", "2031-03-31T09:30+05:00"),
        ("2w", "2031-03-24T09:30+05:00"),
        ("2031-04-06", "2031-04-06T00:00+05:00"),
        ("2031-04-06T10:00", "2031-04-06T10:00+05:00"),
        ("2031-04-06T10:00Z", "2031-04-06T10:00+00:00"),
    ],
)
def test_a_moment_is_an_age_a_day_or_a_time(words, meant):
    assert moment(words, NOW, option="--since") == datetime.fromisoformat(meant)


def test_a_day_that_ends_something_is_meant_to_its_end():
    def end(words):
        return moment(words, NOW, option="--until", is_end=True).isoformat()

    assert end("2031-04-06") == "2031-04-07T00:00:00+05:00"
    assert end("2031-04-06T10:00") == "2031-04-06T10:00:00+05:00"


@pytest.mark.parametrize(
    "words", ["", "yesterday", "3x", "-1d", "2031-02-30", "999999w", "9999-12-31", "24h\n7d"]
)
def test_other_words_are_refused_with_the_forms_there_are(words):
    with pytest.raises(ConfigError, match=r"`--until` is .* Give an age such as 24h"):
        moment(words, NOW, option="--until", is_end=True)


def test_a_line_says_which_version_an_article_is():
    lines = catalogue([kept(title="Talks begin"), kept("Other.", version=2, is_latest=False)])
    assert lines.splitlines() == [
        f"{kept().article.id}  2031-04-07  Courier  Talks begin",
        f"{kept('Other.').article.id}  2031-04-07  Courier  Other. …  (version 2, replaced)",
    ]


def test_nothing_of_an_article_acts_on_the_terminal():
    evil = kept(title="Talks\x1b[31m\nbegin\u202e", outlet="A\rB", source="\x07a", author="\ud800")
    assert catalogue([evil]).endswith("  A B  Talks[31m begin\n")
    assert not set("\x1b\x07\r\u202e\ud800") & set(whole(evil, []))


def test_a_page_with_versions_lists_them():
    first, second = kept("One.", is_latest=False), kept("Two.", version=2)
    assert "version" not in whole(first, [first])
    assert [line for line in whole(first, [first, second]).splitlines() if "version" in line] == [
        f"version    1: {first.article.id}, added 2031-04-08, replaced",
        f"version    2: {second.article.id}, added 2031-04-08, the latest",
    ]
