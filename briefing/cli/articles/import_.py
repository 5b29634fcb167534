"""`briefing articles import`: articles into the library."""

from typing import Annotated

import typer

from briefing.cli import options

PARTIAL = 5


def import_command(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Article files or folders of them; - for stdin."),
    ],
    config: options.Config = None,
) -> None:
    """Bring articles into the library; one that is there already changes nothing.

    It may be stopped at any time and begun again. Exit codes: 0 done, 4 no usable input,
    5 done but some input was left out.

    Example: briefing articles import examples/visit
    """
    from briefing.cli import shelf, wiring
    from briefing.edges import settings_file

    settings = settings_file.load(config=config).settings
    with shelf.opened(settings.library) as library:
        articles, refused = wiring.read_articles(paths, settings)
        wiring.report_refused(refused)
        with wiring.progress() as progress:
            progress(f"keeping {len(articles):,} articles")
            added = library.add(articles, also_forgotten=True)
        shelf.forget_old(library, settings.library)
    typer.echo(f"{added.new:,} new, {added.changed:,} changed, {added.known:,} known")
    raise typer.Exit(PARTIAL if refused else 0)
