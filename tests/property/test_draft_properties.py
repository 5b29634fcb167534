"""A model's draft, cut off or broken anywhere: what is whole counts, and nothing else does."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import MalformedReply
from briefing.steps.draft import parse
from tests import make

SECTIONS = ("bottom_line", "agenda", "numbers")
BRIEF = make.brief(
    make.story("Ada Lund came to Salm on Monday."), *(make.plan(one, most=20) for one in SECTIONS)
)
lines = st.builds(
    "[{}] {}".format,
    st.sampled_from(["S1.1", "S1.1 S2.3", "S4.10"]),
    st.text(st.sampled_from('Lund "came" [to] {Salm}, \\ é “on”: \n.'), min_size=1, max_size=30),
)
drafts = st.tuples(*(st.lists(lines, max_size=4) for _ in SECTIONS)).map(
    lambda found: dict(zip(SECTIONS, found, strict=True))
)


def parsed(text):
    try:
        return parse(replace(make.reply(text), is_cut=True), BRIEF).sentences
    except MalformedReply:
        return ()


@given(drafts, st.sampled_from([None, 2]), st.booleans())
def test_every_cut_of_a_reply_gives_a_prefix_of_its_sentences(sections, indent, is_ascii):
    text = json.dumps({"sections": sections}, indent=indent, ensure_ascii=is_ascii)
    whole = parsed(text)
    longest = 0
    for end in range(len(text)):
        cut = parsed(text[:end])
        assert cut == whole[: len(cut)]
        assert len(cut) >= longest
        longest = len(cut)
    assert longest >= len(whole) - 1


@given(drafts, st.data())
def test_a_character_too_few_brings_no_words_that_the_reply_does_not_have(sections, data):
    text = json.dumps({"sections": sections})
    at = data.draw(st.integers(0, len(text) - 1))
    known = {" ".join(one.text.split()) for one in parsed(text)}
    marks = "[]{},"  # Of a string that lost a mark of its own, other words are left.
    if text[at] in marks and not any(text[at] in line for one in sections.values() for line in one):
        assert {one.text for one in parsed(text[:at] + text[at + 1 :])} <= known


@pytest.mark.parametrize(
    "text",
    [
        '{"sections": {"agenda": ["[S1.1] Lund said "we came" on Monday. [S1.1]", "[S1.1] Yes."]}}',
        '{"sections": {"agenda": ["[S1.1] Lund said "so", and left.", "No.", "[S1.1] Yes."]',
    ],
)
def test_a_piece_of_a_sentence_with_bare_quotation_marks_is_no_sentence(text):
    assert not {"Lund said", "on Monday.", "so", ", and left."} & {one.text for one in parsed(text)}
