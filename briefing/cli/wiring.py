"""Settings to real edges: the one place that builds them."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from briefing.data.article import Article, Refusal
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.edges import files
from briefing.edges.model_list import served_models
from briefing.edges.openai_chat import OpenAIChat
from briefing.edges.settings_file import Configuration
from briefing.edges.tokens import Tokens
from briefing.errors import ConfigError, OutputError, SourceError
from briefing.pipeline import clean_all
from briefing.ports import Drafter, Progress
from briefing.settings import LimitSettings, ModelSettings

_WIDEST = 100
"""Columns beyond which a line is hard to read."""


def chosen_model(configuration: Configuration, *, may_ask: bool) -> ModelSettings:
    """Return the model settings, with the name that the server gives where the user gave none.

    A key alone chooses nothing: it may be there for another program. Where the server may not be
    asked, its model stays nameless.

    Raises:
        ConfigError: The server has several models, and one has to be chosen.
        ModelUnavailable: The server does not list its models.
    """
    model = configuration.settings.model
    if "model.name" in configuration.origins or model.base_url is None:
        return model
    if not may_ask:
        return model.model_copy(update={"name": "(whichever the server has)"})
    key = model.api_key.get_secret_value() if model.api_key else ""
    served = served_models(key, model.base_url)
    if len(served) != 1:
        named = ", ".join(map(repr, served[:8])) or "none"
        raise ConfigError(
            f"{model.base_url} has {len(served)} models ({named}). Choose one with `--model` or "
            "BRIEFING_MODEL, or `--model extractive` for none."
        )
    return model.model_copy(update={"name": served[0]})


def drafter(settings: ModelSettings) -> Drafter:
    """Return the drafter that the settings choose.

    Raises:
        ConfigError: There is no address or key for the model, or it cannot be used.
    """
    if settings.is_extractive:
        return ExtractiveDrafter()
    if not settings.has_endpoint:
        raise ConfigError(
            f"nothing says where the model {settings.name!r} answers. Set OPENAI_API_KEY, or "
            "OPENAI_BASE_URL or `--base-url` for a server of your own."
        )
    key = settings.api_key.get_secret_value() if settings.api_key else ""
    chat = OpenAIChat(
        key,
        settings.base_url,
        timeout_s=settings.timeout_s,
        tries=settings.tries,
        reply_bytes=settings.max_reply_bytes,
    )
    return ModelDrafter(chat, settings.name, price=settings.cost_usd)


def token_counter(settings: ModelSettings) -> Tokens:
    """Return what counts tokens for the model that the settings choose."""
    return Tokens(None if settings.is_extractive else settings.name)


def read_articles(
    paths: Sequence[str], limits: LimitSettings
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the articles under `paths`, and what was refused on the way.

    Raises:
        SourceError: There is no article at all.
    """
    found = files.read(paths, max_bytes=limits.file_bytes, max_files=limits.files)
    articles, unusable = clean_all(found.documents, max_chars=limits.article_chars)
    refused = (*found.refused, *unusable)
    if not articles:
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        raise SourceError(f"no article in {refused[0].source!r}{more}: {refused[0].reason}")
    return articles, refused


def report_damage(articles: Sequence[Article]) -> None:
    """Say on stderr, a line each, what is wrong with the articles that are used."""
    for article in articles:
        for damage in article.damage:
            typer.echo(f"briefing: {article.source!r}: {damage}.", err=True)


def report_key_use(configuration: Configuration, model: ModelSettings) -> None:
    """Say on stderr where the key goes, if a file beside the articles may have chosen it."""
    origin = configuration.origins.get("model.base_url", "")
    if origin.endswith(".toml") and model.api_key is not None and not model.is_extractive:
        typer.echo(
            f"briefing: OPENAI_API_KEY goes to {model.base_url}, as {origin!r} says", err=True
        )


def report_refused(refused: Sequence[Refusal]) -> None:
    """Say on stderr, a line each, which sources gave no article."""
    for one in refused:
        typer.echo(f"briefing: left out {one.source!r}: {one.reason}", err=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Show the step at work on stderr, where that is a terminal; else stay silent."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield lambda step: status.update(f"{step} …")


def terminal() -> tuple[int, bool]:
    """Return the width to print to on stdout, and whether colour may be used."""
    if not sys.stdout.isatty():
        return 80, False
    from rich.console import Console

    console = Console()  # Knows NO_COLOR, TERM and the width of the window.
    return min(console.width, _WIDEST), console.color_system is not None and not console.no_color


def check_no_source(output: str, articles: Sequence[Article]) -> None:
    """Make sure that the result does not take the place of an article.

    Raises:
        OutputError: It would.
    """
    for article in articles:
        if files.is_same(output, article.source):
            raise OutputError(
                f"cannot write {output!r}: it is one of the articles. Choose another name."
            )


def write(text: str, output: str | None) -> None:
    """Write the result to a file, whole or not at all, or to stdout.

    Raises:
        OutputError: The file cannot be written.
    """
    if output is None or output == files.STDIN:
        typer.echo(text, nl=False)
    else:
        files.write_atomic(output, text)
