"""One person with two offices that nobody holds at once."""

from collections.abc import Sequence

from briefing.steps.compare.found import Found, Stand, found
from briefing.steps.compare.reading import Reading
from briefing.text.offices import Held, Holders


def titles(reading: Reading) -> list[Found]:
    """Return who is given two offices that exclude each other.

    The office that most articles give is taken to be right; a tie stays open.
    """
    holders = Holders({s.id: (s, reading.analysis(s).offices) for s in reading.story.sentences})
    return [_discrepancy(said) for said in holders.conflicts()]


def _discrepancy(said: Sequence[Held]) -> Found:
    named = dict.fromkeys(held.title for held in said)
    stands = sorted(
        (Stand(title, tuple(h.sentence for h in said if h.title == title)) for title in named),
        key=lambda stand: (-len(_articles(stand)), stand.label),
    )
    winner = stands[0] if len(_articles(stands[0])) > len(_articles(stands[1])) else None
    name = _fullest(said)
    counted = "; ".join(f"{stand.label!r} in {_many(len(_articles(stand)))}" for stand in stands)
    others = " or ".join(stand.label for stand in stands if stand is not winner)
    return found(
        "title",
        stands,
        severity="high",
        winner=winner,
        is_disputing=True,
        reason=f"{name}: {counted}",
        wording=f"{name} is {winner.label} in most sources; one side says {others}."
        if winner
        else f"The sources do not agree whether {name} is {others}.",
    )


def _articles(stand: Stand) -> set[str]:
    return {sentence.article for sentence in stand.sentences}


def _many(articles: int) -> str:
    return f"{articles} article{'s' if articles > 1 else ''}"


def _fullest(said: Sequence[Held]) -> str:
    named = [held.holder.text for held in said]
    return max((name.removesuffix("'s").removesuffix("’s") for name in named), key=len)
