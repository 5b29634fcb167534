"""Whatever comes, and in whatever order: each text once, and never an error."""

from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.article import Article
from briefing.data.library import page_key
from briefing.edges.database import open_database
from briefing.edges.library import Library

NOW = datetime(2031, 4, 7, tzinfo=UTC)
anything = st.text(st.characters(exclude_categories=()), max_size=40)
urls = st.none() | anything | st.sampled_from([f"https://x.example/{n}" for n in range(3)])
articles = st.builds(
    Article,
    source=anything,
    text=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40),
    title=anything,
    outlet=anything,
    url=urls,
    published=st.none() | st.dates(),
    published_at=st.none() | st.datetimes(timezones=st.timezones()),
)


class Fresh:
    """A new library in a folder that goes with it."""

    def __enter__(self):
        self.folder = TemporaryDirectory()
        self.database = open_database(f"sqlite:///{self.folder.name}/library.sqlite3")
        return Library(self.database, now=lambda: NOW)

    def __exit__(self, *_):
        self.database.close()
        self.folder.cleanup()


@settings(max_examples=25)
@given(st.lists(articles, max_size=8))
def test_added_twice_is_added_once(brought):
    with Fresh() as library:
        first = library.add(brought)
        before = library.find(is_latest_only=False)
        second = library.add(brought)
        assert (second.new, second.known, second.changed) == (0, len(brought), 0)
        assert library.find(is_latest_only=False) == before
        assert first.new + first.known + first.changed == len(brought)


@settings(max_examples=25)
@given(st.data())
def test_the_order_does_not_matter_to_what_is_kept(data):
    brought = data.draw(st.lists(articles, max_size=8))
    other = data.draw(st.permutations(brought))
    with Fresh() as one, Fresh() as two:
        one.add(brought)
        for article in other:
            two.add([article])
        every = [library.find(is_latest_only=False) for library in (one, two)]
        assert {k.article.sha256 for k in every[0]} == {k.article.sha256 for k in every[1]}
        for library, kept in zip((one, two), every, strict=True):
            pages = {key for k in kept if (key := page_key(k.article.url))}
            assert all(sum(v.is_latest for v in library.versions(key)) == 1 for key in pages)


@settings(max_examples=50)
@given(anything)
def test_any_words_can_be_looked_for(words):
    with Fresh() as library:
        library.add([Article(source="a", text="The talks began.")])
        library.find(words)
        assert library.find(language=words[:5], limit=1) is not None
