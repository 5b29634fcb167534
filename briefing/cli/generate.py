"""`briefing generate`: articles in, a checked briefing out."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from briefing.pipeline import Run

PARTIAL = 5
WITHHELD = 3


class Form(StrEnum):
    """The forms that a briefing can be printed in."""

    TERM = "term"
    MD = "md"
    JSON = "json"
    TEXT = "text"


def generate_command(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, folders or patterns; - for stdin."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", "-m", help="Name of a chat model, or `extractive` for none.", metavar="NAME"
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Of an OpenAI-compatible server.", metavar="URL"),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="A model under [profiles.NAME].", metavar="NAME"),
    ] = None,
    focus: Annotated[
        str | None, typer.Option("--focus", help="What the reader asks about.", metavar="TEXT")
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
    template: Annotated[
        str | None, typer.Option("--template", "-t", help="visit or story.", metavar="NAME")
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(
            "--budget", help="Most tokens of source text to draft from.", min=1, metavar="TOKENS"
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
    max_articles: Annotated[
        int | None, typer.Option("--max-articles", help="Only the newest so many.", min=1)
    ] = None,
    fetch_pages: Annotated[
        bool,
        typer.Option(
            "--fetch-pages", help="Ask the web for the pages of summaries in saved feeds."
        ),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="List on stderr what each article is and lost."),
    ] = False,
    form: Annotated[Form, typer.Option("--format", "-f", help="Form of the output.")] = Form.TERM,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="File to write instead of stdout.", metavar="FILE"),
    ] = None,
    save_run: Annotated[
        str | None,
        typer.Option(
            "--save-run", help="Keep articles, prompts, replies and result here.", metavar="DIR"
        ),
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option("--max-cost", help="Most to spend on this run.", min=0, metavar="USD"),
    ] = None,
    max_tokens: Annotated[
        int | None,
        typer.Option("--max-tokens", help="Most tokens to send and receive in this run.", min=0),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Ask anew, and keep no reply.")
    ] = False,
    record: Annotated[
        str | None,
        typer.Option("--record", help="Record what the model's server says.", metavar="FILE"),
    ] = None,
    replay: Annotated[
        str | None,
        typer.Option("--replay", help="Play a recording; use no network.", metavar="FILE"),
    ] = None,
    prompts: Annotated[
        str | None,
        typer.Option("--prompts", help="Folder of prompts to use in place of ours.", metavar="DIR"),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print the exact prompts and their tokens; call nothing."),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Withhold the document (exit 3) if a drafted sentence failed."
        ),
    ] = False,
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Write a briefing of news articles, every sentence checked against its sources.

    Without a model the sentences are taken from the articles themselves: no key, no network.
    Exit codes: 0 done, 1 failure, 2 usage or settings, 3 withheld (--strict), 4 no usable
    input, 5 done but something was left out, 6 not what was recorded (--replay).

    Example: briefing generate examples/visit --format md -o visit.md

    Example: briefing generate --library --since 24h --about "Pakistan Russia"
    """
    if not paths and not from_library:
        raise typer.BadParameter("name article files, or add --library", context, None, "PATH...")
    from briefing import pipeline
    from briefing.cli import models, servers, shelf, wiring
    from briefing.edges import files, settings_file
    from briefing.steps import render
    from briefing.templating import template as load_template
    from briefing.text.canonical import clean

    configuration = settings_file.load(
        config=config,
        overrides={
            "model.name": model,
            "model.base_url": base_url,
            "draft.template": template,
            "draft.budget_tokens": budget,
            "draft.prompts": prompts,
            "steps.profile": profile,
            "spending.max_usd": max_cost,
            "spending.max_tokens": max_tokens,
            "cache.enabled": False if no_cache else None,
        },
    )
    settings = configuration.settings
    shelf.check_narrowed(from_library=from_library, narrowed=(about,))
    tape = models.Tape(record=record, replay=replay)
    plan = load_template(settings.draft.template)
    if output is not None and output != files.STDIN:
        files.check_writable(output)
    if save_run is not None:
        files.check_run_folder(save_run)
    if replay is not None:
        wiring.check_offline(paths or (), fetch_pages=fetch_pages)
    choice = wiring.choice(since=since, until=until, languages=lang, most=max_articles)
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
    refused += undated
    if explain:
        wiring.report(articles)
    else:
        wiring.report_damage(articles)
    if output is not None:
        wiring.check_no_source(output, articles)
    with models.lent(configuration, may_ask=not dry_run, tape=tape) as asked:
        asked.report_key_use()
        assignment = pipeline.Assignment(
            template=plan,
            focus=clean(focus).strip() if focus else None,
            budget_tokens=settings.draft.budget_tokens,
            drafter=asked.drafter(),
            count=servers.token_counter(asked.settings("draft")),
        )
        if dry_run:
            wiring.write(pipeline.dry_run(articles, assignment), output)
            raise typer.Exit(PARTIAL if refused else 0)
        with wiring.progress() as progress:
            run = pipeline.generate(articles, assignment, progress=progress)
    wiring.report_missing(run.briefing.missing)
    if save_run is not None:
        files.save_run(save_run, pipeline.saved(run))
    if strict and run.briefing.counts.dropped:
        typer.echo(f"briefing: withheld: {_failed(run)}", err=True)
        raise typer.Exit(WITHHELD)
    width, colour = wiring.terminal()
    wiring.write(
        render.render(run.briefing, form=render.Form(form.value), width=width, colour=colour),
        output,
    )
    raise typer.Exit(PARTIAL if refused or run.briefing.missing else 0)


def _failed(run: "Run") -> str:
    first = run.briefing.dropped[0]
    return f"{run.briefing.counts.dropped} drafted sentences failed; the first: {first.reason}"
