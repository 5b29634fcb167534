"""`briefing doctor`: whether the model that is set can be used, and for what."""

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from briefing.cli.checkup import Row

_UNUSABLE = 1


def doctor_command(
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="Look at [profiles.NAME] alone.", metavar="NAME"),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="Name of a chat model.", metavar="NAME")
    ] = None,
    base_url: options.BaseUrl = None,
    dns: Annotated[
        bool,
        typer.Option("--dns", help="Ask DNS whether mails of `smtp.sender` can be believed."),
    ] = False,
    dkim_selector: Annotated[
        str | None,
        typer.Option("--dkim-selector", help="Which key --dns looks at.", metavar="NAME"),
    ] = None,
    config: options.Config = None,
) -> None:
    """Try the models that are set: reached, JSON, window, usage, and what they can draft.

    Makes up to five short calls to each. Exits 1 where one cannot be used. With no model set,
    sentences are taken from the articles: that needs nothing.

    Where `smtp.sender` is set, says which DNS records let others believe its mails: SPF, DKIM,
    DMARC. Only `--dns` looks at them, with `pip install 'briefing[dns]'`; what it finds does not
    change the exit code.

    Example: briefing doctor --profile local
    """
    from briefing.cli import checkup, mail_checkup, model_settings, models
    from briefing.edges import settings_file

    configuration = settings_file.load(
        config=config,
        overrides={
            "model.name": model,
            "model.base_url": base_url,
            "steps.profile": profile,
            "steps.draft": profile,
            "cache.enabled": False,
        },
    )
    with models.lent(configuration) as asked:
        model_settings.report_key_use(configuration)
        rows = checkup.checkup(asked, alone=profile is not None)
    if profile is None:
        smtp = configuration.settings.smtp
        rows += mail_checkup.mail_rows(smtp, selector=dkim_selector, has_dns=dns)
    width = max(len(row.what) for row in rows)
    for row in rows:
        typer.echo(f"{_MARKS[row.is_ok]:<4}{row.what:<{width}}  {row.found}")
    advice = [row.advice for row in rows if row.advice]
    if advice:
        typer.echo("\n" + "\n".join(advice))
    raise typer.Exit(_UNUSABLE if _is_unusable(rows) else 0)


_MARKS = {True: "ok", False: "NO", None: "-"}


def _is_unusable(rows: "tuple[Row, ...]") -> bool:
    return any(row.is_ok is False and row.is_needed for row in rows)
