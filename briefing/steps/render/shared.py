"""The lines that say which sources share text, and from whom."""

from collections.abc import Mapping, Sequence

from briefing.data.origin import Origin
from briefing.steps.render.page import printable
from briefing.text.phrases import Phrases

_FEWEST_WORDS = 12
"""Of a shared text that a reader should know of; shorter ones count for the origins alone."""

_MOST_LINES = 5


def shared_texts(
    origins: Sequence[Origin], labels: Mapping[str, str], phrases: Phrases
) -> tuple[str, ...]:
    """Return one line for each text that several sources carry, the longest first.

    Args:
        origins: The texts.
        labels: Of the sources, by article id: `S1`.
        phrases: The words to say it in.
    """
    known = [
        origin
        for origin in origins
        if origin.words >= _FEWEST_WORDS and len(labels.keys() & set(origin.articles)) > 1
    ]
    lines = [_line(origin, labels, phrases) for origin in known[:_MOST_LINES]]
    if left := len(known) - len(lines):
        lines.append(phrases.say("shared.more", n=left))
    return tuple(lines)


def _line(origin: Origin, labels: Mapping[str, str], phrases: Phrases) -> str:
    say = phrases.say
    carriers = [labels[id_] for id_ in labels if id_ in set(origin.articles)]
    are_copies = set(origin.articles) == set(origin.copied)
    about = say("shared.words", n=origin.words)
    if origin.source:
        source = phrases.isolate(printable(origin.source))
        about = say("shared.attributed", words=about, source=source)
    first = labels.get(origin.first or "")
    return say(
        "shared.copies" if are_copies else "shared.one_text",
        carriers=say(
            "shared.carriers",
            first=say("mark.comma").join(carriers[:-1]),
            last=carriers[-1],
        ),
        about=about,
        order=say("shared.first_in", label=first) if first else say("shared.first_unknown"),
    )
