"""`briefing groups`: which stories articles tell."""

from typing import Annotated

import typer

PARTIAL = 5


def groups_command(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, folders or patterns; - for stdin."),
    ] = None,
    from_library: Annotated[
        bool, typer.Option("--library", help="Take articles from the library too.")
    ] = False,
    about: Annotated[
        str | None,
        typer.Option(
            "--about", help="With --library: only articles that have these words.", metavar="WORDS"
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help="Only articles of this age at most, or from this day on.",
            metavar="24h|7d|DATE",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="Only articles of this day and earlier.", metavar="DATE"),
    ] = None,
    lang: Annotated[
        list[str] | None,
        typer.Option("--lang", help="Only articles in this language; repeatable.", metavar="CODE"),
    ] = None,
    together: Annotated[
        list[str] | None,
        typer.Option("--together", help="Articles that are one story; repeatable.", metavar="A,B"),
    ] = None,
    apart: Annotated[
        list[str] | None,
        typer.Option("--apart", help="Articles of different stories; repeatable.", metavar="A,B"),
    ] = None,
    mix_languages: Annotated[
        bool,
        typer.Option("--mix-languages", help="Let articles in different languages be one story."),
    ] = False,
    fetch_pages: Annotated[
        bool,
        typer.Option(
            "--fetch-pages", help="Ask the web for the pages of summaries in saved feeds."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Group articles into stories, and say why each article is in its story.

    The numbers are those that `briefing generate --group` takes, with the same articles and
    options. Of the library alone, stories keep their ids as articles come, and what --together
    and --apart say is remembered.

    Example: briefing groups articles/

    Example: briefing groups --library --since 7d --apart 3fa94c01,77b1e0d2
    """
    if not paths and not from_library:
        raise typer.BadParameter("name article files, or add --library", context, None, "PATH...")
    from briefing import grouping
    from briefing.cli import shelf, sorting, wiring
    from briefing.edges import settings_file
    from briefing.steps.outline import outline

    settings = settings_file.load(config=config).settings
    shelf.check_narrowed(from_library=from_library, narrowed=(about,))
    choice = wiring.choice(since=since, until=until, languages=lang, most=None)
    articles, refused = shelf.gather(
        paths,
        settings,
        from_library=from_library,
        since=since,
        about=about,
        fetch_pages=fetch_pages,
    )
    wiring.report_refused(refused)
    articles, undated = wiring.chosen(articles, choice)
    found = sorting.sort(
        articles,
        settings,
        is_library=not paths,
        together=together,
        apart=apart,
        mix_languages=mix_languages,
    )
    told = grouping.overview(found.clusters, pins=found.pins, mix_languages=mix_languages)
    typer.echo(outline(told, as_json=as_json), nl=False)
    raise typer.Exit(PARTIAL if refused or undated else 0)
