"""Keeps who wants which digest."""

from collections.abc import Iterable
from secrets import token_hex

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from briefing.data.subscriber import Deed, Subscriber, Wish, after
from briefing.edges.database import Database
from briefing.edges.digest_tables import subscribers, suppressed
from briefing.ports import Clock


class Subscribers:
    """Subscriptions by their id, and by digest and address."""

    def __init__(self, database: Database, *, now: Clock) -> None:
        self._database = database
        self._now = now

    def subscribe(self, digest: str, address: str) -> Subscriber:
        """Return the subscription of an address: as it is, or pending where there is none.

        Who has unsubscribed may come back, but has to confirm again; and the links of old mails
        are not about the new subscription.

        Raises:
            LibraryError: The database fails, as in all that follows.
        """
        with self._database.writing() as connection:
            row = _of(connection, digest, address)
            if row is not None and row["state"] != Wish.GONE:
                return _subscriber(row)
            if row is not None:
                connection.execute(sa.delete(subscribers).where(subscribers.c.id == row["id"]))
            return self._insert(connection, digest, address, Wish.PENDING, is_listed=False)

    def enlist(self, digest: str, addresses: Iterable[str]) -> tuple[Subscriber, ...]:
        """Return those of `addresses` who are to be mailed because the settings name them.

        Nobody is who has unsubscribed or paused, whatever the settings say.
        """
        wanted = list(addresses)
        with self._database.reading() as connection:
            rows = {address: _of(connection, digest, address) for address in wanted}
        new = [address for address, row in rows.items() if row is None]
        found = [_subscriber(row) for row in rows.values() if row is not None]
        if new:
            with self._database.writing() as connection:
                for address in new:
                    row = _of(connection, digest, address)
                    found.append(
                        _subscriber(row)
                        if row is not None
                        else self._insert(connection, digest, address, Wish.ACTIVE, is_listed=True)
                    )
        order = {address.lower(): number for number, address in enumerate(wanted)}
        found.sort(key=lambda one: order[one.address.lower()])
        return self._alive(one for one in found if one.wish is Wish.ACTIVE)

    def active(self, digest: str) -> tuple[Subscriber, ...]:
        """Return who has subscribed to a digest and confirmed it, in the order of the addresses."""
        chosen = sa.select(subscribers).where(
            subscribers.c.digest == digest,
            subscribers.c.state == Wish.ACTIVE,
            sa.not_(subscribers.c.listed),
        )
        with self._database.reading() as connection:
            rows = connection.execute(chosen.order_by(subscribers.c.folded)).mappings().all()
        return self._alive(map(_subscriber, rows))

    def all(self, digest: str | None = None) -> tuple[Subscriber, ...]:
        """Return every subscription there is or was, of one digest or of all."""
        chosen = sa.select(subscribers).order_by(subscribers.c.digest, subscribers.c.folded)
        if digest is not None:
            chosen = chosen.where(subscribers.c.digest == digest)
        with self._database.reading() as connection:
            return tuple(map(_subscriber, connection.execute(chosen).mappings()))

    def get(self, identity: str) -> Subscriber | None:
        """Return the subscription of this id."""
        chosen = sa.select(subscribers).where(subscribers.c.id == identity)
        with self._database.reading() as connection:
            row = connection.execute(chosen).mappings().first()
        return _subscriber(row) if row else None

    def find(self, digest: str, address: str) -> Subscriber | None:
        """Return the subscription of an address to a digest."""
        with self._database.reading() as connection:
            row = _of(connection, digest, address)
        return _subscriber(row) if row else None

    def change(self, identity: str, deed: Deed) -> Wish | None:
        """Do what a subscriber asks for, and return the wish after it.

        None where there is no such subscription, or it is not in a state to be changed so.
        """
        chosen = sa.select(subscribers).where(subscribers.c.id == identity)
        with self._database.writing() as connection:
            row = connection.execute(chosen).mappings().first()
            wish = after(deed, Wish(row["state"])) if row else None
            if row and wish is not None and wish != row["state"]:
                connection.execute(
                    sa.update(subscribers)
                    .where(subscribers.c.id == identity)
                    .values(state=wish, changed=self._now())
                )
            if row and wish is Wish.ACTIVE and deed in {Deed.CONFIRM, Deed.RESUME}:
                # Whoever reads the mail and follows its link is not dead, or a person knows better.
                connection.execute(
                    sa.delete(suppressed).where(suppressed.c.folded == row["folded"])
                )
        return wish

    def _insert(
        self, connection: Connection, digest: str, address: str, wish: Wish, *, is_listed: bool
    ) -> Subscriber:
        new = Subscriber(
            id=token_hex(12), digest=digest, address=address, wish=wish, is_listed=is_listed
        )
        connection.execute(
            sa.insert(subscribers).values(
                id=new.id,
                digest=digest,
                address=address,
                folded=address.lower(),
                state=wish,
                listed=is_listed,
                changed=self._now(),
            )
        )
        return new

    def _alive(self, some: Iterable[Subscriber]) -> tuple[Subscriber, ...]:
        with self._database.reading() as connection:
            dead = set(connection.scalars(sa.select(suppressed.c.folded)))
        return tuple(one for one in some if one.address.lower() not in dead)


def _of(connection: Connection, digest: str, address: str) -> RowMapping | None:
    chosen = sa.select(subscribers).where(
        subscribers.c.digest == digest, subscribers.c.folded == address.lower()
    )
    return connection.execute(chosen).mappings().first()


def _subscriber(row: RowMapping) -> Subscriber:
    return Subscriber(
        id=row["id"],
        digest=row["digest"],
        address=row["address"],
        wish=Wish(row["state"]),
        is_listed=row["listed"],
    )
