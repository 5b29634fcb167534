from briefing.steps import compare as step
from briefing.steps.trace import trace
from tests import make

RIGHT = "Foreign Minister Ada Lund came to Port Salm."
WRONG = "Prime Minister Lund went to the mayor."

TOLD = "The harbour office said that 41 ships of the fleet had lain in Port Salm since {}."


def compare(story):
    return step.compare(story, trace(story))


def test_articles_that_agree_have_no_discrepancy():
    found = compare(make.story(RIGHT, "Foreign Minister Lund left again.", "The mayor spoke."))
    assert (found.discrepancies, found.touching, found.disputed) == ((), {}, frozenset())


def test_the_office_that_most_articles_give_is_taken_to_be_right():
    found = compare(make.story(RIGHT, "Foreign Minister Lund left.", WRONG))
    (one,) = found.discrepancies
    assert (one.type, one.status, one.severity) == ("title", "resolved", "high")
    assert [side.label for side in one.sides] == ["foreign minister", "prime minister"]
    assert found.disputed == {"S3.1"}
    assert found.touching == {"S3.1": (one.id,)}


def test_a_tie_stays_open_and_disputes_both_sides():
    found = compare(make.story(RIGHT, WRONG))
    assert [one.status for one in found.discrepancies] == ["unresolved"]
    assert found.disputed == {"S1.1", "S2.1"}


def test_one_article_is_one_voice_however_often_it_says_it():
    story = make.story(RIGHT, f"{WRONG} Prime Minister Lund slept. Prime Minister Lund ate.")
    assert [one.status for one in compare(story).discrepancies] == ["unresolved"]


def test_each_side_cites_one_sentence_an_article_exactly():
    story = make.story(RIGHT, f"Foreign Minister Lund left. {WRONG}", RIGHT.replace("came", "flew"))
    (one,) = compare(story).discrepancies
    texts = {article.id: article.text for article in story.articles}
    cited = [citation for side in one.sides for citation in side.citations]
    assert len(cited) == 4
    assert all(texts[c.article][c.start : c.end] == c.quote for c in cited)


def test_the_words_about_it_name_the_person_and_both_offices():
    (one,) = compare(make.story(RIGHT, "Foreign Minister Lund left.", WRONG)).discrepancies
    assert "Ada Lund" in one.wording
    assert "foreign minister" in one.wording
    assert "prime minister" in one.wording


def test_look_alikes_are_no_discrepancy():
    story = make.story(
        RIGHT,
        "Deputy Prime Minister Lund ate. Former President Lund slept.",
        "President Bo Lund stayed at home.",
    )
    assert compare(story).discrepancies == ()


def test_the_same_story_has_the_same_ids():
    story = make.story(RIGHT, WRONG)
    assert compare(story) == compare(story)


def test_a_figure_that_a_copy_changes_stays_open_however_many_reprint_it():
    text = TOLD.format("May")
    story = make.story(f"{text} One.", f"{text} Two.", f"Note. {text.replace('41', '43')}")
    found = compare(story)
    (one,) = found.discrepancies
    assert (one.type, one.status) == ("number", "unresolved")
    assert [(s.label, len(s.citations)) for s in one.sides] == [("41", 2), ("43", 1)]
    assert one.wording == "Copies of one text differ in a number: 41 or 43."
    assert found.touching == dict.fromkeys(("S1.1", "S2.1", "S3.2"), (one.id,))
    assert found.disputed == frozenset()


def test_a_changed_date_is_a_discrepancy_of_its_own_type():
    story = make.story(TOLD.format("4 May 2031"), f"{TOLD.format('6 May 2031')} Yes.")
    (one,) = compare(story).discrepancies
    assert (one.type, [side.label for side in one.sides]) == ("date", ["4 May 2031", "6 May 2031"])


def test_two_changes_in_one_sentence_have_ids_of_their_own():
    changed = TOLD.format("6 May 2031").replace("41", "44")
    ids = [one.id for one in compare(make.story(TOLD.format("4 May 2031"), changed)).discrepancies]
    assert len(set(ids)) == 2
