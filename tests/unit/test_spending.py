import pytest

from briefing.data.briefing import Usage
from briefing.data.spending import Price, picodollars, usd


def test_a_price_is_a_whole_number_of_picodollars_a_token():
    price = Price.of(0.25, 2.0)
    assert (price.prompt, price.completion) == (250_000, 2_000_000)
    assert usd(price.cost(1_000_000, 1_000_000)) == 2.25


@pytest.mark.parametrize("tiny", [0.1, 0.15, 1e-9])
def test_a_price_is_never_rounded_down(tiny):
    assert Price.of(tiny, 0).prompt >= tiny * 1_000_000


@pytest.mark.parametrize(("discount", "left"), [(0, 250_000), (0.5, 125_000), (0.3, 175_000)])
def test_a_discount_leaves_a_share_of_the_price(discount, left):
    assert Price.of(0.25, 0).less(discount) == Price(prompt=left, completion=0)


def test_a_price_that_is_less_is_never_rounded_down():
    assert Price(prompt=1, completion=3).less(0.5) == Price(prompt=1, completion=2)


def test_a_ceiling_is_never_rounded_up():
    assert picodollars(0.1) == 100_000_000_000
    assert picodollars(1e-13) == 0


def test_the_cost_of_calls_is_known_only_where_the_price_of_each_is():
    priced = Usage(calls=1, prompt_tokens=1, cost_usd=0.1)
    assert (priced + priced + priced).cost_usd == 0.3
    assert (Usage() + priced).cost_usd == 0.1
    assert (priced + Usage(calls=1)).cost_usd is None
    assert (Usage() + Usage()).cost_usd is None


def test_estimated_calls_add_up():
    assert (Usage(calls=1, estimated_calls=1) + Usage(calls=1)).estimated_calls == 1
