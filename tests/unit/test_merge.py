from briefing.data.draft import Draft
from briefing.steps.merge import merge
from tests import make

ARRIVED = "Foreign Minister Ada Lund arrived in Port Salm on Monday for talks on rail."
COST = "The new rail line cost 3.2 million crowns, the harbour office reported."
FERRY = "A ferry to Ondresk was cancelled because of the storm."
STORY = make.story(f"{ARRIVED} {COST}", f"{ARRIVED} {FERRY}")


def merged(*drafts, plans=(), holds=None):
    brief = make.brief(STORY, *plans)
    drafts = [Draft(sentences=tuple(of)) for of in drafts]
    every = {one for draft in drafts for one in draft.sentences}
    held = every if holds is None else {one for one in every if one.text in holds}
    return [one.text for one in merge(drafts, brief, held=held).sentences]


def said(text, cite="S1.1", section="bottom_line"):
    return make.draft_sentence(text, cite, section=section)


def test_no_sentence_is_changed_and_no_citation():
    brief = make.brief(STORY)
    drafts = [Draft(sentences=(said(ARRIVED),)), Draft(sentences=(said(COST, "S1.2"),))]
    found = merge(drafts, brief, held=()).sentences
    assert set(found) == {said(ARRIVED), said(COST, "S1.2")}


def test_a_section_takes_no_more_than_it_has_room_for_and_the_best_first():
    assert merged([said(FERRY)], [said(ARRIVED)], plans=[make.plan(most=1)]) == [ARRIVED]


def test_running_text_ends_at_its_length():
    plan = make.plan(words=10)
    assert merged([said(FERRY), said(COST)], [said(ARRIVED)], plans=[plan]) == [ARRIVED]


def test_what_holds_comes_before_what_does_not():
    plans = [make.plan(most=1)]
    assert merged([said(FERRY)], [said(ARRIVED)], plans=plans, holds={FERRY}) == [FERRY]


def test_what_two_parts_say_in_other_words_is_said_once():
    again = "On Monday Foreign Minister Ada Lund arrived for talks on rail in Port Salm."
    assert len(merged([said(ARRIVED)], [said(again), said(COST)])) == 2


def test_sections_stand_in_the_order_of_the_template_with_their_own_sentences():
    plans = [make.plan("top"), make.plan("more")]
    found = merged([said(COST, section="more")], [said(ARRIVED, section="top")], plans=plans)
    assert found == [ARRIVED, COST]


def test_a_sentence_for_no_section_is_left_out():
    assert merged([said(ARRIVED), said(COST, section="weather")]) == [ARRIVED]


def test_nothing_drafted_is_nothing_merged():
    assert merged([], []) == []
