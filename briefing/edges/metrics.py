"""Figures for Prometheus: of digests, letters, the mail server and the models, without a name.

They are read from the database when they are asked for, so that a run by cron and a loop tell the
same; only how long the mail server takes is of this process.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from prometheus_client import CollectorRegistry, Gauge, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from briefing.data.digest import Letter, Receipt, State
from briefing.data.spending import Spent
from briefing.data.traffic import Traffic
from briefing.edges import writing
from briefing.edges.smtp import Smtp
from briefing.errors import BriefingError, ConfigError

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
"""From a server on this machine to the ten minutes that RFC 5321 allows it."""

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of all digests at one moment."""

    traffic: Sequence[Traffic]
    overdue_s: Mapping[str, float]
    """How long an edition has been due, by digest."""

    dead: int
    spent: Sequence[Spent]
    """By profile."""


class Metrics:
    """What is told of this process and the database; it gives no address and no title away."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        """Take what reads the database; it is called whenever somebody asks."""
        self._registry = CollectorRegistry()
        self._registry.register(_FromDatabase(figures))
        self._reply = Histogram(
            "briefing_smtp_seconds",
            "How long it took to hand over one letter, by the first digit of the last reply.",
            ["reply"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._round = Gauge(
            "briefing_last_round_timestamp_seconds", "When a round ended.", registry=self._registry
        )
        self._is_clean = Gauge(
            "briefing_last_round_clean",
            "1 where nothing went wrong in it.",
            registry=self._registry,
        )

    def note_letter(self, receipt: Receipt, took_s: float) -> None:
        """Note how long it took to hand over a letter, or to fail."""
        reply = f"{receipt.code // 100}xx" if receipt.code else "none"
        self._reply.labels(reply).observe(took_s)

    def note_round(self, at: datetime, *, is_clean: bool) -> None:
        """Note that a round ended."""
        self._round.set(at.timestamp())
        self._is_clean.set(is_clean)

    def serve(self, port: int) -> int:
        """Answer Prometheus on this machine from now on, and return the port.

        Raises:
            ConfigError: The port is taken.
        """
        try:
            server, _ = start_http_server(port, addr=LOOPBACK, registry=self._registry)
        except OSError as error:
            raise ConfigError(
                f"cannot listen on {LOOPBACK}:{port}: {error.strerror}. Choose another port."
            ) from error
        return int(server.server_port)

    def write(self, file: str) -> None:
        """Write them to a file for the textfile collector of node_exporter, whole or not at all.

        Raises:
            OutputError: It cannot be written.
        """
        writing.write_atomic(file, generate_latest(self._registry).decode("utf-8"))


class TimedMailer:
    """A mail server of which is noted how long each letter takes it; the port is the same."""

    def __init__(self, mailer: Smtp, metrics: Metrics) -> None:
        self._mailer = mailer
        self._metrics = metrics

    def send(self, letter: Letter, *, before_body: Callable[[], bool]) -> Receipt | None:
        """Hand a letter over, and return the server's last word."""
        began = monotonic()
        receipt = self._mailer.send(letter, before_body=before_body)
        if receipt is not None:
            self._metrics.note_letter(receipt, monotonic() - began)
        return receipt


class _FromDatabase(Collector):
    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("briefing_up", "1 where the database could be read.")
        try:
            found = self._figures()
        except BriefingError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from _of_digests(found)
        yield from _of_models(found)

    def describe(self) -> Iterable[Metric]:
        """Return nothing: what is told is known only once the database is read."""
        return ()


def _of_digests(found: Figures) -> Iterable[Metric]:
    editions = CounterMetricFamily(
        "briefing_editions", "Editions made, with those of no letter.", labels=["digest"]
    )
    letters = GaugeMetricFamily(
        "briefing_letters", "Letters by the state they are in.", labels=["digest", "state"]
    )
    attempts = CounterMetricFamily(
        "briefing_attempts", "Tries to hand over a letter.", labels=["digest"]
    )
    late = GaugeMetricFamily(
        "briefing_edition_late_seconds",
        "How long after it was due the newest edition was made.",
        labels=["digest"],
    )
    made = GaugeMetricFamily(
        "briefing_last_edition_timestamp_seconds",
        "When the newest edition was made, with letters or without.",
        labels=["digest"],
    )
    sent = GaugeMetricFamily(
        "briefing_last_sent_timestamp_seconds",
        "When a server last took a letter.",
        labels=["digest"],
    )
    overdue = GaugeMetricFamily(
        "briefing_overdue_seconds", "How long an edition has been due.", labels=["digest"]
    )
    for one in found.traffic:
        name = [one.digest]
        editions.add_metric(name, one.editions)
        attempts.add_metric(name, one.attempts)
        for state in State:
            letters.add_metric([one.digest, state], one.letters.get(state, 0))
        if one.late_s is not None:
            late.add_metric(name, one.late_s)
        if one.last_made is not None:
            made.add_metric(name, one.last_made.timestamp())
        if one.last_sent is not None:
            sent.add_metric(name, one.last_sent.timestamp())
        overdue.add_metric(name, found.overdue_s.get(one.digest, 0))
    dead = GaugeMetricFamily("briefing_dead_addresses", "Addresses no longer written to.")
    dead.add_metric([], found.dead)
    return editions, letters, attempts, made, late, sent, overdue, dead


def _of_models(found: Figures) -> Iterable[Metric]:
    calls = CounterMetricFamily("briefing_model_calls", "Calls of models.", labels=["profile"])
    tokens = CounterMetricFamily(
        "briefing_model_tokens", "Tokens sent and received.", labels=["profile", "kind"]
    )
    cost = CounterMetricFamily(
        "briefing_model_cost_usd", "Price of calls, where it is known.", labels=["profile"]
    )
    for one in found.spent:
        calls.add_metric([one.key], one.calls)
        tokens.add_metric([one.key, "prompt"], one.prompt_tokens)
        tokens.add_metric([one.key, "completion"], one.completion_tokens)
        if one.cost_usd is not None:
            cost.add_metric([one.key], one.cost_usd)
    return calls, tokens, cost
