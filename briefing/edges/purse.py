"""Sets money and tokens aside before each call, and books what it took."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from briefing.data.briefing import Usage
from briefing.data.spending import Ceilings, Price, picodollars, usd
from briefing.errors import CeilingReached, PromptTooLong
from briefing.ports import ChatRequest, CountTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A try of a call as the ledger keeps it."""

    profile: str
    model: str
    step: str
    prompt_tokens: int
    completion_tokens: int
    cost: int | None
    """In picodollars; None where no price is known."""

    is_estimate: bool
    """The worst case: what the try took is not known, or not yet."""


class Books(Protocol):
    """Where entries are kept for longer than a run."""

    def open(self, entry: Entry, *, most_a_day: int | None) -> int:
        """Keep `entry`, and return its number.

        Raises:
            CeilingReached: With it, the day's entries would cost more than `most_a_day`.
        """
        ...

    def close(self, number: int, entry: Entry | None) -> None:
        """Put `entry` in the place of what was kept; None takes it out."""
        ...

    def ticket(self, number: int) -> str:
        """Return by what a later run finds the entry of a number; empty where none will."""
        ...

    def find(self, ticket: str) -> int | None:
        """Return the number of the entry that an earlier run has a ticket of, if it is there."""
        ...


class Purse:
    """What one run may spend. Safe to share among threads, and among the models of a run."""

    def __init__(self, ceilings: Ceilings, books: Books | None = None) -> None:
        """Take the limits, and where entries are kept beyond the run."""
        self._most_cost = None if ceilings.usd is None else picodollars(ceilings.usd)
        day = ceilings.usd_per_day
        self._most_a_day = None if day is None else picodollars(day)
        self._most_tokens = ceilings.tokens
        self._books = books
        self._lock = threading.Lock()
        self._cost = 0
        self._tokens = 0

    @property
    def cost(self) -> int:
        """What is booked or set aside, in picodollars."""
        return self._cost

    @property
    def tokens(self) -> int:
        """What is booked or set aside, prompts and replies together."""
        return self._tokens

    def open(self, entry: Entry) -> int | None:
        """Set aside what `entry` holds; return its number in the books, if there are any.

        Raises:
            CeilingReached: There is no room for it.
        """
        cost, tokens = entry.cost or 0, entry.prompt_tokens + entry.completion_tokens
        with self._lock:
            if self._most_cost is not None and self._cost + cost > self._most_cost:
                raise CeilingReached(
                    f"the next call to {entry.model!r} may cost USD {usd(cost):.6f}, and of the "
                    f"USD {usd(self._most_cost):.6f} of this run {usd(self._cost):.6f} are spent. "
                    "Raise `--max-cost` or `spending.max_usd`, or give fewer articles."
                )
            if self._most_tokens is not None and self._tokens + tokens > self._most_tokens:
                raise CeilingReached(
                    f"the next call to {entry.model!r} may take {tokens:,} tokens, and of the "
                    f"{self._most_tokens:,} of this run {self._tokens:,} are spent. "
                    "Raise `--max-tokens` or `spending.max_tokens`, or give fewer articles."
                )
            self._cost += cost
            self._tokens += tokens
        try:
            if self._books is None:
                return None
            return self._books.open(entry, most_a_day=self._most_a_day)
        except BaseException:
            with self._lock:
                self._cost -= cost
                self._tokens -= tokens
            raise

    def reopen(self, entry: Entry, ticket: str) -> int | None:
        """Count what an earlier run has set aside and spent; return its number in the books.

        No ceiling is asked: the money is gone, whether its fruit is taken or not.
        """
        with self._lock:
            self._cost += entry.cost or 0
            self._tokens += entry.prompt_tokens + entry.completion_tokens
        if self._books is None:
            return None
        number = self._books.find(ticket)
        return self._books.open(entry, most_a_day=None) if number is None else number

    def ticket(self, number: int | None) -> str:
        """Return by what a later run finds what was set aside; empty where there are no books."""
        return "" if self._books is None or number is None else self._books.ticket(number)

    def close(self, number: int | None, aside: Entry, took: Entry | None) -> None:
        """Book `took` in the place of what was set `aside`; None gives it back."""
        with self._lock:
            self._cost += ((took and took.cost) or 0) - (aside.cost or 0)
            taken = 0 if took is None else took.prompt_tokens + took.completion_tokens
            self._tokens += taken - aside.prompt_tokens - aside.completion_tokens
        if self._books is not None and number is not None:
            self._books.close(number, took)


class PurseMeter:
    """A `Meter` for one model, which takes from a purse that others take from too."""

    def __init__(
        self,
        purse: Purse,
        *,
        profile: str,
        price: Price | None,
        count: CountTokens,
        window_tokens: int | None = None,
        reasoning_tokens: int = 0,
    ) -> None:
        """Take the model's price, how its tokens are counted, and what it takes at most."""
        self._purse = purse
        self._profile = profile
        self._price = price
        self._count = count
        self._window = window_tokens
        self._reasoning = reasoning_tokens

    def worst(self, request: ChatRequest) -> Entry:
        """Return what one try takes at most."""
        prompt, reply = request.most_tokens(self._count)
        return self._entry(request, prompt, reply + self._reasoning, is_estimate=True)

    def reserve(self, request: ChatRequest) -> "_Reserved":
        """Set aside the worst case of one try.

        Raises:
            CeilingReached: It might cost more than may be spent.
            PromptTooLong: It does not fit the model's window.
        """
        worst = self.worst(request)
        asked = worst.prompt_tokens + worst.completion_tokens
        if self._window is not None and asked > self._window:
            raise PromptTooLong(
                f"{request.model!r} has a window of {self._window:,} tokens, and the prompt with "
                f"its reply may take {asked:,}. Use fewer articles, or a smaller token budget."
            )
        return self._reserved(request, worst, self._purse.open(worst))

    def resume(self, request: ChatRequest, ticket: str) -> "_Reserved":
        """Go on with what an earlier run has set aside for a try, and has spent."""
        worst = self.worst(request)
        return self._reserved(request, worst, self._purse.reopen(worst, ticket))

    def _reserved(self, request: ChatRequest, worst: Entry, number: int | None) -> "_Reserved":
        def close(usage: Usage | None) -> Entry:
            took = worst
            if usage is not None:
                tokens = (usage.prompt_tokens, usage.completion_tokens)
                took = self._entry(request, *tokens, is_estimate=False)
                self._purse.close(number, worst, took if any(tokens) else None)
            return took

        return _Reserved(
            tokens=worst.prompt_tokens + worst.completion_tokens,
            ticket=self._purse.ticket(number),
            _close=close,
        )

    def _entry(
        self, request: ChatRequest, prompt: int, completion: int, *, is_estimate: bool
    ) -> Entry:
        return Entry(
            profile=self._profile,
            model=request.model,
            step=request.step,
            prompt_tokens=prompt,
            completion_tokens=completion,
            cost=None if self._price is None else self._price.cost(prompt, completion),
            is_estimate=is_estimate,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reserved:
    tokens: int
    ticket: str
    """By what a later run finds it in the books; empty where there are none."""

    _close: Callable[[Usage | None], Entry]

    def settle(self, usage: Usage | None) -> Usage:
        """Book what the try took; None books all that was set aside."""
        took = self._close(usage)
        return Usage(
            calls=1,
            prompt_tokens=took.prompt_tokens,
            completion_tokens=took.completion_tokens,
            cached_tokens=usage.cached_tokens if usage else 0,
            reasoning_tokens=usage.reasoning_tokens if usage else 0,
            cost_usd=None if took.cost is None else usd(took.cost),
            estimated_calls=int(took.is_estimate),
        )
