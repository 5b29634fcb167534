"""`briefing verify`: check sentences, or a saved briefing, against sources."""

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import forms, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.edges.settings_file import Configuration
    from briefing.judges import ModelJudge

NOT_SUPPORTED = 3


class Form(StrEnum):
    """The forms that verdicts can be printed in."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"


def verify_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A saved JSON briefing, JSONL of {id, claim}, or any text; - for stdin.",
        ),
    ],
    sources: Annotated[
        list[str],
        typer.Option("--sources", "-s", help="Article files or folders.", metavar="DIR"),
    ],
    form: Annotated[
        Form | None, typer.Option("--format", "-f", help=forms.HELP, show_default="text")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", "--out", help="File to write instead of stdout.", metavar="FILE"
        ),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(
            "--judge",
            help="Chat model that is asked about what the checks cannot tell, nothing else.",
            metavar="NAME",
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Of the judge's OpenAI-compatible server.", metavar="URL"),
    ] = None,
    config: options.Config = None,
) -> None:
    """Check every sentence against the sources; without --judge offline, and with no chat model.

    A saved briefing is checked against the spans it cites; for other text the best spans are
    looked for. A line of JSON may name its own `sources` among these. Exit codes: 0 all
    supported, 3 something is not, 4 no usable input.

    Example: briefing verify visit.json --sources examples/visit

    Example: briefing verify claims.jsonl --sources articles/ --format html --out report.html
    """
    from briefing import checking
    from briefing.cli import wiring
    from briefing.edges import files, reading, settings_file, writing
    from briefing.steps.report import ReportForm, report

    chosen = (
        Form.JSON if as_json else form or forms.form_of(output, among=Form, otherwise=Form.TEXT)
    )
    configuration = settings_file.load(config=config, overrides={"model.base_url": base_url})
    if output is not None and output != files.STDIN:
        writing.check_writable(output)
    limits = configuration.settings.limits
    (raw,) = files.read([file], max_bytes=limits.file_bytes, max_files=1).documents
    document = reading.checkable(raw, limits)
    checked = checking.read_checkable(document, max_chars=limits.article_chars)
    articles, refused = wiring.read_articles(sources, configuration.settings)
    wiring.report_refused(refused)
    with _lent(judge, configuration) as asked, wiring.progress() as progress:
        progress("checking")
        result = checking.verify_document(
            checked,
            articles,
            weigh=wiring.weigher(),
            judge=asked,
            crew=wiring.crew() if checking.is_weighed(checked) else None,
        )
    wiring.write(report(result, articles, form=ReportForm(chosen.value)), output)
    raise typer.Exit(0 if result.holds else NOT_SUPPORTED)


@contextmanager
def _lent(judge: str | None, configuration: "Configuration") -> "Iterator[ModelJudge | None]":
    if judge is None:
        yield None
        return
    # Without a judge no model is asked, and nothing is loaded that asks one.
    from briefing.cli import models

    with models.lent(configuration, judge=judge) as asked:
        yield asked.judge()
