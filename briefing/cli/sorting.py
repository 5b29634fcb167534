"""From articles to their stories, for the commands that group: what `wiring` is for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from briefing import grouping
from briefing.cli import shelf
from briefing.data.article import Article
from briefing.data.grouping import Cluster, Pins
from briefing.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The stories of a run, in the order of their numbers."""

    clusters: tuple[Cluster, ...]
    pins: Pins


def sort(
    articles: Sequence[Article],
    settings: Settings,
    *,
    is_library: bool,
    together: Sequence[str] | None,
    apart: Sequence[str] | None,
    mix_languages: bool,
) -> Sorted:
    """Return the stories of `articles`.

    Those of the library alone are in the stories that the library remembers: new articles are
    placed first, and pins are kept for good.

    Raises:
        ConfigError: A pin names no article of this run.
        LibraryError: The library fails.
    """
    pins = grouping.resolved(together or (), apart or (), articles)
    if not is_library or mix_languages:
        found = grouping.stories(articles, pins=pins, mix_languages=mix_languages)
        return Sorted(clusters=found, pins=pins)
    with shelf.opened_stories(settings.library) as library:
        grouping.place_new(library, pins=pins)
        return Sorted(clusters=grouping.as_placed(articles, library.stories()), pins=library.pins())


def warn_of_several(articles: Sequence[Article]) -> None:
    """Say on stderr where articles that are briefed as one story tell several."""
    found = grouping.stories(articles)
    if len(found) > 1:
        largest = len(found[0].articles)
        typer.echo(
            f"briefing: these {len(articles):,} articles seem to tell {len(found):,} stories, the "
            f"largest of them in {largest:,}. `briefing groups` lists them; "
            "`--group 1` briefs the first, `--all` each of its own.",
            err=True,
        )
