import json
from datetime import date
from pathlib import Path

import pytest

from briefing.digest.novelty import Memory, Sent
from briefing.text.phrases import phrases

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "novelty.jsonl").read_text().splitlines()
]
BEFORE, NOW = date(2031, 4, 6), date(2031, 4, 7)


def judge(now, *before):
    return Memory(Sent(text=text, day=BEFORE) for text in before).judge(now, NOW)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["now"][:40])
def test_an_earlier_sentence_makes_of_a_later_one_what_a_reader_would(pair):
    assert judge(pair["now"], pair["before"]).freshness == pair["is"]


def test_without_a_past_all_is_new():
    assert judge("The talks began on Monday.").freshness == "new"


def test_a_changed_figure_says_what_it_was_and_when():
    news = judge("Rescuers found 17 people dead.", "Rescuers found 14 people dead.")
    assert news.change == "6 April: 14"


def test_quotation_marks_and_blanks_make_no_news():
    assert judge(
        "“We came  to listen,” Lund said.", '"We came to listen," Lund said.'
    ).freshness == ("known")


def test_what_two_earlier_sentences_say_together_is_still_new():
    both = ("Lund arrived in Port Salm on Monday.", "The rail line cost 3.2 million crowns.")
    said = "Lund arrived in Port Salm on Monday to open the rail line of 3.2 million crowns."
    assert judge(said, *both).freshness == "new"


def test_the_day_of_a_changed_figure_is_told_in_the_words_of_the_headings():
    sent = [Sent(text="Rescuers found 14 people dead.", day=BEFORE)]
    news = Memory(sent, headings=phrases("fr")).judge("Rescuers found 17 people dead.", NOW)
    assert news.change == "6 avril: 14"
