"""`briefing estimate`: what a run would cost."""

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.edges.purse import PurseMeter
    from briefing.ports import ChatRequest
    from briefing.settings import Step
    from briefing.steps.estimate import Estimate

_PARTIAL = 5


def estimate_command(
    context: typer.Context,
    paths: options.Paths = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="Name of a chat model.", metavar="NAME")
    ] = None,
    base_url: options.BaseUrl = None,
    profile: options.Profile = None,
    focus: options.Focus = None,
    from_library: options.FromLibrary = False,
    about: options.About = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only articles of this age at most.", metavar="24h|7d|DATE"),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            "-t",
            help="auto (visit or story, as the articles suggest), visit, story, summary, or a "
            "folder with a template.",
            metavar="NAME",
        ),
    ] = None,
    budget: options.Budget = None,
    parts: options.Parts = None,
    batch: Annotated[
        bool, typer.Option("--batch", help="At the price of the provider's Batch API.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: options.Config = None,
) -> None:
    """Print the calls, tokens and price of the exact prompts that `generate` would send.

    No call is made. A repair of sentences that fail is not known before the draft, and not in it.

    Example: briefing estimate examples/visit --profile openai
    """
    if not paths and not from_library:
        raise typer.BadParameter("name article files, or add --library", context, None, "PATH...")
    from briefing import pipeline
    from briefing.cli import models, servers, shelf, wiring
    from briefing.edges import settings_file
    from briefing.steps.estimate import estimate

    configuration = settings_file.load(
        config=config,
        overrides={
            "model.name": model,
            "model.base_url": base_url,
            "steps.profile": profile,
            "draft.template": template,
            "draft.budget_tokens": budget,
            "draft.parts": parts,
        },
    )
    settings = configuration.settings
    shelf.check_narrowed(from_library=from_library, narrowed=(about,))
    template_for = wiring.templates(settings.draft.template)
    choice = wiring.choice(since=since, until=None, languages=None, most=None)
    articles, refused = shelf.gather(
        paths, settings, from_library=from_library, since=since, about=about, fetch_pages=False
    )
    wiring.report_refused(refused)
    articles, undated = wiring.chosen(articles, choice)
    with models.lent(configuration, may_ask=False, is_batch=batch) as asked:
        count = servers.token_counter(asked.choice.settings("draft"))
        assignment = pipeline.Assignment(
            template=template_for(articles),
            focus=wiring.asked_about(focus, articles),
            budget_tokens=settings.draft.budget_tokens,
            drafter=asked.drafter(),
            count=count,
            parts=settings.draft.parts,
            window_tokens=asked.window_tokens(),
        )
        brief, _ = pipeline.prepare(articles, assignment)
        requests = pipeline.requests_for(brief, assignment.drafter)
        step: Step = "map" if brief.evidence.parts else "draft"
        found = _estimated(requests, asked.meter(step)) if requests else estimate(())
    typer.echo(_as_json(found) if as_json else _as_text(found, count.note))
    raise typer.Exit(_PARTIAL if refused or undated else 0)


def _estimated(requests: "Sequence[ChatRequest]", meter: "PurseMeter") -> "Estimate":
    from briefing.data.spending import usd
    from briefing.steps.estimate import CallEstimate, estimate

    return estimate(
        [
            CallEstimate(
                step=worst.step,
                model=worst.model,
                prompt_tokens=worst.prompt_tokens,
                completion_tokens=worst.completion_tokens,
                cost_usd=None if worst.cost is None else usd(worst.cost),
            )
            for worst in map(meter.worst, requests)
        ]
    )


def _as_json(found: "Estimate") -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(found), indent=2)


def _as_text(found: "Estimate", note: str) -> str:
    if not found.calls:
        return "no call: the sentences are taken from the articles themselves"
    lines = [
        f"{number}  {call.step} with {call.model}: {call.prompt_tokens:,} tokens in, at most "
        f"{call.completion_tokens:,} out, {_money(call.cost_usd)}"
        for number, call in enumerate(found.calls, start=1)
    ]
    count = f"{len(found.calls):,} {'call' if len(found.calls) == 1 else 'calls'}"
    lines.append(
        f"{count}, {found.prompt_tokens:,} tokens in, at most {found.completion_tokens:,} out, "
        f"{_money(found.cost_usd)}; a repair of what fails comes on top"
    )
    return "\n".join([*lines, note])


def _money(cost_usd: float | None) -> str:
    return "price not set" if cost_usd is None else f"at most USD {cost_usd:.4f}"
