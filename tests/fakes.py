"""Small classes that keep a port of `briefing.ports`, for tests without the world."""

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
