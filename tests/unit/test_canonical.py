import pytest

from briefing.data.article import Span
from briefing.text.canonical import MAX_MARKS, canonical, clean, find

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("dirty", "harmless"),
    [
        ("a\x00b\x07c\x7f", "abc"),
        ("\x1b[31mred\x9b0m", "[31mred0m"),
        (f"a{ZERO_WIDTH}b{BIDI}c", "abc"),
        ("tag\U000e0041\U000e007fged", "tagged"),
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six\x0bseven\x0ceight", None),
        ("a\u00a0b\u202fc\u3000d\te", "a b c d e"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("cafe\u0301", "caf\u00e9"),
        ("plain, and left alone", "plain, and left alone"),
    ],
)
def test_clean_makes_words_from_outside_harmless(dirty, harmless):
    expected = harmless or "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight"
    assert clean(dirty) == expected


def test_clean_cuts_marks_stacked_higher_than_any_script_does():
    assert clean("z" + "\u0335" * 500 + "a") == "z" + "\u0335" * MAX_MARKS + "a"


def test_clean_keeps_the_letters_of_every_script():
    text = "Привет мир، مرحبا नमस्ते 你好 안녕 Ελλάδα"
    assert clean(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“it’s”", '"it\'s"'),
        ("«Oui»", '"Oui"'),
        ("Kaldrin–Ustavar — now", "Kaldrin-Ustavar - now"),
        ("wait…", "wait..."),
        ("ﬁnal", "final"),
        ("  two \n\n words ", "two words"),
        ("ca\u00adfe\u0301", "café"),
        ("\uff27\uff18\u3000now", "G8 now"),
    ],
)
def test_canonical_folds_what_does_not_change_what_was_said(one, other):
    assert canonical(one).form == canonical(other).form == other


@pytest.mark.parametrize(
    ("one", "other"), [("p\u0430y", "pay"), ("Lund", "lund"), ("resume", "résumé"), ("a b", "ab")]
)
def test_canonical_keeps_apart_what_only_looks_alike(one, other):
    assert canonical(one).form != canonical(other).form


def test_canonical_of_nothing_but_blanks_and_format_characters_is_empty():
    assert canonical(f" \n {ZERO_WIDTH} ").form == ""


def test_canonical_knows_the_way_back_to_the_original():
    text = f"“The{ZERO_WIDTH} ﬁrst…”"
    form = canonical(text)
    assert form.form == '"The first..."'
    start = form.form.index("first")
    assert form.original(start, start + len("first")).of(text) == "ﬁrst"
    assert form.original(len(form.form) - 2, len(form.form)).of(text) == "…”"


def test_find_gives_the_span_in_the_text_as_it_is_printed():
    text = "He said:  “We’re\u00a0ready”."
    assert find('"We\'re ready"', text) == Span(10, 23)


def test_find_gives_the_first_of_two_places():
    assert find("in Kaldrin", "Now in Kaldrin, later in Kaldrin.") == Span(4, 14)


def test_find_passes_over_a_place_that_splits_a_word():
    assert find("gas", "Gastown sells gasoline and gas.") == Span(27, 30)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("killed 4", "killed 41"),
        ("killed 4", "killed 4.1"),
        ("killed 4", "killed 4,100"),
        ("cost 3", "cost 3.2 million"),
        ("1 dead", "41 dead"),
        ("5 dead", "2.5 dead"),
        ("000 dead", "3,000 dead"),
        ("minister", "ministers"),
        ("art", "part"),
        ("Lund said", "Lund, said"),
        ("not said", "said not"),
    ],
)
def test_find_wants_whole_words_and_whole_numbers_in_order(quote, text):
    assert find(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("killed 41", "killed 4¹", id="footnote-mark"),
        pytest.param("cost 31", "cost 3½ million", id="fraction"),
        pytest.param("covers 52", "covers 5²", id="exponent"),
    ],
)
def test_find_does_not_make_a_number_of_raised_digits(quote, text):
    assert find(quote, text) is None


def test_find_finds_a_raised_digit_as_it_is_printed():
    assert find("killed 4¹ people", "It killed 4¹ people.") is not None
    assert find("3½ million", "cost 3½ million") == Span(5, 15)


def test_find_does_not_split_a_letter_from_its_vowel_sign():
    assert find("क", "की") is None


@pytest.mark.parametrize("quote", ["", "  ", "\u200b", "\n\n"])
def test_find_finds_nothing_for_an_empty_quotation(quote):
    assert find(quote, "The talks began on Monday.") is None


def test_find_looks_inside_scripts_that_are_written_without_blanks():
    assert find("会谈", "双方会谈开始。") == Span(2, 4)


def test_find_keeps_numbers_whole_in_scripts_without_blanks_too():
    assert find("死亡4", "死亡41人") is None
