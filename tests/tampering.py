"""Changes that somebody could make to a saved briefing, one at a time."""

import copy
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from pydantic import ValidationError

from briefing.data.briefing import Briefing, Confidence, Kind, Stage, Verdict

WORDS = " War was declared."


@dataclass(frozen=True)
class Tampering:
    """One change: where it was made, what was done there, and the briefing that came of it."""

    place: str
    """`sections[].sentences[].reason`."""

    deed: str
    briefing: Briefing


def tamperings(saved, chance, *, each):
    """Yield the changes of `saved`, the JSON of a briefing: of every leaf, list and key.

    Args:
        saved: As it was parsed; it is left as it is.
        chance: A seeded `random.Random`, which picks among places of one kind.
        each: At how many places of a kind each deed is done.
    """
    original = Briefing.model_validate(saved)
    by_kind = {}
    for path, value in _walk(saved):
        by_kind.setdefault((_kind(path), "take away"), []).append((path, _GONE))
        for deed, other in _deeds(value, chance):
            by_kind.setdefault((_kind(path), deed), []).append((path, other))
    for (place, deed), changes in by_kind.items():
        chance.shuffle(changes)
        tampered = (_tampered(saved, path, other) for path, other in changes)
        read = (one for one in tampered if one not in (None, original))
        for briefing in islice(read, each):
            yield Tampering(place, deed, briefing)
    yield from _moved(saved, chance)


def _moved(saved, chance):
    """Yield the briefing with a sentence moved from one section to another, for each two."""
    held = [n for n, section in enumerate(saved["sections"]) if section["sentences"]]
    for start, end in ((a, b) for a in held for b in held if a != b):
        changed = copy.deepcopy(saved)
        sentences = changed["sections"][start]["sentences"]
        one = sentences.pop(chance.randrange(len(sentences)))
        changed["sections"][end]["sentences"].append(one)
        if not sentences:
            del changed["sections"][start]
        yield Tampering("sections[].sentences", "move", Briefing.model_validate(changed))


_GONE = object()


def _tampered(saved, path, other):
    """The briefing with `other` at `path`, or None where nobody could read it."""
    changed = copy.deepcopy(saved)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if other is _GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = other
    try:
        return Briefing.model_validate(changed)
    except ValidationError:
        return None


def _walk(value, path=()):
    if path:
        yield path, value
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in items:
            yield from _walk(one, (*path, key))


def _kind(path):
    said = "".join("[]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")
    # The keys below these are not the form's but an id, a code or words of the template.
    first = said.split(".")[0]
    return f"{first}.*" if first in {"seals", "translations", "prompts"} and "." in said else said


def _deeds(value, chance):
    match value:
        case bool():
            yield "turn", not value
        case int() | float():
            yield "more", value + 1
        case None:
            yield from (("fill in", one) for one in ("confirmed", 7, "2031-01-01"))
        case str():
            yield from _of_words(value)
        case list():
            yield from _of_several(value, chance)


def _of_words(value):
    if _is_day(value):
        yield "another day", str(date.fromisoformat(value) + timedelta(days=1))
    elif value in _NAMES:
        yield from (("call it otherwise", name) for name in _NAMES)
    else:
        yield "more words", value + WORDS


def _of_several(value, chance):
    if not value or isinstance(value[0], str):
        yield "add", [*value, WORDS.strip()]
    if value:
        yield "repeat", [*value, copy.deepcopy(chance.choice(value))]
    if len(value) > 1:
        one, other = chance.sample(range(len(value)), 2)
        turned = copy.deepcopy(value)
        turned[one], turned[other] = turned[other], turned[one]
        yield "swap", turned


_NAMES = (
    *(one.value for kind in (Verdict, Kind, Stage, Confidence) for one in kind),
    *("resolved", "unresolved", "high", "low", "date", "title", "model", "extractive"),
    *("compose", "rewrite", "dates", "stage", "rules"),
)
"""Words of the form that may stand for each other."""


def _is_day(value):
    try:
        return str(date.fromisoformat(value)) == value
    except ValueError:
        return False
