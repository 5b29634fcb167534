"""Settings to real edges: the one place that builds them."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing import templating
from briefing.data.article import Article
from briefing.data.document import Refusal
from briefing.data.template import Template
from briefing.edges import clock, files, reading, writing
from briefing.errors import ConfigError, OutputError, SourceError
from briefing.pipeline import clean_all
from briefing.ports import Progress
from briefing.settings import LimitSettings, Settings
from briefing.steps.explain import explain
from briefing.steps.select import Choice, select
from briefing.text.canonical import clean
from briefing.text.mention import is_mentioned
from briefing.text.moments import moment

if TYPE_CHECKING:
    from briefing.data.feed import Feed
    from briefing.edges.feeds import WebFeeds
    from briefing.ports import Crew, Entails
    from briefing.steps.verify import Finding, Sources, Weigher

_TEMPLATE_BYTES = 100_000

_WIDEST = 100
"""Columns beyond which a line is hard to read."""


class WeigherWhenAsked:
    """A `Weigher` whose steps and model are loaded when the first sentence comes."""

    def __init__(self, entails: "Entails | None") -> None:
        """Take the entailment model, or None where there is none."""
        self._entails = entails
        self.has_model = entails is not None

    def __call__(self, text: str, sources: "Sources", finding: "Finding") -> float:
        """Return how likely `sources` bear `text` out, where no check refuses it."""
        return self._weigher(text, sources, finding)

    def make_ready(self) -> None:
        """Load all of it now."""
        self._weigher.make_ready()

    @cached_property
    def _weigher(self) -> "Weigher":
        from briefing.edges.entailment import load_fusion
        from briefing.steps.verify import Weigher

        return Weigher(load_fusion(), self._entails)


@cache
def weigher() -> WeigherWhenAsked:
    """Return what weighs the sentences that the checks leave open; say where its model is missing.

    The model is read when the first such sentence comes.
    """
    from briefing.edges.entailment import entails_when_asked

    found = WeigherWhenAsked(entails_when_asked())
    if not found.has_model:
        typer.echo(
            "briefing: checked without the entailment model: onnxruntime and tokenizers cannot be "
            "imported",
            err=True,
        )
    return found


def crew() -> "Crew":
    """Return what checks as many sentences at once as there are processors to do it."""
    from briefing.edges.forks import Forks, free_processors

    return Forks(free_processors())


def template_source(name: str) -> str:
    """Return the `template.toml` of a template that comes with briefing, or of a folder.

    Raises:
        ConfigError: There is none of that name, and no such folder.
    """
    if Path(name).name == name and not (Path(name) / templating.FILE).is_file():
        return templating.source(name)
    path = str(Path(name) / templating.FILE)
    try:
        (raw,) = files.read([path], max_bytes=_TEMPLATE_BYTES, max_files=1).documents
        return raw.content.decode("utf-8")
    except (SourceError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"there is no template in {name!r}: {path!r} cannot be read.") from error


def template(name: str, *, words: int | None = None) -> Template:
    """Return the template called `name`, or the one in the folder of that path.

    With `words` it has about that length, which only running text can have set.

    Raises:
        ConfigError: There is none, it cannot be used, or it has no length to set.
    """
    found = templating.parse(template_source(name), name)
    return found if words is None else templating.of_length(found, words)


def templates(name: str, *, words: int | None = None) -> Callable[[Sequence[Article]], Template]:
    """Return what tells the template for the articles of a story: the one called `name`.

    With `auto` it hangs on the articles which one of those that come with briefing it is.

    Raises:
        ConfigError: As `template`.
    """
    if name != templating.AUTO:
        found = template(name, words=words)
        return lambda articles: found
    # Only a run that drafts has to choose.
    from briefing.steps.choose import choose

    known = {each: templating.template(each) for each in templating.CHOICES}
    if words is not None:
        known = {each: templating.of_length(one, words) for each, one in known.items()}
    return lambda articles: known[choose(articles)]


@contextmanager
def web(settings: Settings, *, on_wait: Callable[[], None] = lambda: None) -> Iterator["WebFeeds"]:
    """Lend what asks the web, within the limits; `on_wait` is called when a page is parsed."""
    # A run without the web does not wait for what fetches.
    from briefing.edges.feeds import WebFeeds
    from briefing.edges.sandbox import Sandbox
    from briefing.edges.web import Fetcher

    with Sandbox(settings.limits, on_wait=on_wait) as sandbox:
        yield WebFeeds(Fetcher(settings.fetch), settings.limits, sandbox)


def listed_feeds(lists: Sequence[str], limits: LimitSettings) -> "list[Feed]":
    """Return the feeds of OPML files, in their order.

    Raises:
        SourceError: A file cannot be read, or lists no feed.
    """
    from briefing.edges.parse import opml

    found: list[Feed] = []
    for path in lists:
        (raw,) = files.read([path], max_bytes=limits.file_bytes, max_files=1).documents
        feeds = opml.feeds(raw)
        if not feeds:
            raise SourceError(f"no feed is listed in {path!r}. Name an OPML file.")
        found += feeds
    return found


def _is_url(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def _documents(
    paths: Sequence[str], settings: Settings, *, fetch_pages: bool, on_wait: Callable[[], None]
) -> reading.Reading:
    urls = [path for path in paths if _is_url(path)]
    local = [path for path in paths if path not in urls]
    if not urls and not fetch_pages:
        return reading.read(local, settings.limits, on_wait=on_wait)
    with web(settings, on_wait=on_wait) as pages:
        documents, refused = pages.pages(urls)
        if local:
            found = reading.read(local, settings.limits, on_wait=on_wait)
            opened = pages.whole(found.documents) if fetch_pages else found.documents
            documents, refused = (*documents, *opened), (*refused, *found.refused)
    return reading.Reading(documents=documents, refused=refused)


def check_offline(paths: Sequence[str], *, fetch_pages: bool) -> None:
    """Make sure that a run which may not use the network is not told to.

    Raises:
        ConfigError: It is.
    """
    address = next((path for path in paths if _is_url(path)), None)
    if address is not None or fetch_pages:
        named = "`--fetch-pages`" if address is None else repr(address)
        raise ConfigError(f"a replayed run uses no network, and {named} is on the web. Save it.")


def read_articles(
    paths: Sequence[str],
    settings: Settings,
    *,
    fetch_pages: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the articles under `paths`, addresses on the web among them, and what was refused.

    With `fetch_pages` the pages of entries in saved feeds that are only summaries are asked for.
    `on_wait` is called when a process that parses is waited for.

    Raises:
        SourceError: There is no article at all.
    """
    found = _documents(paths, settings, fetch_pages=fetch_pages, on_wait=on_wait)
    articles, unusable = clean_all(found.documents, max_chars=settings.limits.article_chars)
    refused = (*found.refused, *unusable)
    if not articles:
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        raise SourceError(f"no article in {refused[0].source!r}{more}: {refused[0].reason}")
    return articles, refused


def report_damage(articles: Sequence[Article]) -> None:
    """Say on stderr what is wrong with the articles that are used, once for each file."""
    said = [(article, damage) for article in articles for damage in article.damage]
    alike = Counter((_file(article.source), damage) for article, damage in said)
    for article, damage in said:
        count = alike.pop((_file(article.source), damage), 0)
        if count:
            more = f" and {count - 1:,} more in the file" if count > 1 else ""
            typer.echo(f"briefing: {article.source!r}{more}: {damage}.", err=True)


def report_refused(refused: Sequence[Refusal]) -> None:
    """Say on stderr which sources gave no article: a line each, many alike in one file together."""
    alike = Counter((_file(one.source), one.reason) for one in refused)
    for one in refused:
        count = alike.pop((_file(one.source), one.reason), 0)
        if count:
            more = f" and {count - 1:,} more like it in the file" if count > 1 else ""
            typer.echo(f"briefing: left out {one.source!r}{more}: {one.reason}", err=True)


def report_missing(missing: Sequence[str], document: str = "") -> None:
    """Say on stderr what the document lacks; which one, where there are several."""
    which = f"partial {document}" if document else "partial"
    for one in missing:
        typer.echo(f"briefing: {which}: {one}", err=True)


def _file(source: str) -> str:
    """Return the file that a source with a number is in."""
    return source.rpartition("#")[0] or source


def choice(
    *,
    since: str | None,
    until: str | None,
    languages: Sequence[str] | None,
    most: int | None,
) -> Choice:
    """Return what the options choose.

    Raises:
        ConfigError: A language is no code, a day is none, or they are in the wrong order.
    """
    now = clock.now()
    first = None if since is None else moment(since, now, option="--since")
    last = None if until is None else moment(until, now, option="--until")
    codes = [code.lower() for each in languages or () for code in each.split(",")]
    wrong = next((code for code in codes if not re.fullmatch(r"[a-z]{2}|und", code)), None)
    if wrong is not None:
        raise ConfigError(f"--lang {wrong!r} is no language. Give two letters, such as en or ur.")
    if first and last and first > last:
        raise ConfigError(f"--since {since} is later than --until {until}.")
    return Choice(
        since=first.date() if first else None,
        until=last.date() if last else None,
        languages=frozenset(codes),
        most=most,
    )


def chosen(
    articles: Sequence[Article], choice: Choice
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the articles chosen, and those that cannot be judged; say how many are left out.

    Raises:
        SourceError: None is left.
    """
    selection = select(articles, choice)
    report_refused(selection.unknown)
    for reason, count in selection.left_out:
        typer.echo(
            f"briefing: left out {count:,} of {len(articles):,} articles: {reason}", err=True
        )
    if not selection.articles:
        raise SourceError(
            f"none of the {len(articles):,} articles is left. "
            "Loosen `--since`, `--until` or `--lang`."
        )
    return selection.articles, selection.unknown


def asked_about(focus: str | None, articles: Sequence[Article]) -> str | None:
    """Return what the reader asks about, or None; say on stderr where no article mentions it.

    Raises:
        ConfigError: It is given and holds no word.
    """
    if focus is None:
        return None
    words = clean(focus).strip()
    if not words:
        raise ConfigError("`--focus` is empty. Say what the reader asks about, or leave it out.")
    if not is_mentioned(words, (f"{article.title}\n{article.text}" for article in articles)):
        typer.echo(
            f"briefing: no article mentions {words!r}: what follows is what the articles tell",
            err=True,
        )
    return words


def report(articles: Sequence[Article]) -> None:
    """Say on stderr what each article is, and what cleaning took out of it."""
    typer.echo(explain(articles), err=True, nl=False)


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
        file = Path(_file(article.source))
        if any(
            files.is_same(output, place) for place in [Path(article.source), file, *file.parents]
        ):
            raise OutputError(
                f"cannot write {output!r}: it is one of the articles. Choose another name."
            )


def check_form(form: str, output: str | None) -> None:
    """See to it, before the work, that a form which is no text has a file and its package.

    Raises:
        ConfigError: Its package is not installed.
        OutputError: It would go to the terminal.
    """
    if form != "docx":
        return
    if find_spec("docx") is None:
        raise ConfigError(
            "a Word file needs the package 'python-docx'. Run: pip install 'briefing[docx]'"
        )
    if output is None:
        raise OutputError("a Word file is no text for a terminal. Name a file: -o briefing.docx")


def write(text: str | bytes, output: str | None) -> None:
    """Write the result to a file, whole or not at all, or to stdout.

    Raises:
        OutputError: The file cannot be written.
    """
    if output is None or output == files.STDIN:
        typer.echo(text, nl=False)
    else:
        writing.write_atomic(output, text)
