import pytest

from briefing.data.briefing import Usage
from briefing.data.spending import Ceilings, Price, usd
from briefing.edges.purse import Purse, PurseMeter
from briefing.errors import CeilingReached, PromptTooLong, Remedy
from briefing.ports import ChatRequest

ASKED = ChatRequest(
    model="small",
    system="one two",
    user="three",
    reply_schema={"type": "object"},
    schema_name="draft",
    max_tokens=100,
)
WORST = 3 + 1 + 64 + 100
"""Words of the prompt and of the schema, what a server puts round them, and the reply."""


class Books:
    """A ledger that remembers what it was told."""

    def __init__(self, error=None):
        self.error = error
        self.kept = {}

    def open(self, entry, *, most_a_day):
        if self.error:
            raise self.error
        self.kept[len(self.kept) + 1] = entry
        return len(self.kept)

    def close(self, number, entry):
        self.kept[number] = entry

    def ticket(self, number):
        return f"run {number}"

    def find(self, ticket):
        number = int(ticket.removeprefix("run ") or 0)
        return number if self.kept.get(number) else None


def meter(purse, price=None, **options):
    return PurseMeter(
        purse, profile="p", price=price, count=lambda text: len(text.split()), **options
    )


def test_sets_the_worst_case_aside_and_books_what_was_taken():
    books = Books()
    purse = Purse(Ceilings(), books)
    reserved = meter(purse, Price.of(1, 10)).reserve(ASKED)
    assert reserved.tokens == purse.tokens == WORST
    assert books.kept[1].is_estimate
    usage = reserved.settle(Usage(calls=1, prompt_tokens=50, completion_tokens=20))
    assert (usage.prompt_tokens, usage.completion_tokens, usage.cost_usd) == (50, 20, 0.00025)
    assert (purse.tokens, usd(purse.cost), books.kept[1].is_estimate) == (70, 0.00025, False)


def test_books_the_worst_case_where_the_server_does_not_say():
    purse = Purse(Ceilings(), books := Books())
    usage = meter(purse, Price.of(1, 10)).reserve(ASKED).settle(None)
    assert (usage.prompt_tokens, usage.completion_tokens, usage.estimated_calls) == (68, 100, 1)
    assert purse.tokens == WORST
    assert books.kept[1].is_estimate


def test_gives_back_what_was_not_taken():
    purse = Purse(Ceilings(), books := Books())
    meter(purse, Price.of(1, 10)).reserve(ASKED).settle(Usage())
    assert (purse.cost, purse.tokens, books.kept) == (0, 0, {1: None})


def test_does_not_keep_aside_what_the_ledger_refuses():
    purse = Purse(Ceilings(), Books(CeilingReached("too much today.")))
    with pytest.raises(CeilingReached):
        meter(purse, Price.of(1, 10)).reserve(ASKED)
    assert (purse.cost, purse.tokens) == (0, 0)


def test_a_call_that_might_cost_too_much_is_not_made_and_the_message_says_what_to_do():
    purse = Purse(Ceilings(usd=0.001))
    with pytest.raises(CeilingReached, match=r"USD 0\.001068.*Raise `--max-cost`") as raised:
        meter(purse, Price.of(1, 10)).reserve(ASKED)
    assert raised.value.remedy is Remedy.STOP


def test_a_call_that_might_take_too_many_tokens_is_not_made():
    purse = Purse(Ceilings(tokens=WORST))
    asked = meter(purse)
    asked.reserve(ASKED).settle(None)
    with pytest.raises(CeilingReached, match=r"168 are spent\. Raise `--max-tokens`"):
        asked.reserve(ASKED)


def test_thinking_counts_as_part_of_the_worst_case():
    assert meter(Purse(Ceilings()), reasoning_tokens=1_000).worst(ASKED).completion_tokens == 1_100


def test_a_prompt_that_does_not_fit_the_window_is_not_sent():
    purse = Purse(Ceilings())
    with pytest.raises(PromptTooLong, match="window of 167 tokens"):
        meter(purse, window_tokens=WORST - 1).reserve(ASKED)
    assert purse.tokens == 0
    assert meter(purse, window_tokens=WORST).reserve(ASKED).tokens == WORST


def test_without_a_price_tokens_are_booked_and_no_cost():
    usage = meter(Purse(Ceilings())).reserve(ASKED).settle(None)
    assert usage.cost_usd is None


def test_what_an_earlier_run_set_aside_is_counted_and_settled_in_its_entry():
    books = Books()
    ticket = meter(Purse(Ceilings(), books), Price.of(1, 10)).reserve(ASKED).ticket
    later = Purse(Ceilings(), books)
    resumed = meter(later, Price.of(1, 10)).resume(ASKED, ticket)
    assert (later.tokens, list(books.kept)) == (WORST, [1])
    resumed.settle(Usage(calls=1, prompt_tokens=50, completion_tokens=20))
    assert (later.tokens, books.kept[1].prompt_tokens, books.kept[1].is_estimate) == (70, 50, False)


def test_what_an_earlier_run_has_spent_is_over_no_ceiling_and_leaves_no_room():
    purse = Purse(Ceilings(tokens=WORST))
    meter(purse).resume(ASKED, "")
    meter(purse).resume(ASKED, "")
    with pytest.raises(CeilingReached):
        meter(purse).reserve(ASKED)


def test_an_entry_that_is_not_there_any_more_is_made_anew():
    books = Books()
    assert meter(Purse(Ceilings(), books)).resume(ASKED, "run 7").ticket == "run 1"
    assert books.kept[1].is_estimate
