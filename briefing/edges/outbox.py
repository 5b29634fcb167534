"""Keeps editions and letters in the database: each once, and each step of a letter on disk."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from briefing.data.digest import EditionEntry, Letter, Policy, Stage, State
from briefing.data.subscriber import Wish
from briefing.edges.database import Database
from briefing.edges.digest_tables import digests, editions, letters, subscribers, suppressed
from briefing.errors import LibraryError

_BATCH = 100
"""Letters that are in memory at once while an edition is queued."""

_KEPT = timedelta(days=14)
"""How long the bytes of a letter are kept once it is done with: for `resend`, and for a look."""

_REFUSALS = 3
"""Editions in a row that an address may be refused before it counts as dead."""

_REASON_CHARS = 300
_SPOOLED_BYTES = 16 * 1024 * 1024
"""Of letters that are being made, how much is kept in memory."""

_LEFT_ATTEMPTING = "the run ended while the message was under way"
_OPEN = (State.READY, State.ATTEMPTING)
_BOUNCE = "bounce"
_ABOUT_THE_RECIPIENT = (str(Stage.RECIPIENT), _BOUNCE)
"""How the reason of a letter begins that failed for who it goes to."""

_MAY_BOUNCE = (State.SENT, State.HELD, State.READY)
"""In doubt too: what bounces was taken."""


class Outbox:
    """Editions, and the letters that they become; it keeps the port `digest.sending.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first_seen(self, digest: str, now: datetime) -> datetime:
        """Return when a digest was first asked about, which is now if it never was.

        Raises:
            LibraryError: The database fails, as in all that follows.
        """
        known = sa.select(digests.c.since).where(digests.c.name == digest)
        with self._database.reading() as connection:
            since: datetime | None = connection.scalar(known)
        if since is None:
            with self._database.writing() as connection:
                since = connection.scalar(known)
                if since is None:
                    connection.execute(sa.insert(digests).values(name=digest, since=now))
        return since or now

    def made(self, digest: str, *, most: int = 100) -> tuple[date, ...]:
        """Return the dates of the newest editions."""
        chosen = sa.select(editions.c.day).where(editions.c.digest == digest)
        with self._database.reading() as connection:
            return tuple(connection.scalars(chosen.order_by(editions.c.day.desc()).limit(most)))

    def contents(self, digest: str, *, before: date, most: int = 30) -> tuple[str, ...]:
        """Return what was in the editions before a date, the newest first."""
        chosen = (
            sa.select(editions.c.content)
            .where(editions.c.digest == digest, editions.c.day < before, editions.c.content != "")
            .order_by(editions.c.day.desc())
            .limit(most)
        )
        with self._database.reading() as connection:
            return tuple(connection.scalars(chosen))

    def last_due(self, digest: str, *, before: date) -> datetime | None:
        """Return when the newest edition before a date was due; None where there is none."""
        chosen = sa.select(sa.func.max(editions.c.due)).where(
            editions.c.digest == digest, editions.c.day < before
        )
        with self._database.reading() as connection:
            found: datetime | None = connection.scalar(chosen)
        return found

    def enqueue(self, edition: EditionEntry, post: Iterable[Letter]) -> bool:
        """Keep an edition with all of its letters, or nothing; False where it is there already.

        The letters are made before the database is locked, and wait on disk: one that many get
        would fill the memory, or keep others from writing for as long as it takes to make them.
        """
        with _aside() as spool:
            rows = []
            for letter in post:
                row = _row(letter, edition.made)
                rows.append((row, spool.write(row.pop("message"))))
            spool.seek(0)
            return self._enqueue(edition, ({**row, "message": spool.read(n)} for row, n in rows))

    def _enqueue(self, edition: EditionEntry, rows: Iterator[dict[str, Any]]) -> bool:
        with self._database.writing() as connection:
            known = sa.select(editions.c.day).where(
                editions.c.digest == edition.digest, editions.c.day == edition.day
            )
            if connection.scalar(known) is not None:
                return False
            connection.execute(
                sa.insert(editions).values(
                    digest=edition.digest,
                    day=edition.day,
                    due=edition.due,
                    made=edition.made,
                    note=edition.note,
                    content=edition.content,
                )
            )
            while batch := list(islice(rows, _BATCH)):
                connection.execute(sa.insert(letters), batch)
        return True

    def recover(self, now: datetime) -> tuple[int, int]:
        """Settle what a killed run left attempting: how many are ready again, how many held."""
        left = letters.c.state == State.ATTEMPTING
        held = letters.c.policy == Policy.HOLD
        common = {
            "attempts": letters.c.attempts + 1,
            "changed": now,
            "reason": _LEFT_ATTEMPTING,
        }
        with self._database.reading() as connection:
            if connection.scalar(sa.select(letters.c.number).where(left).limit(1)) is None:
                return 0, 0
        with self._database.writing() as connection:
            to_hold = sa.update(letters).where(left, held)
            holding = connection.execute(to_hold.values(state=State.HELD, **common)).rowcount
            again = sa.update(letters).where(left).values(state=State.READY, next_try=now, **common)
            return connection.execute(again).rowcount, holding

    def expire(self, now: datetime) -> int:
        """Mark what nobody waits for any more: the next edition is due, or it is not wanted."""
        ready = letters.c.state == State.READY
        late = letters.c.expires <= now
        unwanted = sa.not_(_is_wanted())
        with self._database.reading() as connection:
            some = sa.select(letters.c.number).where(ready, late | unwanted).limit(1)
            if connection.scalar(some) is None:
                return 0
        with self._database.writing() as connection:
            gone = connection.execute(
                sa.update(letters)
                .where(ready, unwanted)
                .values(state=State.EXPIRED, changed=now, reason=_UNWANTED)
            ).rowcount
            reason = sa.literal("the next edition is due; last: ") + letters.c.reason
            words = sa.case((letters.c.reason == "", "the next edition is due"), else_=reason)
            late_ones = sa.update(letters).where(ready, late)
            values = {"state": State.EXPIRED, "changed": now, "reason": words}
            return gone + connection.execute(late_ones.values(**values)).rowcount

    def next_ready(self, now: datetime) -> Letter | None:
        """Return the letter to send next; None where none is."""
        chosen = (
            sa.select(letters)
            .where(
                letters.c.state == State.READY,
                letters.c.next_try <= now,
                letters.c.expires > now,
                _is_wanted(),
            )
            .order_by(letters.c.next_try, letters.c.number)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(chosen).mappings().first()
        return _letter(row) if row else None

    def attempt(self, letter: Letter, now: datetime) -> bool:
        """Mark a letter as under way, on disk; False where it is no longer to be sent."""
        with self._database.writing() as connection:
            marked = connection.execute(
                sa.update(letters)
                .where(
                    letters.c.message_id == letter.message_id,
                    letters.c.state == State.READY,
                    letters.c.expires > now,
                    _is_wanted(),
                )
                .values(state=State.ATTEMPTING, changed=now)
            )
            return marked.rowcount == 1

    def settle(
        self,
        letter: Letter,
        state: State,
        now: datetime,
        *,
        reason: str,
        next_try: datetime | None = None,
        is_dead: bool = False,
    ) -> None:
        """Write down what became of a letter, and of its address where it is dead."""
        values: dict[str, Any] = {
            "state": state,
            "attempts": letters.c.attempts + 1,
            "changed": now,
            "reason": reason[:_REASON_CHARS],
        }
        if next_try is not None:
            values["next_try"] = next_try
        with self._database.writing() as connection:
            connection.execute(
                sa.update(letters)
                .where(letters.c.message_id == letter.message_id, letters.c.state.in_(_OPEN))
                .values(**values)
            )
            if state is State.FAILED and (is_dead or _is_always_refused(connection, letter)):
                _suppress(connection, letter.recipient, now, reason[:_REASON_CHARS])

    def bounce(
        self, message_id: str, subscriber: str, now: datetime, *, status: str, is_dead: bool
    ) -> bool:
        """Write down that a letter did not arrive, whatever its server had said of it.

        False where that is known, or there is no such letter to this subscriber.
        """
        this = sa.and_(letters.c.message_id == message_id, letters.c.subscriber == subscriber)
        with self._database.writing() as connection:
            row = connection.execute(sa.select(letters).where(this)).mappings().first()
            if row is None or State(row["state"]) not in _MAY_BOUNCE:
                return False
            letter, reason = _letter(row), f"{_BOUNCE}: {status}"
            values = {"state": State.FAILED, "changed": now, "reason": reason}
            connection.execute(sa.update(letters).where(this).values(**values))
            if is_dead or _is_always_refused(connection, letter):
                _suppress(connection, letter.recipient, now, reason)
        return True

    def resolve(self, message_id: str, state: State, now: datetime, *, reason: str) -> bool:
        """Settle a held letter as a person says: sent, failed, or ready to be sent again."""
        values: dict[str, Any] = {"state": state, "changed": now, "reason": reason}
        if state is State.READY:
            # The person knows that it is late, and wants it all the same.
            values |= {"next_try": now, "expires": now + timedelta(days=1)}
        with self._database.writing() as connection:
            changed = connection.execute(
                sa.update(letters)
                .where(letters.c.message_id == message_id, letters.c.state == State.HELD)
                .values(**values)
            )
            return changed.rowcount == 1

    def resend(self, digest: str, day: date, now: datetime, *, recipient: str | None) -> int:
        """Make letters that are done with ready again, as a person asked, and return how many.

        What is no longer wanted, and what has lost its bytes, stays as it is.
        """
        chosen = sa.update(letters).where(
            letters.c.digest == digest,
            letters.c.day == day,
            letters.c.state.in_((State.SENT, State.FAILED, State.EXPIRED)),
            letters.c.message != b"",
            _is_wanted(),
        )
        if recipient is not None:
            chosen = chosen.where(sa.func.lower(letters.c.recipient) == recipient.lower())
        values = {
            "state": State.READY,
            "next_try": now,
            "expires": now + timedelta(days=1),
            "changed": now,
            "reason": "sent again on request",
        }
        with self._database.writing() as connection:
            return connection.execute(chosen.values(**values)).rowcount

    def letters(self, digest: str, day: date) -> tuple[Letter, ...]:
        """Return the letters of an edition, in the order in which they were queued."""
        chosen = sa.select(letters).where(letters.c.digest == digest, letters.c.day == day)
        with self._database.reading() as connection:
            rows = connection.execute(chosen.order_by(letters.c.number)).mappings().all()
        return tuple(map(_letter, rows))

    def held(self) -> tuple[Letter, ...]:
        """Return the letters that wait for a person."""
        chosen = sa.select(letters).where(letters.c.state == State.HELD)
        with self._database.reading() as connection:
            rows = connection.execute(chosen.order_by(letters.c.number)).mappings().all()
        return tuple(map(_letter, rows))

    def prune(self, now: datetime) -> None:
        """Let go of the bytes of letters that were done with two weeks ago."""
        done = (State.SENT, State.FAILED, State.EXPIRED)
        old = sa.and_(
            letters.c.state.in_(done), letters.c.changed < now - _KEPT, letters.c.message != b""
        )
        with self._database.reading() as connection:
            if connection.scalar(sa.select(letters.c.number).where(old).limit(1)) is None:
                return
        with self._database.writing() as connection:
            connection.execute(sa.update(letters).where(old).values(message=b""))


@contextmanager
def _aside() -> Iterator[IO[bytes]]:
    try:
        with SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as spool:
            yield spool
    except OSError as error:
        raise LibraryError(
            f"cannot put letters aside in {gettempdir()!r}: {error.strerror}. Make room there."
        ) from error


_UNWANTED = "no longer wanted, or the address is dead"


def _is_wanted() -> sa.ColumnElement[bool]:
    """The letter's subscriber still wants it, and the address is not dead."""
    active = sa.exists().where(
        subscribers.c.id == letters.c.subscriber, subscribers.c.state == Wish.ACTIVE
    )
    dead = sa.exists().where(suppressed.c.folded == sa.func.lower(letters.c.recipient))
    return sa.and_(active, ~dead)


def _is_always_refused(connection: Connection, letter: Letter) -> bool:
    chosen = (
        sa.select(letters.c.state, letters.c.reason)
        .where(letters.c.recipient == letter.recipient, letters.c.digest == letter.digest)
        .order_by(letters.c.day.desc())
        .limit(_REFUSALS)
    )
    last = connection.execute(chosen).all()
    return len(last) == _REFUSALS and all(
        state == State.FAILED and reason.startswith(_ABOUT_THE_RECIPIENT) for state, reason in last
    )


def _suppress(connection: Connection, address: str, now: datetime, reason: str) -> None:
    folded = address.lower()
    known = sa.select(suppressed.c.folded).where(suppressed.c.folded == folded)
    if connection.scalar(known) is None:
        connection.execute(sa.insert(suppressed).values(folded=folded, since=now, reason=reason))


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    return {
        "digest": letter.digest,
        "day": letter.day,
        "recipient": letter.recipient,
        "subscriber": letter.subscriber,
        "message_id": letter.message_id,
        "message": zlib.compress(letter.message, 1),
        "policy": letter.policy,
        "state": letter.state,
        "attempts": letter.attempts,
        "next_try": letter.next_try,
        "expires": letter.expires,
        "changed": now,
        "reason": letter.reason,
    }


def _letter(row: RowMapping) -> Letter:
    return Letter(
        digest=row["digest"],
        day=row["day"],
        recipient=row["recipient"],
        subscriber=row["subscriber"],
        message_id=row["message_id"],
        message=zlib.decompress(row["message"]) if row["message"] else b"",
        policy=Policy(row["policy"]),
        state=State(row["state"]),
        attempts=row["attempts"],
        next_try=row["next_try"],
        expires=row["expires"],
        reason=row["reason"],
    )
