from datetime import date

import pytest

from tests import make
from tests.compared import compare, found, labels, types

RIGHT = "Foreign Minister Ada Lund came to Port Salm."
WRONG = "Prime Minister Lund went to the mayor."

TOLD = "The harbour office said that 41 ships of the fleet had lain in Port Salm since {}."


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


def test_a_minister_and_his_deputy_are_two():
    (one,) = found(
        "Deputy Water Minister Bo Lund flew over the dike.",
        "Water Minister Bo Lund saw the dike from the air.",
    )
    assert labels(one) == ["deputy water minister", "water minister"]


@pytest.mark.parametrize(
    "articles",
    [
        (
            RIGHT,
            "Deputy Prime Minister Lund ate. Former President Lund slept.",
            "President Bo Lund stayed at home.",
        ),
        (RIGHT, "Ada Lund, who was prime minister until 2027, smiled."),
        ("Mayor Bo Lund wept. Governor Ada Lund, his sister, called.", "Governor Lund sent buses."),
    ],
)
def test_other_offices_of_other_people_and_times_are_no_discrepancy(articles):
    assert types(*articles) == []


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


def test_a_relative_date_is_counted_from_its_article_and_says_so():
    (one,) = found(
        "Envoy Ada Lund visited Port Salm last month to prepare the talks.",
        "Ada Lund, who was in Port Salm in February to prepare the talks, is ill.",
    )
    assert (one.type, one.status) == ("date", "unresolved")
    assert labels(one) == ["last month (March 2031)", "in February 2031"]


@pytest.mark.parametrize(
    "articles",
    [
        ("Lund arrived in Salm on Sunday.", "Ada Lund left Salm on Monday for Vell."),
        (
            "Ada Lund met Bo Berg in Salm in June 2029 and in Vell in May 2030.",
            "Ada Lund met Bo Berg in Vell in May 2030.",
        ),
        (
            "The first session of the council was held in Vell in May 2029.",
            "The second session of the council was held in Vell in May 2030.",
        ),
        (
            "Trade of Salm and Vell reached 4 million crowns in 2029.",
            "Trade of Salm and Vell reached 6 million crowns in 2030.",
        ),
        ("Ada Lund visited Salm today.", "Ada Lund visited Salm on Sunday."),
    ],
)
def test_two_events_are_not_one_event_with_two_dates(articles):
    assert types(*articles) == []


def test_two_figures_for_one_quantity_are_reported_with_both():
    (one,) = found(
        "The fire burned 2,600 hectares of forest near Salm.",
        "Near Salm 6,200 hectares of forest were burned by the fire.",
    )
    assert (one.type, one.severity) == ("number", "high")
    assert labels(one) == ["2,600 hectares", "6,200 hectares"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Over 500 soldiers came to Salm.", "540 soldiers came to Salm."),
        ("Nearly 2,000 people left Salm.", "Some 1,950 people left Salm."),
        ("The deal with Salm cost $2.3 billion.", "The deal with Salm cost $2.31 billion."),
        ("At least 9 people died in Salm.", "12 people died in Salm."),
        ("In Salm alone 9 people died.", "In all 21 people died in Salm."),
        ("In Salm 9 people were killed.", "In Salm 400 people were displaced."),
        (
            "Salm exported wood worth 8 million crowns.",
            "Salm exported fish worth 3 million crowns.",
        ),
        ("The ship can carry 420 passengers.", "The ship had 300 passengers on board."),
    ],
)
def test_rounding_parts_and_other_things_are_no_conflict(left, right):
    assert types(left, right) == []


def test_what_one_article_has_both_as_done_and_as_planned_is_reported():
    (one,) = found(
        "President Lund and Prime Minister Berg signed the accord in Salm on Monday. "
        "The two leaders will sign the accord at noon."
    )
    assert (one.type, labels(one)) == ("event status", ["took place", "planned"])
    assert one.wording.startswith("S1 tells it both as planned and as done")


def test_a_plan_that_came_true_is_no_conflict():
    story = make.story(
        make.article("Ada Lund will visit the mine on Friday.", published=date(2031, 4, 1)),
        make.article("Ada Lund visited the mine on Friday.", published=date(2031, 4, 5)),
    )
    assert compare(story).discrepancies == ()


def test_a_plan_after_the_report_is_a_conflict():
    story = make.story(
        make.article("Engineers have reopened the road to Salm.", published=date(2031, 4, 1)),
        make.article("Engineers will reopen the road to Salm.", published=date(2031, 4, 2)),
    )
    assert [one.type for one in compare(story).discrepancies] == ["event status"]


def test_a_meeting_that_was_called_off_did_not_take_place():
    assert types(
        "The concert in Salm was cancelled on Sunday.",
        "The concert in Salm took place on Sunday.",
    ) == ["event status"]


def test_another_meeting_with_the_same_people_is_no_conflict():
    text = "Lund and Berg met in Salm on Monday. They will meet again on Tuesday."
    assert types(text) == []


def test_two_wordings_of_one_quotation_are_reported_and_stay_open():
    (one,) = found(
        '"We have come to Salm to listen before we speak," Ada Lund said.',
        '"We came to Salm to listen first and to speak later," Lund said.',
    )
    assert (one.type, one.status, one.severity) == ("quotation wording", "unresolved", "medium")
    assert one.wording.startswith("Ada Lund is quoted in different words")


def test_an_excerpt_is_not_cut_behind_a_denial():
    told = "we did not at any time want to {} and our crews know it as well as the islands do today"
    (one,) = found(
        f'"Let me say that {told.format("stop the white boats")}," Ada Lund said.',
        f'"Let me say that {told.format("keep the boats in port")}," Lund said.',
    )
    assert all("did not" in side.label for side in one.sides)


def test_of_two_long_wordings_what_they_differ_in_is_shown():
    told = "our two countries have for many years held to one view of the lake and of {} fish in it"
    (one,) = found(
        f'"The fact is that {told.format("most")}," Ada Lund said.',
        f'"Fact is that {told.format("many of the")}," Lund said.',
    )
    labels = [side.label for side in one.sides]
    assert ["most fish" in label or "many of the fish" in label for label in labels] == [True] * 2


@pytest.mark.parametrize(
    "other",
    [
        '"We have come to Salm to listen," Lund said.',
        "“We have come to Salm to listen before we speak”, Lund said.",
        '"We\'ve come to Salm … before we speak," Lund said.',
        '"We have come to Salm to listen before we speak too," Bo Berg said.',
        '"We have never seen such a harvest of plums," Lund said.',
    ],
)
def test_a_shortened_quotation_and_another_speaker_are_no_second_wording(other):
    assert types('"We have come to Salm to listen before we speak," Ada Lund said.', other) == []


CLAIM = "the visit will open a new chapter in the friendship between the two peoples"


def test_a_statement_in_an_outlets_own_voice_is_reported():
    (one,) = found(f"The Foreign Ministry said that {CLAIM}.", f"It rained. {CLAIM.capitalize()}.")
    assert (one.type, one.status) == ("attribution lost", "resolved")
    assert labels(one) == ["The Foreign Ministry", "in its own voice"]


@pytest.mark.parametrize(
    "other",
    [
        f"{CLAIM.capitalize()}, a ministry spokesman said.",
        f'"{CLAIM.capitalize()}."',
        "The visit will be short, and the two peoples will hardly notice it.",
    ],
)
def test_what_stays_attributed_or_is_said_otherwise_is_not_lost(other):
    assert types(f"The Foreign Ministry said that {CLAIM}.", other) == []


def test_a_misspelt_name_is_folded_into_the_usual_one():
    (one,) = found(
        "Envoy Petra Lomax spoke. Lomax left.", "Petra Lomaz, the envoy, spoke.", "Lomax is ill."
    )
    assert (one.type, one.severity) == ("spelling", "low")
    assert labels(one) == ["Petra Lomax", "Petra Lomaz"]


def test_people_with_similar_names_are_two():
    assert types("Carla Jansen spoke.", "Karl Hansen spoke.", "Jansen left. Hansen left.") == []


def test_a_garbled_sentence_is_reported_beside_its_sound_twin():
    (one,) = found(
        "Ada Lund met the army chief, General Davit Korr, at the palace.",
        "Ada Lund met the chief of the army, the general. Davit Korr, at the palace.",
    )
    assert (one.type, labels(one)) == ("translation damage", ["whole", "damaged"])


def test_the_worst_stand_first():
    assert types(
        "Envoy Petra Lomax spoke for two hours. Lomax left. Foreign Minister Ada Lund slept.",
        "Petra Lomaz, the envoy, spoke at length. Prime Minister Ada Lund slept.",
        "Lomax is ill.",
    ) == ["title", "spelling"]


def test_open_figures_are_marked_but_may_be_printed():
    story = make.story(
        "The company employs 3,400 people in Salm.", "In Salm the company employs 4,300 people."
    )
    compared = compare(story)
    (one,) = compared.discrepancies
    assert compared.touching == {"S1.1": (one.id,), "S2.1": (one.id,)}
    assert compared.disputed == frozenset()
