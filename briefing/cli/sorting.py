"""From articles to their stories, for the commands that group: what `wiring` is for the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

import typer

from briefing import grouping
from briefing.asking import attempt_each
from briefing.cli import shelf, wiring
from briefing.data.article import Article
from briefing.data.grouping import Cluster, Pins
from briefing.edges import writing
from briefing.errors import BudgetError, ConfigError, ModelError, Remedy, SourceError
from briefing.pipeline import Run
from briefing.ports import Crew
from briefing.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The stories of a run, in the order of their numbers."""

    clusters: tuple[Cluster, ...]
    pins: Pins

    def chosen(self, group: str | None) -> tuple[tuple[Article, ...], ...]:
        """Return the articles of the story that is asked for; of each story, where none is.

        Raises:
            SourceError: There is no such story.
        """
        clusters = self.clusters if group is None else (grouping.chosen(self.clusters, group),)
        return tuple(cluster.articles for cluster in clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of a briefing of each story."""

    failed: int = 0
    withheld: int = 0
    partial: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(
            failed=self.failed + other.failed,
            withheld=self.withheld + other.withheld,
            partial=self.partial + other.partial,
        )

    @property
    def exit_code(self) -> int:
        """As for one briefing: 3 where one is withheld, 5 where one or some of it is missing."""
        return 3 if self.withheld else 5 if self.failed or self.partial else 0


def check_options(
    *,
    group: str | None,
    each: bool,
    out: str | None,
    alone: Mapping[str, str | None],
    dry: bool,
    is_pinned: bool,
) -> None:
    """Make sure that the options say how many briefings there are, and where they go.

    Raises:
        ConfigError: They do not.
    """
    if each and group is not None:
        raise ConfigError("`--group` is one story and `--all` is each. Choose one of them.")
    if each != (out is not None):
        raise ConfigError("`--all` and `--out DIR` go together: a file for each story.")
    if each and (dry or any(alone.values())):
        named = next((name for name, value in alone.items() if value), "--dry-run")
        raise ConfigError(f"{named!r} is for one briefing. Choose a story with `--group`.")
    if is_pinned and group is None and not each:
        raise ConfigError(
            "`--together` and `--apart` go with `--group` or `--all`: without these all articles "
            "are one story."
        )


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


def brief_each(
    stories: Sequence[Sequence[Article]],
    generate: Callable[[Sequence[Article]], Run],
    shown: Callable[[Run], str | bytes | None],
    *,
    crew: Crew,
    folder: str,
    suffix: str,
) -> Written:
    """Write a briefing of each story, `1.md`, `2.md` …; say on stderr which cannot be had.

    Each is written as soon as it is done; what is said of them is in the order of the stories.

    Raises:
        OutputError: A file cannot be written.
        ModelError: The model fails; what is written stays.
    """

    def one(number: int) -> _Told:
        articles = stories[number - 1]
        try:
            run = generate(articles)
        except (SourceError, BudgetError) as error:
            said = f"no briefing of story {number}: {error}"
            return _Told(said=said, written=Written(failed=1))
        text = shown(run)
        if text is None:
            said = f"withheld story {number}: a drafted sentence failed"
            return _Told(run.briefing.missing, said=said, written=Written(withheld=1))
        file = str(Path(folder, f"{number}.{suffix}"))
        wiring.check_no_source(file, articles)
        writing.write_atomic(file, text)
        missing = run.briefing.missing
        return _Told(missing, written=Written(partial=int(bool(missing))))

    numbers = range(1, len(stories) + 1)
    told = attempt_each(crew, one, numbers, ends=frozenset(Remedy))
    total = Written()
    for number, each in zip(numbers, told, strict=True):
        if isinstance(each, ModelError):
            raise each
        wiring.report_missing(each.missing, f"story {number}")
        if each.said:
            typer.echo(f"briefing: {each.said}", err=True)
        total += each.written
    written = len(stories) - total.failed - total.withheld
    typer.echo(f"briefing: {written} of {len(stories)} briefings in {folder!r}", err=True)
    return total


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to say about one story."""

    missing: Sequence[str] = ()
    _: KW_ONLY
    said: str = ""
    written: Written


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
