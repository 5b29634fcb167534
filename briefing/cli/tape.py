"""The recording of a run: the one that it writes, or the one that it plays."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.cli import wiring
from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Where a run is recorded, or played from; None for neither."""

    record: str | None = None
    replay: str | None = None

    def __post_init__(self) -> None:
        if self.record is not None and self.replay is not None:
            raise ConfigError("a run is recorded or replayed. Say `--record` or `--replay`.")

    def check(self, paths: Sequence[str], *, fetch_pages: bool, is_batch: bool) -> None:
        """Make sure that a replayed run is not told to use the network, nor either to batch calls.

        Raises:
            ConfigError: It is.
        """
        if is_batch and (self.record is not None or self.replay is not None):
            raise ConfigError(
                "a recording is of calls that are answered at once. Say it without `--batch`."
            )
        if self.replay is not None:
            wiring.check_offline(paths, fetch_pages=fetch_pages)
