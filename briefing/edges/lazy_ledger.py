"""The ledger as a run uses it: opened at the first call, and done without where it must be."""

import logging
import threading
from typing import TYPE_CHECKING

from briefing.edges.purse import Entry
from briefing.errors import LibraryError
from briefing.ports import Clock

if TYPE_CHECKING:
    from briefing.edges.database import Database
    from briefing.edges.ledger import Ledger

_log = logging.getLogger(__name__)


class LazyLedger:
    """Opens the ledger when the first call is made, and can do without where no day is limited."""

    def __init__(self, url: str | None, *, run: str, now: Clock) -> None:
        """Take the address of the library, None for the usual one, and the name of the run."""
        self._url = url
        self._run = run
        self._now = now
        self._lock = threading.Lock()
        self._database: Database | None = None
        self._ledger: Ledger | None = None
        self._is_given_up = False

    def open(self, entry: Entry, *, most_a_day: int | None) -> int:
        """Keep `entry`, and return its number.

        Raises:
            CeilingReached: With it, the day's entries would cost more than `most_a_day`.
            LibraryError: The database fails, and the ceiling of the day hangs on it.
        """
        try:
            ledger = self._opened()
            return 0 if ledger is None else ledger.open(entry, most_a_day=most_a_day)
        except LibraryError as error:
            if most_a_day is not None:
                raise
            self._do_without(error)
            return 0

    def close(self, number: int, entry: Entry | None) -> None:
        """Put `entry` in the place of what was kept under `number`; None takes it out."""
        if not number:
            return
        try:
            if (ledger := self._opened()) is not None:
                ledger.close(number, entry)
        except LibraryError as error:
            # What stands there is the worst case: the ceiling of the day holds all the same.
            self._do_without(error)

    def ticket(self, number: int) -> str:
        """Return by what a later run finds the entry of a number; empty where it was not kept."""
        ledger = self._opened() if number else None
        return "" if ledger is None else ledger.ticket(number)

    def find(self, ticket: str) -> int | None:
        """Return the number of the entry that a run has a ticket of, if it is there."""
        if not ticket:
            return None
        try:
            ledger = self._opened()
            return None if ledger is None else ledger.find(ticket)
        except LibraryError as error:
            self._do_without(error)
            return None

    def shut(self) -> None:
        """Close the database, if it was opened."""
        if self._database is not None:
            self._database.close()

    def _opened(self) -> "Ledger | None":
        # Takes a third of a second to load: a run that makes no call does not wait for it.
        from briefing.edges.database import open_database
        from briefing.edges.ledger import Ledger

        with self._lock:
            if self._is_given_up:
                return None
            if self._ledger is None:
                self._database = open_database(self._url)
                self._ledger = Ledger(self._database, run=self._run, now=self._now)
            return self._ledger

    def _do_without(self, error: LibraryError) -> None:
        self._is_given_up = True
        _log.warning("calls of this run are not booked any more: %s", error)
