"""`briefing show` and `briefing diff`: look into briefings that were saved as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import forms, options
from briefing.cli.generate import Form

if TYPE_CHECKING:
    from briefing.data.article import Article
    from briefing.data.briefing import Briefing
    from briefing.settings import Settings


def show_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A saved JSON briefing; - for stdin.")
    ],
    sentence: Annotated[
        str | None,
        typer.Argument(metavar="[SENTENCE]", help="Id of one sentence, or how its text begins."),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--sources", "-s", help="Article files or folders; else where it was made from."
        ),
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", "-f", help=forms.HELP, show_default="term")
    ] = None,
    headings: options.Headings = None,
    output: options.Output = None,
    config: options.Config = None,
) -> None:
    """Print a saved briefing in any form, or one sentence with its evidence in context.

    Nothing is checked again: `briefing verify` does that.

    Example: briefing show visit.json --format html -o visit.html

    Example: briefing show visit.json "Bilateral trade reached"
    """
    from briefing.cli import wiring
    from briefing.edges import files, settings_file, writing
    from briefing.errors import SourceError
    from briefing.steps import render
    from briefing.steps.show import show

    configuration = settings_file.load(config=config, overrides={"draft.headings": headings})
    settings = configuration.settings
    chosen = form or forms.form_of(output, among=Form, otherwise=Form.TERM)
    if sentence is None:
        wiring.check_form(chosen.value, output)
    if output is not None and output != files.STDIN:
        writing.check_writable(output)
    briefing = _saved(file, settings)
    articles = _articles(briefing, sources, settings)
    if sentence is None:
        width, colour = wiring.terminal()
        text: str | bytes = render.render(
            briefing,
            form=render.Form(chosen.value),
            articles=articles,
            width=width,
            colour=colour,
            headings=settings.draft.headings,
        )
    else:
        found = [
            one
            for one in briefing.sentences
            if one.id == sentence or one.text.lower().startswith(sentence.lower())
        ]
        if not found:
            raise SourceError(
                f"no sentence of {file!r} has the id {sentence!r} or begins so. The ids stand in "
                "its JSON."
            )
        by_id = {article.id: article for article in articles}
        text = "\n".join(show(one, briefing, by_id) for one in found)
    wiring.write(text, output)


def diff_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A saved JSON briefing.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A later one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    output: options.Output = None,
    config: options.Config = None,
) -> None:
    """Tell what a later briefing says that an earlier one did not.

    Sentences are compared by what they tell, not by their ids: other words for the same are no
    change, another amount, date, name or status is.

    Example: briefing diff monday.json tuesday.json
    """
    from briefing.cli import wiring
    from briefing.edges import files, settings_file, writing
    from briefing.steps.diff import diff
    from briefing.steps.tell import tell

    settings = settings_file.load(config=config).settings
    if output is not None and output != files.STDIN:
        writing.check_writable(output)
    changes = diff(_saved(old, settings), _saved(new, settings))
    wiring.write(changes.model_dump_json(indent=2) + "\n" if as_json else tell(changes), output)


def _saved(file: str, settings: "Settings") -> "Briefing":
    from briefing import checking
    from briefing.data.briefing import Briefing
    from briefing.edges import files, reading
    from briefing.errors import SourceError

    limits = settings.limits
    (raw,) = files.read([file], max_bytes=limits.file_bytes, max_files=1).documents
    found = checking.read_checkable(reading.checkable(raw, limits), max_chars=limits.article_chars)
    if not isinstance(found, Briefing):
        raise SourceError(f"{file!r} is no saved briefing. `briefing generate -f json` makes one.")
    return found


def _articles(
    briefing: "Briefing", sources: list[str] | None, settings: "Settings"
) -> "tuple[Article, ...]":
    """Return those of the briefing's articles that are at hand, unchanged."""
    from briefing.cli import wiring
    from briefing.errors import SourceError

    wanted = {article.id for article in briefing.articles}
    named = [article.path for article in briefing.articles if article.path]
    paths = sources or [path for path in map(_file, named) if Path(path).exists()]
    if not paths:
        return ()
    try:
        articles, refused = wiring.read_articles(list(dict.fromkeys(paths)), settings)
    except SourceError:
        if sources:
            raise
        return ()
    if sources:
        wiring.report_refused(refused)
    return tuple(article for article in articles if article.id in wanted)


def _file(source: str) -> str:
    """Return the file that an article of a mailbox, feed or archive was in."""
    return source if Path(source).exists() else source.rpartition("#")[0] or source
