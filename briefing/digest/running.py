"""The life of a digest: what is due becomes an edition, the edition letters in the outbox."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Protocol

from briefing.asking import Threads
from briefing.data.address import Mailbox
from briefing.data.article import Article
from briefing.data.digest import Due, EditionEntry, Empty, Letter, message_id
from briefing.data.edition import Edition
from briefing.data.subscriber import Subscriber
from briefing.digest.edition import Stories, edit, one_story, sentences_of
from briefing.digest.mail import Envelope, compose, template
from briefing.digest.schedule import due, edition, editions
from briefing.digest.sending import Delivery
from briefing.errors import BatchPending, BriefingError, DeliveryError, LibraryError
from briefing.mail_settings import DigestSettings
from briefing.pipeline import Assignment
from briefing.ports import Crew, Progress

_log = logging.getLogger(__name__)

NOTHING_NEW = "nothing new"
NOBODY = "nobody to send it to"
_LONGEST = timedelta(days=31)
"""How far back an edition looks at most, however long ago the last one was."""


class Editions(Protocol):
    """Keeps which editions there are, and takes new ones with their letters."""

    def first_seen(self, digest: str, now: datetime) -> datetime:
        """Return when a digest was first asked about, which is now if it never was."""
        ...

    def made(self, digest: str) -> tuple[date, ...]:
        """Return the dates of the newest editions."""
        ...

    def contents(self, digest: str, *, before: date) -> tuple[str, ...]:
        """Return what was in the editions before a date."""
        ...

    def last_due(self, digest: str, *, before: date) -> datetime | None:
        """Return when the newest edition before a date was due."""
        ...

    def enqueue(self, edition: EditionEntry, post: Iterable[Letter]) -> bool:
        """Keep an edition with all of its letters, or nothing; False where it is there."""
        ...


class Readers(Protocol):
    """Keeps who wants a digest."""

    def enlist(self, digest: str, addresses: Iterable[str]) -> tuple[Subscriber, ...]:
        """Return those of `addresses` who are to be mailed because the settings name them."""
        ...

    def active(self, digest: str) -> tuple[Subscriber, ...]:
        """Return who has subscribed and confirmed it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an edition is made with, whichever digest it is of."""

    outbox: Editions
    readers: Readers
    articles: Callable[[DigestSettings, datetime, datetime], Sequence[Article]]
    """Those of a digest from one moment to another; none is no error."""

    assignment: Callable[[DigestSettings], Assignment]
    sender: Mailbox
    link: Callable[[Subscriber], str] | None
    """Where a subscriber unsubscribes; None where nothing answers there."""

    mailto: Callable[[Subscriber], str] | None = None
    """The address of a mail by which a subscriber does; None where nothing signs it."""

    now: Callable[[], datetime]
    crew: Callable[[DigestSettings], Crew] = lambda digest: Threads()
    """What works on several stories of a digest at once."""

    stories: Stories = one_story
    progress: Progress = lambda step: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An edition that was queued, or noted as having no letters."""

    digest: str
    due: Due
    letters: int
    note: str = ""


def make_due(digest: DigestSettings, desk: Desk) -> tuple[Made, ...]:
    """Make the editions of a digest that are due, the oldest first.

    Raises:
        BriefingError: An edition cannot be made. Those before it are queued, and it stays due.
    """
    return tuple(
        made for one in due_now(digest, desk) if (made := make(digest, one, desk)) is not None
    )


def due_now(digest: DigestSettings, desk: Desk) -> tuple[Due, ...]:
    """Return the editions of a digest that are to be made now, as its settings say."""
    now = desk.now()
    return due(
        digest.timetable,
        made=desk.outbox.made(digest.name),
        since=desk.outbox.first_seen(digest.name, now),
        now=now,
        catch_up=digest.catch_up,
        max_late=digest.most_late,
    )


def of_day(digest: DigestSettings, day: date) -> Due:
    """Return the edition of a date that a person names.

    Raises:
        DeliveryError: The digest has none on that day.
    """
    found = edition(digest.timetable, day)
    if found is None:
        raise DeliveryError(
            f"{digest.name!r} has no edition on {day}. See `briefing schedule next {digest.name}`."
        )
    return found


def write(digest: DigestSettings, one: Due, desk: Desk) -> Edition:
    """Return an edition, and keep nothing of it.

    Raises:
        BriefingError: It cannot be made.
    """
    before = desk.outbox.last_due(digest.name, before=one.day)
    since = min(one.moment - digest.reach, before or one.moment)
    since = max(since, one.moment - max(_LONGEST, digest.reach))
    # Late, it is made of all there is; days late, or ahead of its time, of what is of its time.
    later = next(islice(editions(digest.timetable, one.moment), 1)).moment
    is_late = one.moment <= desk.now() < later
    # What is sent as a batch has to be the same when it is collected.
    until = desk.now() if is_late and not digest.batch else one.moment
    articles = desk.articles(digest, since, until)
    return edit(
        articles,
        digest=digest.name,
        title=digest.called,
        day=one.day,
        headings=digest.headings,
        most=digest.stories,
        assignment=lambda: desk.assignment(digest),
        sent=sentences_of(desk.outbox.contents(digest.name, before=one.day)),
        stories=desk.stories,
        crew=desk.crew(digest),
        progress=desk.progress,
    )


def make(digest: DigestSettings, one: Due, desk: Desk) -> Made | None:
    """Make an edition and queue its letters; None where it is there already.

    Raises:
        BriefingError: It cannot be made; nothing of it is kept.
    """
    found = write(digest, one, desk)
    readers = recipients(digest, desk.readers)
    note = ""
    if found.is_empty and digest.empty is Empty.SKIP:
        note = NOTHING_NEW
    elif not readers:
        note = NOBODY
    made = desk.now()
    entry = EditionEntry(
        digest=digest.name,
        day=one.day,
        due=one.moment,
        made=made,
        note=note,
        content="" if found.is_empty else found.model_dump_json(),
    )
    number = 0 if note else len(readers)
    letters = () if note else _letters(digest, one, found, readers, desk, made)
    if not desk.outbox.enqueue(entry, letters):
        return None
    _log.info(
        "%s of %s: %d letters%s",
        digest.name,
        one.day,
        number,
        note and f", {note}",
        extra={"facts": {"digest": digest.name, "day": one.day, "letters": number}},
    )
    return Made(digest=digest.name, due=one, letters=number, note=note)


def recipients(digest: DigestSettings, readers: Readers) -> tuple[Subscriber, ...]:
    """Return who gets a digest: the settings' recipients, and where they say so subscribers."""
    listed = readers.enlist(digest.name, digest.recipients)
    subscribed = readers.active(digest.name) if digest.subscribers else ()
    return tuple({one.id: one for one in (*listed, *subscribed)}.values())


def _letters(
    digest: DigestSettings,
    one: Due,
    found: Edition,
    readers: Sequence[Subscriber],
    desk: Desk,
    made: datetime,
) -> Iterable[Letter]:
    parts = template(found, can_click=desk.link is not None)
    expires = next(islice(editions(digest.timetable, max(one.moment, made)), 1)).moment
    for reader in readers:
        identity = message_id(digest.name, one.day, reader.address, desk.sender.domain)
        envelope = Envelope(
            recipient=reader.address,
            message_id=identity,
            link=desk.link(reader) if desk.link is not None else None,
            mailto=desk.mailto(reader) if desk.mailto is not None else None,
        )
        yield Letter(
            digest=digest.name,
            day=one.day,
            recipient=reader.address,
            subscriber=reader.id,
            message_id=identity,
            message=compose(
                parts,
                envelope,
                digest=digest.name,
                title=digest.called,
                sender=desk.sender,
                date=made,
            ),
            policy=digest.policy,
            next_try=made,
            expires=expires,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round over the digests did."""

    made: tuple[Made, ...]
    failures: tuple[tuple[str, BriefingError], ...]
    """By digest, why an edition could not be made."""

    delivery: Delivery
    pending: tuple[tuple[str, BatchPending], ...] = ()
    """By digest, which batch an edition waits for; it stays due."""

    @property
    def is_clean(self) -> bool:
        """Nothing went wrong."""
        return not self.failures and self.delivery.is_clean


def go_round(
    digests: Iterable[DigestSettings], desk: Desk, deliver: Callable[[], Delivery]
) -> Round:
    """Make what is due of each digest, then send all that is ready.

    A digest that cannot be made does not keep the others from their readers.

    Raises:
        LibraryError: The database fails.
    """
    made: list[Made] = []
    failures: list[tuple[str, BriefingError]] = []
    pending: list[tuple[str, BatchPending]] = []
    for digest in digests:
        try:
            made += make_due(digest, desk)
        except LibraryError:
            raise
        except BatchPending as error:
            pending.append((digest.name, error))
        except BriefingError as error:
            failures.append((digest.name, error))
    return Round(
        made=tuple(made),
        failures=tuple(failures),
        pending=tuple(pending),
        delivery=deliver(),
    )
