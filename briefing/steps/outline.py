"""Print the stories that articles were grouped into, or the same as JSON."""

from collections.abc import Iterator

from briefing.data.grouping import GroupedArticle, GroupedStory, Grouping, Reason
from briefing.text.canonical import clean


def outline(grouping: Grouping, *, as_json: bool = False) -> str:
    """Return each story with its articles, and under each article why it is in."""
    if as_json:
        return grouping.model_dump_json(indent=2) + "\n"
    count = len(grouping.stories)
    head = (
        f"{count:,} {'story' if count == 1 else 'stories'} in {grouping.articles:,} "
        f"{'article' if grouping.articles == 1 else 'articles'}\n"
    )
    return head + "".join(f"{line}\n" for story in grouping.stories for line in _story(story))


def _story(story: GroupedStory) -> Iterator[str]:
    count = len(story.articles)
    days = story.first and (
        f", {story.first}" if story.first == story.last else f", {story.first} to {story.last}"
    )
    yield ""
    yield f"{story.number}  {_line(story.title)}"
    yield f"   {story.id}, {count} {'article' if count == 1 else 'articles'}{days or ''}"
    places = {article.id: number for number, article in enumerate(story.articles, start=1)}
    for number, article in enumerate(story.articles, start=1):
        yield f"   {number}. {_article(article)}"
        if article.reason is not None:
            yield f"      {_reason(article.reason, places)}"


def _article(article: GroupedArticle) -> str:
    parts = (article.id, article.published, article.outlet, article.title, article.path)
    return "  ".join(_line(str(part)) for part in parts if part and part != "unknown")


def _reason(reason: Reason, places: dict[str, int]) -> str:
    pinned = "put here by hand" if reason.pinned else ""
    if reason.nearest is None:
        return pinned or "like the story as a whole"
    parts = [pinned, f"like {places[reason.nearest]}: {reason.similarity:.2f}"]
    if reason.days_apart is not None:
        parts.append(
            "the same day" if reason.days_apart < 1 else f"{reason.days_apart:.0f} d apart"
        )
    parts += [", ".join(map(_line, shared)) for shared in (reason.names, reason.terms) if shared]
    return "; ".join(part for part in parts if part)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
