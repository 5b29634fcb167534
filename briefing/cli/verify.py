"""`briefing verify`: check sentences, or a saved briefing, against sources."""

from typing import Annotated

import typer

NOT_SUPPORTED = 3


def verify_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A saved JSON briefing, JSONL of {id, text}, or any text; - for stdin.",
        ),
    ],
    sources: Annotated[
        list[str],
        typer.Option("--sources", "-s", help="Article files or folders.", metavar="DIR"),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="File to write instead of stdout.", metavar="FILE"),
    ] = None,
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Check every sentence against the sources; offline, with no model.

    A saved briefing is checked against the spans it cites; for other text the best spans are
    looked for. Exit codes: 0 all supported, 3 something is not, 4 no usable input.

    Example: briefing verify visit.json --sources examples/visit
    """
    from briefing import checking
    from briefing.cli import wiring
    from briefing.edges import files, reading, settings_file
    from briefing.steps.report import report

    settings = settings_file.load(config=config).settings
    if output is not None and output != files.STDIN:
        files.check_writable(output)
    limits = settings.limits
    (raw,) = files.read([file], max_bytes=limits.file_bytes, max_files=1).documents
    document = reading.checkable(raw, limits)
    checked = checking.read_checkable(document, max_chars=limits.article_chars)
    articles, refused = wiring.read_articles(sources, settings)
    wiring.report_refused(refused)
    with wiring.progress() as progress:
        progress("checking")
        result = checking.verify_document(checked, articles)
    text = result.model_dump_json(indent=2) + "\n" if as_json else report(result, articles)
    wiring.write(text, output)
    raise typer.Exit(0 if result.holds else NOT_SUPPORTED)
