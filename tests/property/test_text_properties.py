import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.text.canonical import MAX_MARKS, canonical, clean, find, form
from briefing.text.sentences import sentences
from tests.property import strategies as given_

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
RETYPED = [
    str.maketrans({"’": "'", "“": '"', "”": '"', "–": "-"}),
    str.maketrans({"'": "’", '"': "„", "“": "«", "”": "»", "-": "—"}),
    str.maketrans({"'": "‘", "’": "\u02bc", '"': "\uff02", "-": "‑"}),
]

articles = st.lists(given_.words, min_size=1, max_size=12)


@st.composite
def copied(draw):
    """Words that stand side by side in an article, and the article."""
    article = draw(articles)
    first = draw(st.integers(0, len(article) - 1))
    last = draw(st.integers(first + 1, len(article)))
    return " ".join(article[first:last]), " ".join(article)


@given(copied())
def test_words_copied_from_an_article_are_found_in_it(case):
    quote, article = case
    assert canonical(find(quote, article).of(article)).form == canonical(quote).form


@given(copied(), st.sampled_from(RETYPED), st.sampled_from(["NFC", "NFD"]), st.data())
def test_words_are_found_however_they_are_typed(case, marks, form, data):
    quote, article = case
    noise = st.sampled_from(["", "", *ZERO_WIDTH])
    blank = st.sampled_from([" ", "\u00a0", "\u2009", "  ", "\n", " \n\t "])
    retyped = "".join(
        data.draw(blank if char == " " else noise) + ("" if char == " " else char)
        for char in quote.translate(marks)
    )
    assert find(unicodedata.normalize(form, retyped), article) == find(quote, article)


@given(copied(), st.sampled_from(RETYPED))
def test_words_are_found_however_the_article_types_them(case, marks):
    quote, article = case
    printed = unicodedata.normalize("NFD", article.translate(marks).replace(" ", " \u00a0"))
    assert find(quote, printed) is not None


@given(given_.numbers, given_.numbers, st.sampled_from(["", ".", ",", "%", " people", " 000"]))
def test_another_number_is_never_found(one, other, end):
    assume(one != other)
    text = f"They say it killed {other}{end if end != ' 000' else ' men'} in all"
    assert find(f"killed {one}", text) is None
    assert find(f"{one} people", f"killed {other} people") is None


@given(given_.anything | given_.prose | st.text(st.characters(codec="ascii")))
def test_the_form_alone_is_the_one_with_the_way_back(text):
    assert form(text) == canonical(text).form


@given(given_.anything)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(given_.anything)
def test_nothing_that_could_act_is_left(text):
    kept = clean(text)
    assert not set(kept) & {*ZERO_WIDTH, *BIDI}
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    kept.encode("utf-8")


@given(given_.anything)
def test_cleaning_takes_no_letter_or_digit(text):
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in clean(text) if c.isalnum()] == letters


@given(given_.anything)
def test_each_canonical_character_has_its_place_in_the_text(text):
    found = canonical(text)
    assert len(found.form) == len(found.starts) == len(found.ends)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True)
    )
    assert list(found.starts) == sorted(found.starts)


@given(given_.anything)
def test_the_canonical_form_is_folded_and_trimmed(text):
    form = canonical(text).form
    assert form == " ".join(form.split())
    assert not set(form) & {*ZERO_WIDTH, *BIDI, *"“”‘’–—"}


@given(given_.prose | given_.anything)
def test_sentences_are_in_order_and_apart_and_inside_the_text(text):
    found = sentences(text)
    ends = [0, *(one.span.end for one in found)]
    assert all(end <= one.span.start for end, one in zip(ends, found, strict=False))
    assert all(one.span.end <= len(text) for one in found)
    assert [one.paragraph for one in found] == sorted(one.paragraph for one in found)


@given(given_.prose | given_.anything)
def test_no_letter_is_lost_between_sentences(text):
    left = list(text)
    for one in sentences(text):
        assert one.span.of(text).strip() == one.span.of(text)
        left[one.span.start : one.span.end] = " " * (one.span.end - one.span.start)
    assert not [char for char in left if char.isalnum()]


@given(given_.prose)
def test_no_sentence_crosses_a_blank_line(text):
    assert all("\n\n" not in one.span.of(text) for one in sentences(text))


# Some of these are no marks themselves, but come apart into two: normalising many of them takes
# quadratic time.
@pytest.mark.parametrize("mark", ["\u0301", "\u0344", "\u0f73", "\u0f75", "\u0f81"])
def test_no_run_of_marks_is_longer_than_allowed(mark):
    kept = clean("a" + mark * 200)
    assert sum(map(bool, map(unicodedata.combining, kept))) <= MAX_MARKS
