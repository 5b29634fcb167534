import pytest

from briefing.text.mention import is_mentioned

TEXTS = ("The new rail line cost 3.2 million crowns.", "Lund arrived on Monday.")


@pytest.mark.parametrize("words", ["rail tariff", "costs", "MONDAY", "rail-link", "3.2", "on"])
def test_a_word_of_them_in_any_form_is_enough(words):
    assert is_mentioned(words, TEXTS)


@pytest.mark.parametrize("words", ["tariff", "the tariff", "under", "!!!"])
def test_words_that_stand_nowhere_are_not_mentioned(words):
    assert not is_mentioned(words, TEXTS)


def test_a_script_without_blanks_is_looked_for_as_it_is_written():
    assert is_mentioned("\u94c1\u8def", ["\u65b0\u94c1\u8def\u7ebf"])
