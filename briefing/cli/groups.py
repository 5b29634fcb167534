"""`briefing groups`: which stories articles tell."""

from typing import Annotated

import typer

from briefing.cli import options

PARTIAL = 5


def groups_command(
    context: typer.Context,
    paths: options.Paths = None,
    from_library: options.FromLibrary = False,
    about: options.About = None,
    since: options.Since = None,
    until: options.Until = None,
    lang: options.Languages = None,
    together: options.Together = None,
    apart: options.Apart = None,
    mix_languages: options.MixLanguages = False,
    fetch_pages: options.FetchPages = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    config: options.Config = None,
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
