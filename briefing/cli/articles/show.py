"""`briefing articles show`: one article, whole."""

from typing import Annotated

import typer

from briefing.cli import options


def show_command(
    article: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how that begins.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    config: options.Config = None,
) -> None:
    """Print an article of the library, where it came from, and the versions of its page.

    Exit codes: 0 done, 4 no such article.

    Example: briefing articles show 6ed2f04c1b3a
    """
    from briefing.cli import shelf
    from briefing.edges import settings_file
    from briefing.steps.catalogue import whole

    with shelf.opened(settings_file.load(config=config).settings.library) as library:
        kept = library.get(article)
        versions = library.versions(kept.article.url) if kept.article.url else ()
    typer.echo(whole(kept, versions, as_json=as_json), nl=False)
