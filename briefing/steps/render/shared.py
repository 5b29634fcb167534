"""The lines that say which sources share text, and from whom."""

from collections.abc import Mapping, Sequence

from briefing.data.origin import Origin
from briefing.text.canonical import clean

_FEWEST_WORDS = 12
"""Of a shared text that a reader should know of; shorter ones count for the origins alone."""

_MOST_LINES = 5


def shared_texts(origins: Sequence[Origin], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return one line for each text that several sources carry, the longest first.

    Args:
        origins: The texts.
        labels: Of the sources, by article id: `S1`.
    """
    known = [
        origin
        for origin in origins
        if origin.words >= _FEWEST_WORDS and len(labels.keys() & set(origin.articles)) > 1
    ]
    lines = [_line(origin, labels) for origin in known[:_MOST_LINES]]
    if left := len(known) - len(lines):
        lines.append(f"{left} more {'text is' if left == 1 else 'texts are'} shared.")
    return tuple(lines)


def _line(origin: Origin, labels: Mapping[str, str]) -> str:
    carriers = [labels[id_] for id_ in labels if id_ in set(origin.articles)]
    what = (
        "are copies of one article"
        if set(origin.articles) == set(origin.copied)
        else "carry one text, or parts of it"
    )
    about = f"{origin.words} words"
    if origin.source:
        about += f", attributed to {' '.join(clean(origin.source).split())}"
    first = labels.get(origin.first or "")
    order = f"first in {first}" if first else "which had it first is not known"
    return f"{', '.join(carriers[:-1])} and {carriers[-1]} {what} ({about}); {order}."
