"""`briefing generate`: articles in, a checked briefing out."""

from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import forms, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.data.article import Article
    from briefing.pipeline import Run

PARTIAL = 5
WITHHELD = 3


class Form(StrEnum):
    """The forms that a briefing can be printed in."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    JSON = "json"
    TEXT = "text"
    DOCX = "docx"


_SUFFIXES = {form: form.value for form in Form} | {Form.TERM: "txt", Form.TEXT: "txt"}


def generate_command(
    context: typer.Context,
    paths: options.Paths = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", "-m", help="Name of a chat model, or `extractive` for none.", metavar="NAME"
        ),
    ] = None,
    base_url: options.BaseUrl = None,
    profile: options.Profile = None,
    judge: Annotated[
        str | None,
        typer.Option(
            "--judge",
            help="Chat model that is asked about sentences that the checks cannot tell.",
            metavar="NAME",
        ),
    ] = None,
    focus: options.Focus = None,
    from_library: options.FromLibrary = False,
    about: options.About = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            "-t",
            help="auto (visit or story, as the articles suggest), visit, story, summary, digest, "
            "or a folder with a template.",
            metavar="NAME",
        ),
    ] = None,
    budget: options.Budget = None,
    parts: options.Parts = None,
    words: Annotated[
        int | None,
        typer.Option(
            "--words", help="With --template summary: about so many words.", min=1, metavar="N"
        ),
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    lang: options.Languages = None,
    max_articles: Annotated[
        int | None, typer.Option("--max-articles", help="Only the newest so many.", min=1)
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help="Only this story: a number or an id that `briefing groups` prints.",
            metavar="N|ID",
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--all", help="A briefing of each story, into the folder --out.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", help="Folder for the briefings of --all.", metavar="DIR"),
    ] = None,
    together: options.Together = None,
    apart: options.Apart = None,
    mix_languages: options.MixLanguages = False,
    fetch_pages: options.FetchPages = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="List on stderr what each article is and lost."),
    ] = False,
    form: Annotated[
        Form | None, typer.Option("--format", "-f", help=forms.HELP, show_default="term")
    ] = None,
    headings: options.Headings = None,
    output: options.Output = None,
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
    batch: Annotated[
        bool,
        typer.Option("--batch", help="Ask by the provider's Batch API: cheaper, and within a day."),
    ] = False,
    batch_wait: Annotated[
        float | None,
        typer.Option(
            "--batch-wait",
            help="With --batch: wait so long at most, then exit 7; run again to collect.",
            min=0,
            metavar="SECONDS",
        ),
    ] = None,
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
    config: options.Config = None,
) -> None:
    """Write a briefing of news articles, every sentence checked against its sources.

    Without a model the sentences are taken from the articles themselves: no key, no network.
    Exit codes: 0 done, 1 failure, 2 usage or settings, 3 withheld (--strict), 4 no usable
    input, 5 done but something was left out, 6 not what was recorded (--replay), 7 what was sent
    waits for its answers (--batch): run the same again.

    Example: briefing generate examples/visit --format md -o visit.md

    Example: briefing generate --library --since 24h --about "Pakistan Russia"

    Example: briefing generate articles/ --all --out briefings/ --format md
    """
    if not paths and not from_library:
        raise typer.BadParameter("name article files, or add --library", context, None, "PATH...")
    from briefing import pipeline
    from briefing.cli import effects, model_settings, models, servers, shelf, sorting, wiring
    from briefing.cli.tape import Tape
    from briefing.edges import settings_file, writing
    from briefing.text.phrases import phrases

    chosen = form or forms.form_of(output, among=Form, otherwise=Form.TERM)
    sorting.check_options(
        group=group,
        each=each,
        out=out,
        alone={"-o": output, "--save-run": save_run},
        dry=dry_run,
        is_pinned=bool(together or apart),
    )
    is_sorted = group is not None or each
    effects.check(
        effects.of_pages(
            batch=batch,
            batch_wait=batch_wait,
            mix_languages=mix_languages,
            is_sorted=is_sorted,
            fetch_pages=fetch_pages,
            has_files=bool(paths),
            headings=headings,
            is_json=chosen is Form.JSON,
        )
    )
    configuration = settings_file.load(
        config=config,
        overrides={
            "model.name": model,
            "model.base_url": base_url,
            "draft.template": template,
            "draft.budget_tokens": budget,
            "draft.parts": parts,
            "draft.prompts": prompts,
            "draft.headings": headings,
            "steps.profile": profile,
            "spending.max_usd": max_cost,
            "spending.max_tokens": max_tokens,
            "batch.wait_s": batch_wait,
            "cache.enabled": False if no_cache else None,
        },
    )
    settings = configuration.settings
    no_model = replay is None and judge is None and model_settings.asks_none(configuration)
    effects.check(
        effects.of_models(
            has_model=not no_model, record=record, base_url=base_url, parts=parts, prompts=prompts
        )
    )
    shelf.check_narrowed(from_library=from_library, narrowed=(about,))
    tape = Tape(record=record, replay=replay)
    template_for = wiring.templates(settings.draft.template, words=words)
    wiring.check_form(chosen.value, output or out)
    phrases(settings.draft.headings)  # A language without headings is told of before the work.
    _check_outputs(output, save_run, out)
    tape.check(paths or (), fetch_pages=fetch_pages, is_batch=batch)
    choice = wiring.choice(since=since, until=until, languages=lang, most=max_articles)
    with models.loading(settings, is_asked=not (no_model or dry_run)) as ahead:
        articles, refused = shelf.gather(
            paths,
            settings,
            from_library=from_library,
            since=since,
            about=about,
            fetch_pages=fetch_pages,
            on_wait=ahead.begin,
        )
    wiring.report_refused(refused)
    articles, undated = wiring.chosen(articles, choice)
    refused += undated
    (wiring.report if explain else wiring.report_damage)(articles)
    if output is not None:
        wiring.check_no_source(output, articles)
    if not is_sorted:
        sorting.warn_of_several(articles)
        stories: tuple[tuple[Article, ...], ...] = (articles,)
    else:
        stories = sorting.sort(
            articles,
            settings,
            is_library=not paths,
            together=together,
            apart=apart,
            mix_languages=mix_languages,
        ).chosen(group)
    asked_about = wiring.asked_about(focus, [one for story in stories for one in story])
    done = PARTIAL if refused else 0
    with models.lent(
        configuration,
        may_ask=not dry_run,
        tape=tape,
        judge=judge,
        is_batch=batch and not dry_run,
    ) as asked:
        model_settings.report_key_use(configuration)

        def assignment(story: "Sequence[Article]") -> pipeline.Assignment:
            return pipeline.Assignment(
                template=template_for(story),
                focus=asked_about,
                budget_tokens=settings.draft.budget_tokens,
                drafter=asked.drafter(),
                count=servers.token_counter(asked.choice.settings("draft")),
                parts=settings.draft.parts,
                window_tokens=asked.window_tokens(),
                weigh=wiring.weigher(),
                judge=asked.judge(),
                aside=asked.aside,
            )

        if dry_run:
            wiring.write(pipeline.dry_run(stories[0], assignment(stories[0])), output)
            raise typer.Exit(done)
        asked.aside(partial(import_module, "briefing.steps.render"))
        with wiring.progress() as progress:
            if out is None:
                run = pipeline.generate(stories[0], assignment(stories[0]), progress=progress)
            else:
                written = sorting.brief_each(
                    stories,
                    lambda story: pipeline.generate(story, assignment(story), progress=progress),
                    lambda run: (
                        None
                        if strict and run.briefing.counts.dropped
                        else _shown(run, chosen, settings.draft.headings)
                    ),
                    crew=asked.crew_of_stories(),
                    folder=out,
                    suffix=_SUFFIXES[chosen],
                )
    if out is not None:
        raise typer.Exit(written.exit_code or done)
    wiring.report_missing(run.briefing.missing)
    if save_run is not None:
        writing.save_run(save_run, pipeline.saved(run))
    if strict and run.briefing.counts.dropped:
        typer.echo(f"briefing: withheld: {_failed(run)}", err=True)
        raise typer.Exit(WITHHELD)
    wiring.write(_shown(run, chosen, settings.draft.headings), output)
    raise typer.Exit(PARTIAL if run.briefing.missing else done)


def _check_outputs(output: str | None, save_run: str | None, out: str | None) -> None:
    from briefing.edges import files, writing

    if output is not None and output != files.STDIN:
        writing.check_writable(output)
    if save_run is not None:
        writing.check_run_folder(save_run)
    if out is not None:
        writing.make_folder(out)


def _shown(run: "Run", form: Form, headings: str) -> str | bytes:
    from briefing.cli import wiring
    from briefing.steps import render

    width, colour = wiring.terminal()
    return render.render(
        run.briefing,
        form=render.Form(form.value),
        articles=run.story.articles,
        width=width,
        colour=colour,
        headings=headings,
    )


def _failed(run: "Run") -> str:
    first = run.briefing.dropped[0]
    return f"{run.briefing.counts.dropped} drafted sentences failed; the first: {first.reason}"
