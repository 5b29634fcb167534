"""Settings to digests: what `wiring` is for the rest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from briefing import grouping
from briefing.cli import models, servers, shelf, wiring
from briefing.data.address import Mailbox
from briefing.data.article import Article
from briefing.data.digest import Due
from briefing.data.feed import Feed
from briefing.data.subscriber import Deed, Subscriber
from briefing.digest import consent
from briefing.digest.mail import mailto
from briefing.digest.running import Desk, Round
from briefing.digest.schedule import ON_TIME, due
from briefing.digest.sending import Delivery, Mailer, deliver, said
from briefing.edges import clock
from briefing.edges.database import Database, open_database
from briefing.edges.library import Library
from briefing.edges.outbox import Outbox
from briefing.edges.settings_file import Configuration
from briefing.edges.single import only_run
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from briefing.errors import ConfigError, SourceError
from briefing.following import follow
from briefing.mail_settings import DigestSettings, SubscriberSettings
from briefing.pipeline import Assignment
from briefing.settings import Settings
from briefing.steps.select import Choice, select

PARTIAL = 5
FAILURE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The open database, seen as what is sent and who gets it."""

    configuration: Configuration
    database: Database
    outbox: Outbox
    readers: Subscribers

    @property
    def settings(self) -> Settings:
        """What is set."""
        return self.configuration.settings


@contextmanager
def opened(configuration: Configuration) -> Iterator[Post]:
    """Lend the database that the settings name, made where it is missing.

    Raises:
        ConfigError: It cannot be the address of a database.
        LibraryError: It cannot be opened.
    """
    database = open_database(configuration.settings.library.url)
    try:
        yield Post(
            configuration=configuration,
            database=database,
            outbox=Outbox(database),
            readers=Subscribers(database, now=clock.now),
        )
    finally:
        database.close()


def digest_named(name: str, settings: Settings) -> DigestSettings:
    """Return one digest.

    Raises:
        ConfigError: There is none of that name.
    """
    found = next((one for one in settings.digest if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in settings.digest) or "none"
        raise ConfigError(f"no digest is called {name!r}. Those in the settings: {names}.")
    return found


def digests_named(name: str | None, settings: Settings) -> tuple[DigestSettings, ...]:
    """Return the digest of that name, or without a name all.

    Raises:
        ConfigError: There is none.
    """
    if name is not None:
        return (digest_named(name, settings),)
    if not settings.digest:
        raise ConfigError("no digest is set. Add a [[digest]] to briefing.toml.")
    return settings.digest


def sender(settings: Settings) -> Mailbox:
    """Return whom mails come from; somebody of no host where nothing is set."""
    return Mailbox.parse(settings.smtp.sender or "briefing@localhost")


def secret(settings: SubscriberSettings) -> str:
    """Return what signs the links of subscribers.

    Raises:
        ConfigError: There is none, or it is short or unreadable.
    """
    if settings.secret is not None:
        found = settings.secret.get_secret_value()
    elif settings.secret_file is not None:
        try:
            found = Path(settings.secret_file).read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise ConfigError(
                f"cannot read the secret from {settings.secret_file!r}. "
                "Correct `subscribers.secret_file`."
            ) from error
    else:
        raise ConfigError(
            "nothing signs the links of subscribers. Set BRIEFING_SUBSCRIBERS__SECRET or "
            "`subscribers.secret_file`."
        )
    if len(found) < consent.FEWEST_SECRET_CHARS:
        raise ConfigError(
            f"the secret of [subscribers] has {len(found)} characters. Take "
            f"{consent.FEWEST_SECRET_CHARS} or more, drawn by lot."
        )
    return found


def link(reader: Subscriber, deed: Deed, settings: SubscriberSettings) -> str:
    """Return where a subscriber does one deed.

    Raises:
        ConfigError: Nothing answers there, or nothing signs it.
    """
    if settings.url is None:
        raise ConfigError(
            "subscribers have nowhere to confirm. Set `subscribers.url` to where "
            "`briefing digest web` is reached."
        )
    return f"{settings.url}/{deed}/{consent.token(deed, reader.id, secret(settings))}"


def unsubscribing_mail(reader: Subscriber, settings: Settings) -> str:
    """Return the address of the mail by which a subscriber unsubscribes.

    Raises:
        ConfigError: Nothing signs it.
    """
    to = settings.smtp.effective_return_path or sender(settings).address
    token = consent.token(Deed.UNSUBSCRIBE, reader.id, secret(settings.subscribers))
    return mailto(to, f"unsubscribe {token}")


@contextmanager
def desk(post: Post, *, batch_wait_s: float = 0) -> Iterator[Desk]:
    """Lend what editions are made with; it asks its models as one run.

    For all that is asked in batches it waits so many seconds.
    """
    settings = post.settings
    people = settings.subscribers
    if people.url is not None or people.has_secret:
        secret(people)
    followed: set[str] = set()

    def articles(digest: DigestSettings, since: datetime, until: datetime) -> Sequence[Article]:
        if digest.fetch:
            _follow(post, digest, followed)
        return _articles(digest, since, until, post)

    with models.lent(post.configuration) as at_once:
        # One each: what a model's stories and calls wait for is counted by it.
        @cache
        def batched() -> models.Models:
            return at_once.batched(wait_s=batch_wait_s)

        @cache
        def following(profile: str | None, *, is_batched: bool) -> models.Models:
            asked = batched() if is_batched else at_once
            return asked if profile is None else asked.following(profile)

        def models_of(digest: DigestSettings) -> models.Models:
            return following(digest.profile, is_batched=digest.batch)

        def assignment(digest: DigestSettings) -> Assignment:
            own = models_of(digest)
            return Assignment(
                template=wiring.template(digest.template),
                focus=digest.focus,
                budget_tokens=settings.draft.budget_tokens,
                drafter=own.drafter(),
                count=servers.token_counter(own.choice.settings("draft")),
                parts=settings.draft.parts,
                window_tokens=own.window_tokens(),
                weigh=wiring.weigher(),
                aside=own.aside,
            )

        yield Desk(
            outbox=post.outbox,
            readers=post.readers,
            articles=articles,
            assignment=assignment,
            crew=lambda digest: models_of(digest).crew_of_stories(),
            stories=lambda found: [cluster.articles for cluster in grouping.stories(found)],
            sender=sender(settings),
            link=(
                None
                if people.url is None
                else lambda reader: link(reader, Deed.UNSUBSCRIBE, people)
            ),
            mailto=(
                (lambda reader: unsubscribing_mail(reader, settings)) if people.has_secret else None
            ),
            now=clock.now,
        )


def _articles(
    digest: DigestSettings, since: datetime, until: datetime, post: Post
) -> Sequence[Article]:
    settings = post.settings
    found: list[Article] = []
    if digest.sources:
        read, refused = wiring.read_articles(digest.sources, settings)
        wiring.report_refused(refused)
        # By the day of the place that the digest is for. What has no date may always be news:
        # what its readers have had of it they do not get again.
        zone = ZoneInfo(digest.timetable.zone)
        choice = Choice(since=since.astimezone(zone).date(), until=until.astimezone(zone).date())
        undated = [one for one in read if one.published is None and one.described is None]
        found += [*select(read, choice).articles, *undated]
    if digest.library or digest.fetch:
        library = Library(post.database, now=clock.now)
        kept = library.find(digest.about, since=since, until=until, limit=settings.limits.files)
        found += [one.article for one in kept]
    return list({article.sha256: article for article in found}.values())


def _follow(post: Post, digest: DigestSettings, followed: set[str]) -> None:
    """Bring in what is new in a digest's feeds, but for those `followed` already in this run.

    A feed that fails is said, and keeps nothing else back.

    Raises:
        ConfigError: No feed is set.
        SourceError: None of them could be read.
    """
    settings = post.settings
    if not settings.feeds:
        raise ConfigError("a digest fetches, and no [[feeds]] is set. Add one to briefing.toml.")
    feeds = [
        Feed(url=feed.url, name=feed.name)
        for feed in settings.feeds
        if not digest.feeds or {feed.url, feed.name} & set(digest.feeds)
    ]
    feeds = [feed for feed in feeds if feed.url not in followed]
    if not feeds:
        return
    followed.update(feed.url for feed in feeds)
    library = Library(post.database, now=clock.now)
    with wiring.web(settings) as web:
        reports = follow(
            feeds, source=web, library=library, now=clock.now,
            max_chars=settings.limits.article_chars,
        )  # fmt: skip
    shelf.forget_old(library, settings.library)
    for report in reports:
        if report.error:
            typer.echo(f"briefing: {report.feed.called}: {report.error}", err=True)
        wiring.report_refused(report.refused)
    if all(report.error for report in reports):
        raise SourceError(f"none of the {len(reports)} feeds could be read.")


def overdue(post: Post, digest: DigestSettings, now: datetime) -> tuple[Due, ...]:
    """Return the editions that were to be made an hour ago or longer, and were not."""
    return due(
        digest.timetable,
        made=post.outbox.made(digest.name),
        since=post.outbox.first_seen(digest.name, now),
        now=now - ON_TIME,
        catch_up=digest.catch_up,
        max_late=digest.most_late,
    )


@contextmanager
def sending(post: Post, *, wait_s: float = 0) -> Iterator[Smtp | None]:
    """Lend the mail server, or None where another run is at work.

    Raises:
        ConfigError: The server is not set.
    """
    mailer = Smtp(post.settings.smtp)
    with only_run(post.database, wait_s=wait_s) as mine:
        try:
            yield mailer if mine else None
        finally:
            mailer.close()


def send_ready(post: Post, mailer: Mailer) -> Delivery:
    """Send what is ready, and let go of the bytes of old letters."""
    done = deliver(post.outbox, mailer, now=clock.now)
    post.outbox.prune(clock.now())
    return done


def say_round(done: Round) -> None:
    """Say on stdout what a round did, and on stderr what went wrong; no address is said."""
    for made in done.made:
        what = made.note or f"{made.letters} {'letter' if made.letters == 1 else 'letters'}"
        typer.echo(f"{made.digest}, {made.due.day}: {what}")
    for name, error in (*done.failures, *done.pending):
        typer.echo(f"briefing: {name}: {error}", err=True)
    say_delivery(done.delivery)


def say_delivery(done: Delivery) -> None:
    """Say what became of the letters."""
    counts = {
        "sent": done.sent,
        "to be tried again": done.retried,
        "failed": done.failed,
        "held": done.held,
        "expired": done.expired,
    }
    words = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    typer.echo(words or ("nothing to send" if done.stopped is None else "nothing sent"))
    if done.recovered:
        typer.echo(
            f"briefing: {done.recovered} were under way when a run ended, and were sent again",
            err=True,
        )
    if done.held:
        typer.echo("briefing: some may have arrived. See `briefing digest resolve`.", err=True)
    if done.stopped is not None:
        remedy = "Check [smtp]." if done.is_ours else "The rest is tried again."
        typer.echo(f"briefing: the mail server: {said(done.stopped)}. {remedy}", err=True)


def exit_code(done: Delivery, *, has_failed: bool = False) -> int:
    """Return what a monitor is told: 1 nothing works, 5 not everything."""
    if done.is_ours or (done.stopped is not None and not done.sent) or has_failed:
        return FAILURE
    return 0 if done.is_clean else PARTIAL


def problem(done: Round) -> str:
    """Return in words what was wrong with a round, for a monitor; empty where nothing was."""
    words = [f"{name}: {error}" for name, error in done.failures]
    if done.delivery.stopped is not None:
        words.append(f"the mail server: {said(done.delivery.stopped)}")
    for number, name in ((done.delivery.failed, "failed"), (done.delivery.held, "held")):
        words += [f"{number} letters {name}"] if number else []
    return "; ".join(words)
