"""The library over a real database: what is kept, found and forgotten."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import briefing.migrations
from briefing.data.article import Article, RemovedLine
from briefing.data.feed import FeedState
from briefing.data.library import Added
from briefing.edges.database import open_database
from briefing.edges.library import Library
from briefing.edges.tables import metadata
from briefing.errors import ConfigError, LibraryError, SourceError
from briefing.settings import LibrarySettings

NOW = datetime(2031, 4, 7, 9, 30, tzinfo=UTC)
URL = "https://courier.example/talks"


class Clock:
    """Stands still until it is set."""

    def __init__(self, moment=NOW):
        self.moment = moment

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database(library_url):
    opened = open_database(library_url)
    yield opened
    opened.close()


@pytest.fixture
def library(database, clock):
    return Library(database, now=clock)


def article(text="The talks on the tariff began on Monday.", **fields):
    return Article(text=text, **{"source": "a.txt"} | fields)


def texts(found):
    return [kept.article.text for kept in found]


def test_an_article_comes_back_as_it_was(library):
    whole = article(
        url=URL,
        title="Talks begin",
        outlet="Courier",
        author="A. Lund",
        language="en",
        published=date(2031, 4, 6),
        published_at=datetime(2031, 4, 6, 23, tzinfo=UTC) + timedelta(microseconds=7),
        described=date(2031, 4, 5),
        damage=("cut off",),
        repaired=("letters",),
        removed=(RemovedLine(text="Advertisement", reason="advertisement"),),
    )
    assert library.add([whole, article("Plain.")]) == Added(new=2)
    assert library.get(whole.id).article == whole
    assert library.get(article("Plain.").sha256).article == article("Plain.")
    assert library.get(whole.id).added == NOW


def test_a_second_import_changes_nothing(library, clock):
    brought = [article("One.", url=URL), article("Two."), article("Three.", url=URL)]
    assert library.add(brought) == Added(new=2, changed=1)
    before = library.find(is_latest_only=False)
    clock.moment += timedelta(days=1)
    assert library.add(brought) == Added(known=3)
    assert library.find(is_latest_only=False) == before


def test_a_changed_page_keeps_its_versions_and_marks_the_latest(library):
    library.add([article("One ship.", url=URL)])
    assert library.add([article("Two ships.", url=f"{URL}?utm_source=rss#top")]) == Added(changed=1)
    assert texts(library.find()) == texts(library.find("ship")) == ["Two ships."]
    assert [(k.article.text, k.version, k.is_latest) for k in library.versions(URL)] == [
        ("One ship.", 1, False),
        ("Two ships.", 2, True),
    ]
    assert len(library.find(is_latest_only=False)) == 2


def test_a_page_that_takes_its_change_back_has_its_first_text_as_the_latest(library):
    one, two = article("One.", url=URL), article("Two.", url=URL)
    library.add([one])
    library.add([two])
    assert library.add([one]) == Added(changed=1)
    assert texts(library.find()) == ["One."]
    assert [k.version for k in library.versions(URL)] == [1, 2, 3]
    assert library.add([two, one]) == Added(known=2)


def test_articles_that_give_the_front_page_as_theirs_are_not_versions_of_it(library):
    front = "https://courier.example/"
    assert library.add([article("One.", url=front), article("Two.", url=front)]) == Added(new=2)
    assert len(library.find()) == 2


def test_a_text_at_two_addresses_is_kept_once_and_found_while_one_still_has_it(library):
    copy = f"{URL}/amp"
    assert library.add([article("One.", url=URL), article("One.", url=copy)]) == Added(
        new=1, known=1
    )
    library.add([article("Two.", url=URL)])
    assert sorted(texts(library.find())) == ["One.", "Two."]


def test_text_that_no_database_takes_is_cleaned_first(library):
    evil = article("A\x00B.", title="\ud800x\x00", source="\udfff", language="\x00en" * 50)
    library.add([evil])
    kept = library.find()[0].article
    assert (kept.text, kept.title, kept.source) == ("AB.", "\ufffdx", "\ufffd")
    assert library.get(article("AB.").id).article == kept
    assert library.add([evil]) == Added(known=1)


def test_a_moment_at_the_end_of_the_calendar_is_not_kept(library):
    library.add([article(published_at=datetime.fromisoformat("0001-01-01T00:00+14:00"))])
    assert library.find()[0].article.published_at is None


def test_finds_all_words_in_the_headline_or_the_text_in_any_form(library):
    library.add([
        article("Talks on rail in Kaldrin.", title="Ministers agreed"),
        article("They talked of Kaldrin, of Kaldrin again, and of rail."),
        article("Nothing of the kind."),
    ])  # fmt: skip
    assert len(library.find("talk kaldrin")) == 2
    assert texts(library.find("minister talking")) == ["Talks on rail in Kaldrin."]
    assert texts(library.find('"rail in Kaldrin"')) == ["Talks on rail in Kaldrin."]
    assert library.find('"Kaldrin rail"') == ()


def test_finds_words_of_scripts_without_blanks(library):
    library.add([article("外交部长周一抵达卡尔德林。"), article("Talks in Seoul: 서울에서 회담.")])
    assert texts(library.find("卡尔德林")) == ["外交部长周一抵达卡尔德林。"]
    assert texts(library.find("seoul 회담")) == ["Talks in Seoul: 서울에서 회담."]
    assert library.find("卡尔% talks") == ()


SIGNS = """ " AND x* ^a NEAR(a -a % '  '';-- title:a (OR a\x00b \ud800 é """.split(" ")
LONG = [" ".join(map(str, range(3_000))), " ".join(map(chr, range(0x4E00, 0x5800)))]


@pytest.mark.parametrize("words", [*SIGNS, "a OR (", *LONG], ids=lambda words: ascii(words[:9]))
def test_no_sign_in_a_search_means_anything(library, words):
    library.add([article()])
    assert isinstance(library.find(words), tuple)


def test_chooses_by_moment_by_day_or_by_when_it_was_added(library, clock):
    library.add([
        article("At nine.", published_at=NOW - timedelta(hours=2), published=NOW.date()),
        article("Long ago.", published_at=NOW - timedelta(hours=30), published=date(2031, 4, 6)),
        article("That day.", published=date(2031, 4, 6)),
        article("The day before.", published=date(2031, 4, 5)),
        article("Not dated."),
    ])  # fmt: skip
    since = set(texts(library.find(since=NOW - timedelta(hours=24))))
    assert since == {"At nine.", "That day.", "Not dated."}
    midnight = datetime(2031, 4, 6, tzinfo=UTC)
    assert texts(library.find(until=midnight)) == ["The day before."]
    assert len(library.find(since=midnight)) == 4


def test_chooses_a_language_and_its_kinds(library):
    library.add([article("One.", language="en-GB"), article("Two.", language="eng"), article()])
    assert texts(library.find(language="EN")) == ["One."]


def test_lists_the_newest_first_and_no_more_than_asked_for(library):
    library.add([article(f"Number {day}.", published=date(2031, 4, day)) for day in (3, 5, 4)])
    assert texts(library.find(limit=2)) == ["Number 5.", "Number 4."]


def test_an_id_must_fit_one_article(library):
    library.add([article(f"Number {number}.") for number in range(3)])
    for prefix in ("", "12", "zzzz", "%%%%", "0" * 65, "ffff"):
        with pytest.raises(SourceError, match="id that begins with"):
            library.get(prefix)


def test_what_is_forgotten_is_gone_and_a_feed_does_not_bring_it_back(library):
    brought = [article("One.", url=URL), article("Two.", url=URL), article("Three.")]
    library.add(brought)
    assert library.forget([brought[2].id], is_rehearsal=True) == 1
    assert library.forget([brought[2].id]) == 1
    assert library.forget(url=URL) == 2
    assert library.find(is_latest_only=False) == library.find("one") == library.versions(URL) == ()
    assert library.add(brought) == Added(known=3)
    assert library.find() == ()
    assert library.add(brought, also_forgotten=True) == Added(new=2, changed=1)
    assert library.forget(older_than=NOW) == 0
    assert library.forget(older_than=NOW + timedelta(seconds=1)) == 3


def test_nothing_is_forgotten_if_one_id_is_wrong(library):
    library.add([article()])
    with pytest.raises(SourceError):
        library.forget([article().id, "ffff"])
    assert len(library.find()) == 1


def test_remembers_what_a_feed_said_last(library):
    feed = "https://courier.example/feed"
    assert library.feed_state(feed) == FeedState(url=feed)
    state = FeedState(url=feed, etag='W/"1"', last_modified="Mon", fetched=NOW)
    library.keep_feed_state(state)
    assert library.feed_state(feed) == state
    failed = FeedState(url=feed, error="\x00gone")
    library.keep_feed_state(failed)
    assert library.feed_state(feed) == FeedState(url=feed, error="gone")


def test_the_tables_are_those_that_the_migrations_make(database):
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: (
                    not (name or "").startswith("article_words") and name != "alembic_version"
                ),
                "include_object": lambda _, name, kind, reflected, __: (
                    not (reflected and name in {"words", "ix_articles_words"})
                ),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_the_newest_step_is_the_one_that_the_package_names():
    folder = str(briefing.migrations.__path__[0])
    steps = ScriptDirectory.from_config(Config(config_args={"script_location": folder}))
    assert steps.get_heads() == [briefing.migrations.HEAD]


def test_a_library_of_a_newer_release_is_left_alone(database, library_url):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryError, match="newer release") as caught:
        open_database(library_url)
    assert "\n" not in str(caught.value)


def test_lies_in_the_users_data_folder_unless_told_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    open_database().close()
    folder = tmp_path / "briefing"
    assert (folder / "library.sqlite3").is_file()
    assert folder.stat().st_mode & 0o077 == 0, "what somebody reads is nobody else's business"


@pytest.mark.parametrize(
    "url", ["mysql://h/x", "sqlite://", "sqlite:///:memory:", "library", "postgresql://h:x/y"]
)
def test_an_address_of_no_library_is_refused(url):
    with pytest.raises(ConfigError, match="should look like"):
        open_database(url)


@pytest.mark.parametrize(
    "url",
    ["mysql://h/x", "library.db", "sqlite://", "postgresql://u:secret@h/x", "postgresql://h",
     "postgresql://h/x?password=secret"],
)  # fmt: skip
def test_the_setting_is_checked_and_holds_no_password(url):
    with pytest.raises(ValueError, match=r"should look like|no password") as caught:
        LibrarySettings(url=url)
    assert "secret" not in str(caught.value)


def test_a_missing_driver_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[postgres\]'"):
        open_database("postgresql://127.0.0.1/news")


def test_a_server_that_is_not_there_is_one_line():
    with pytest.raises(LibraryError) as caught:
        open_database("postgresql://nobody@127.0.0.1:1/news?connect_timeout=2")
    assert "127.0.0.1" in str(caught.value)
    assert "\n" not in str(caught.value)
