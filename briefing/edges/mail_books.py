"""Tells what became of editions and their letters, for a person and for a monitor."""

from datetime import date

import sqlalchemy as sa

from briefing.data.digest import Standing, State
from briefing.data.traffic import Traffic
from briefing.edges.database import Database
from briefing.edges.digest_tables import editions, letters, suppressed


def standings(
    database: Database, digest: str | None = None, *, most: int = 30
) -> tuple[Standing, ...]:
    """Return the newest editions, of one digest or of all, with where their letters are."""
    chosen = sa.select(editions).order_by(editions.c.due.desc(), editions.c.digest)
    if digest is not None:
        chosen = chosen.where(editions.c.digest == digest)
    count = sa.func.count().label("count")
    with database.reading() as connection:
        found = connection.execute(chosen.limit(most)).mappings().all()
        counted = sa.select(letters.c.digest, letters.c.day, letters.c.state, count).group_by(
            letters.c.digest, letters.c.day, letters.c.state
        )
        first = min((row["day"] for row in found), default=date.max)
        counts: dict[tuple[str, date], dict[State, int]] = {}
        for row in connection.execute(counted.where(letters.c.day >= first)).mappings():
            at = counts.setdefault((row["digest"], row["day"]), {})
            at[State(row["state"])] = row["count"]
    return tuple(
        Standing(
            digest=row["digest"],
            day=row["day"],
            due=row["due"],
            made=row["made"],
            note=row["note"],
            counts=counts.get((row["digest"], row["day"]), {}),
        )
        for row in found
    )


def traffic(database: Database, digest: str) -> Traffic:
    """Return what was made and sent of a digest."""
    mine = letters.c.digest == digest
    newest = sa.select(editions).where(editions.c.digest == digest)
    with database.reading() as connection:
        made = connection.scalar(
            sa.select(sa.func.count()).select_from(editions).where(editions.c.digest == digest)
        )
        rows = connection.execute(
            sa.select(
                letters.c.state,
                sa.func.count(),
                sa.func.sum(letters.c.attempts),
                sa.func.max(letters.c.changed),
            )
            .where(mine)
            .group_by(letters.c.state)
        ).all()
        last = connection.execute(newest.order_by(editions.c.day.desc()).limit(1)).first()
    return Traffic(
        digest=digest,
        editions=made or 0,
        letters={State(state): count for state, count, _, _ in rows},
        attempts=sum(int(tries) for _, _, tries, _ in rows),
        last_made=last.made if last else None,
        late_s=(last.made - last.due).total_seconds() if last else None,
        last_sent=next((changed for state, _, _, changed in rows if state == State.SENT), None),
    )


def dead_addresses(database: Database) -> int:
    """Return how many addresses are written to no more, since their servers know nobody."""
    with database.reading() as connection:
        counted = sa.select(sa.func.count()).select_from(suppressed)
        return connection.scalar(counted) or 0
