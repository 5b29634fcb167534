"""Keep the articles that the user asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.data.article import Article
from briefing.data.document import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for; an empty choice is all."""

    since: date | None = None
    """The first day, as the publisher counts days."""

    until: date | None = None
    """The last day; it is in."""

    languages: frozenset[str] = frozenset()
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The articles chosen, and why the others are not."""

    articles: tuple[Article, ...]
    """In the order they came in."""

    left_out: tuple[tuple[str, int], ...]
    """A reason, and how many articles it holds for."""

    unknown: tuple[Refusal, ...]
    """Articles without a date, where one is asked for: nobody can say whether they belong."""


def select(articles: Sequence[Article], choice: Choice) -> Selection:
    """Return the articles that `choice` asks for: of its days and languages, the newest first.

    With a limit of number the newest are kept, articles without a date last; of the same day
    those that came first.
    """
    needs_day = choice.since is not None or choice.until is not None
    unknown = [one for one in articles if needs_day and _day(one) is None]
    dated = [one for one in articles if not (needs_day and _day(one) is None)]
    of_days = [one for one in dated if _is_within(_day(one), choice)]
    spoken = [one for one in of_days if not choice.languages or one.language in choice.languages]
    newest = sorted(spoken, key=lambda one: _day(one) or date.min, reverse=True)
    kept = {id(one) for one in newest[: choice.most]}
    counts = (
        ("they are of another day.", len(dated) - len(of_days)),
        ("they are in another language.", len(of_days) - len(spoken)),
        (f"there are newer ones, and the most is {choice.most}.", len(spoken) - len(kept)),
    )
    return Selection(
        articles=tuple(one for one in spoken if id(one) in kept),
        left_out=tuple((reason, count) for reason, count in counts if count),
        unknown=tuple(
            Refusal(
                source=one.source,
                reason="it has no date, which `--since` and `--until` need. Name it alone.",
            )
            for one in unknown
        ),
    )


def _day(article: Article) -> date | None:
    return article.published or article.described


def _is_within(day: date | None, choice: Choice) -> bool:
    return day is None or (choice.since or date.min) <= day <= (choice.until or date.max)
