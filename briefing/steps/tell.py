"""Print what is different between two briefings."""

from collections.abc import Iterator
from textwrap import fill

from briefing.data.briefing import CheckedSentence
from briefing.data.changes import ChangedSentence, Changes
from briefing.text.canonical import clean

_WIDTH = 80


def tell(changes: Changes) -> str:
    """Return `changes` as plain text, the changed sentences first, each with what it says now."""
    head = (
        f"{len(changes.new)} new, {len(changes.gone)} gone, {len(changes.changed)} changed, "
        f"{len(changes.disputed)} newly disputed, {changes.same} the same"
    )
    parts = [
        head,
        _part("Changed", (_change(change) for change in changes.changed)),
        _part("Newly disputed", map(_sentence, changes.disputed)),
        _part("New", map(_sentence, changes.new)),
        _part("Gone", map(_sentence, changes.gone)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _part(title: str, entries: Iterator[str]) -> str:
    body = "\n".join(entries)
    return f"{title}\n{'-' * len(title)}\n{body}" if body else ""


def _change(change: ChangedSentence) -> str:
    return _hanging("- ", f"{'; '.join(change.what)}: {change.new.text}")


def _sentence(sentence: CheckedSentence) -> str:
    return _hanging("- ", sentence.text)


def _hanging(first: str, text: str) -> str:
    return fill(
        " ".join(clean(text).split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
