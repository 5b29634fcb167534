"""Small classes that keep a port of `briefing.ports`, for tests without the world."""

from briefing.data.feed import FeedState
from briefing.data.library import Added
from briefing.errors import LibraryError
from tests import make


class ScriptedModel:
    """A chat model that answers with what a test wrote down, and keeps what it was asked."""

    def __init__(self, *replies):
        """Take a reply a call: text, something to send as JSON, or an error to raise."""
        self._replies = list(replies)
        self.asked = []

    def complete(self, request):
        self.asked.append(request)
        said = self._replies.pop(0)
        if isinstance(said, Exception):
            raise said
        return make.reply(said)


class CountingTokens:
    """Counts some pieces of a text as tokens, and keeps each text it was asked about."""

    def __init__(self, count=lambda text: len(text.split())):
        self._count = count
        self.asked = []

    def __call__(self, text):
        self.asked.append(text)
        return self._count(text)


class ScriptedFeeds:
    """A source of feeds that gives what a test wrote down for each address."""

    def __init__(self, replies):
        """Take a reply, or an error to raise, for each address."""
        self._replies = replies
        self.asked = []

    def read(self, feed, state, *, seen):
        self.asked.append(state)
        said = self._replies[feed.url]
        if isinstance(said, Exception):
            raise said
        return said


class MemoryLibrary:
    """A library of what feeds bring, without versions."""

    def __init__(self, *, fails=False):
        """Take whether nothing can be kept."""
        self._fails = fails
        self._states = {}
        self.articles = {}

    def add(self, articles):
        if self._fails:
            raise LibraryError("the disk is full.")
        new = [article for article in articles if article.sha256 not in self.articles]
        self.articles |= {article.sha256: article for article in new}
        return Added(new=len(new), known=len(articles) - len(new))

    def seen(self, url):
        return None

    def feed_state(self, url):
        return self._states.get(url, FeedState(url=url))

    def keep_feed_state(self, state):
        self._states[state.url] = state
