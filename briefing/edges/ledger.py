"""Books of what model calls took, in the database that the library is in too."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa

from briefing.data.spending import Spent, usd
from briefing.edges.database import Database
from briefing.edges.purse import Entry
from briefing.edges.tables import calls
from briefing.errors import CeilingReached
from briefing.ports import Clock


class Ledger:
    """Keeps an entry for each try of a call: the worst case before it, what it took after it.

    The entry of a process that is killed meanwhile stays the worst case. Processes that share a
    database share the ceiling of the day.
    """

    def __init__(self, database: Database, *, run: str, now: Clock) -> None:
        """Take the name under which the entries of this run are kept."""
        self._database = database
        self._run = run
        self._now = now

    def open(self, entry: Entry, *, most_a_day: int | None) -> int:
        """Keep `entry`, and return its number.

        Raises:
            CeilingReached: With it, the day's entries would cost more than `most_a_day`.
            LibraryError: The database fails.
        """
        now = self._now()
        with self._database.writing() as connection:
            if most_a_day is not None:
                total = sa.select(sa.func.coalesce(sa.func.sum(calls.c.cost), 0))
                spent = int(connection.execute(total.where(calls.c.day == now.date())).scalar_one())
                if spent + (entry.cost or 0) > most_a_day:
                    raise CeilingReached(
                        f"the next call to {entry.model!r} may cost USD {usd(entry.cost or 0):.6f},"
                        f" and of the USD {usd(most_a_day):.6f} of a day {usd(spent):.6f} are "
                        "spent. Raise `spending.max_usd_per_day`, or wait until tomorrow."
                    )
            made = connection.execute(
                calls.insert().values(run=self._run, at=now, day=now.date(), **_row(entry))
            )
            assert made.inserted_primary_key is not None
            return int(made.inserted_primary_key[0])

    def close(self, number: int, entry: Entry | None) -> None:
        """Put `entry` in the place of what was kept under `number`; None takes it out.

        Raises:
            LibraryError: The database fails.
        """
        mine = calls.c.number == number
        with self._database.writing() as connection:
            if entry is None:
                connection.execute(calls.delete().where(mine))
            else:
                connection.execute(calls.update().where(mine).values(**_row(entry)))

    def ticket(self, number: int) -> str:
        """Return by what a later run finds the entry of a number."""
        return f"{self._run} {number}"

    def find(self, ticket: str) -> int | None:
        """Return the number of the entry that a run has a ticket of, if it is there.

        Raises:
            LibraryError: The database fails.
        """
        run, _, number = ticket.rpartition(" ")
        if not number.isdecimal():
            return None
        asked = sa.select(calls.c.number).where(calls.c.run == run, calls.c.number == int(number))
        with self._database.reading() as connection:
            found = connection.execute(asked).scalar_one_or_none()
        return None if found is None else int(found)


def spent(
    database: Database,
    *,
    by: Literal["run", "day", "model", "profile", "step"],
    since: datetime | None = None,
    until: date | None = None,
) -> Sequence[Spent]:
    """Return what calls took, summed by what they share, the oldest first.

    Raises:
        LibraryError: The database fails.
    """
    key = calls.c[by]
    asked = sa.select(
        key,
        sa.func.count(),
        sa.func.sum(calls.c.prompt_tokens),
        sa.func.sum(calls.c.completion_tokens),
        sa.func.sum(calls.c.cost),
        sa.func.sum(sa.cast(calls.c.is_estimate, sa.Integer)),
    )
    if since is not None:
        asked = asked.where(calls.c.at >= since)
    if until is not None:
        asked = asked.where(calls.c.day <= until)
    with database.reading() as connection:
        rows = connection.execute(asked.group_by(key).order_by(sa.func.min(calls.c.number))).all()
    return tuple(
        Spent(
            key=str(key),
            calls=count,
            prompt_tokens=int(prompt),
            completion_tokens=int(completion),
            cost_usd=None if cost is None else usd(int(cost)),
            estimated_calls=int(estimates),
        )
        for key, count, prompt, completion, cost, estimates in rows
    )


def _row(entry: Entry) -> dict[str, object]:
    return {
        "profile": entry.profile,
        "model": entry.model,
        "step": entry.step,
        "prompt_tokens": entry.prompt_tokens,
        "completion_tokens": entry.completion_tokens,
        "cost": entry.cost,
        "is_estimate": entry.is_estimate,
    }
