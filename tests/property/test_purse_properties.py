"""Whatever prices, ceilings and servers do: no more is spent than may be."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.briefing import Usage
from briefing.data.spending import Ceilings, Price, picodollars
from briefing.edges.purse import Purse, PurseMeter
from briefing.errors import CeilingReached
from briefing.ports import ChatRequest

SCRIPTS = 1_000


@dataclass(frozen=True)
class Try:
    """One try: how long its prompt is, what the server took of it, and what it tells."""

    words: int
    max_tokens: int
    taken: float
    """Share of the worst case that the server charges for."""

    end: str


tries = st.builds(
    Try,
    words=st.integers(0, 3_000),
    max_tokens=st.integers(1, 4_000),
    taken=st.floats(0, 1),
    end=st.sampled_from(["told", "told", "untold", "free", "killed"]),
)
prices = st.floats(0, 500, allow_nan=False)
scripts = st.lists(tries, min_size=1, max_size=40)


def request(one):
    return ChatRequest(
        model="m",
        system="",
        user="word " * one.words,
        reply_schema={},
        schema_name="s",
        max_tokens=one.max_tokens,
    )


class Provider:
    """Charges for what it is asked, as scripted, and counts what it charged."""

    def __init__(self, price):
        self.price = price
        self.charged = 0
        self.tokens = 0
        self._lock = threading.Lock()

    def serve(self, one, meter):
        """Make one try the way `OpenAIChat` does."""
        reservation = meter.reserve(request(one))
        prompt = int((reservation.tokens - one.max_tokens) * one.taken)
        completion = int(one.max_tokens * one.taken)
        if one.end == "free":
            reservation.settle(Usage())
            return
        with self._lock:
            self.charged += self.price.cost(prompt, completion)
            self.tokens += prompt + completion
        if one.end == "told":
            reservation.settle(Usage(calls=1, prompt_tokens=prompt, completion_tokens=completion))
        elif one.end == "untold":
            reservation.settle(None)


def meter_of(price, ceilings):
    purse = Purse(ceilings)
    count = lambda text: len(text.split())  # noqa: E731
    return purse, PurseMeter(purse, profile="p", price=price, count=count)


@settings(max_examples=SCRIPTS)
@given(script=scripts, prompt=prices, completion=prices, most=st.floats(0, 2))
def test_a_run_never_costs_more_than_it_may(script, prompt, completion, most):
    price, ceiling = Price.of(prompt, completion), picodollars(most)
    purse, meter = meter_of(price, Ceilings(usd=most))
    provider = Provider(price)
    for one in script:
        try:
            provider.serve(one, meter)
        except CeilingReached:
            assert purse.cost + meter.worst(request(one)).cost > ceiling
        assert provider.charged <= purse.cost <= ceiling


@settings(max_examples=200)
@given(script=scripts, most=st.integers(0, 20_000))
def test_a_run_never_takes_more_tokens_than_it_may(script, most):
    price = Price.of(1, 1)
    purse, meter = meter_of(price, Ceilings(tokens=most))
    provider = Provider(price)
    for one in script:
        with suppress(CeilingReached):
            provider.serve(one, meter)
        assert provider.tokens <= purse.tokens <= most


@settings(max_examples=25)
@given(script=scripts, most=st.floats(0, 1))
def test_calls_at_once_never_cost_more_than_they_may_together(script, most):
    price = Price.of(20, 80)
    purse, meter = meter_of(price, Ceilings(usd=most))
    provider = Provider(price)

    def serve(one):
        with suppress(CeilingReached):
            provider.serve(one, meter)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(serve, script))
    assert provider.charged <= purse.cost <= picodollars(most)
