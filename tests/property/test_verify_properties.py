from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, retrieve, verify
from tests import make
from tests.property import strategies as given_

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SUBJECT, DEED, OBJECT = range(3)


@st.composite
def turned(draw, *places):
    """A fact, and the same with another part at one of `places`."""
    parts = [draw(st.sampled_from(pool)) for pool in given_.PARTS]
    place = draw(st.sampled_from(places))
    other = draw(st.sampled_from(given_.PARTS[place]).filter(lambda part: part != parts[place]))
    changed = [*parts[:place], other, *parts[place + 1 :]]
    return given_.fact(parts), given_.fact(changed)


def verdict(claim, source):
    story = make.story(source)
    return verify(claim, make.cites(story, "S1.1"), Sources(story)).verdict


@given(given_.facts)
def test_a_sentence_bears_itself_out(fact):
    assert verdict(fact, fact) is Verdict.SUPPORTED


@given(given_.stories, st.data())
def test_every_sentence_of_a_story_is_found_in_it(texts, data):
    story = make.story(*texts)
    sentence = data.draw(st.sampled_from(story.sentences))
    assert retrieve(sentence.text, Sources(story)).verdict is Verdict.SUPPORTED


@given(turned(SUBJECT, OBJECT))
def test_a_fact_of_somebody_or_something_else_is_not_borne_out(case):
    source, claim = case
    assert verdict(claim, source) is not Verdict.SUPPORTED


@given(turned(DEED))
def test_another_deed_is_not_borne_out(case):
    source, claim = case
    assert verdict(claim, source) is not Verdict.SUPPORTED


@given(st.integers(2, 999), st.integers(2, 999), st.sampled_from(["crowns", "tonnes", "percent"]))
def test_another_number_is_not_borne_out(one, other, unit):
    source, claim = (f"The new rail line cost {number} {unit}." for number in (one, other))
    assert (verdict(claim, source) is Verdict.SUPPORTED) == (one == other)


@given(days, days)
def test_another_day_is_not_borne_out(one, other):
    source, claim = (
        f"Ada Lund opened the rail line on {day.day} {day:%B} {day.year}." for day in (one, other)
    )
    assert (verdict(claim, source) is Verdict.SUPPORTED) == (one == other)


@given(given_.facts, given_.anything)
def test_whatever_is_claimed_there_is_a_verdict(fact, claim):
    finding = retrieve(claim, Sources(make.story(fact)))
    assert 0 <= finding.score <= 1
    assert finding.reason
