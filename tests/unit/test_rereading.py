"""A saved briefing of the example in which one thing beside the sentences was changed."""

import pytest

from briefing.data.reason import Reason
from tests.saved_example import codes, example, section, verified


def dated(saved):
    return next(s for s in section(saved, "programme")["sentences"] if s["when"])


def measured(saved):
    return next(s for s in section(saved, "numbers")["sentences"] if s["figures"])


def call_a_deed_open(saved):
    saved["unreported"] += section(saved, "bottom_line")["sentences"][0]["citations"][:1]
    saved["counts"]["gaps"] += 1


def change_day(saved):
    dated(saved)["when"][0] |= {"first": "2031-04-09", "last": "2031-04-09"}


def take_day_away(saved):
    dated(saved)["when"] = []


def change_stage(saved):
    sentence = next(s for s in section(saved, "programme")["sentences"] if s["stage"])
    sentence["stage"] = "done" if sentence["stage"] != "done" else "planned"


def change_figure(saved):
    measured(saved)["figures"][0] = "$9 billion"


def add_figure(saved):
    measured(saved)["figures"].append("99%")


def change_whose_line(saved):
    sentence = next(s for s in section(saved, "agenda")["sentences"] if s["sides"])
    sentence["sides"] = ["Elsewhere"]


def make_surer(saved):
    sentence = next(
        s for one in saved["sections"] for s in one["sentences"] if s["confidence"] == "reported"
    )
    sentence["confidence"] = "confirmed"


def add_an_origin(saved):
    sentence = section(saved, "bottom_line")["sentences"][0]
    sentence["origins"].append(saved["articles"][-1]["id"])


def hide_a_dispute(saved):
    sentence = next(s for one in saved["sections"] for s in one["sentences"] if s["discrepancies"])
    sentence["discrepancies"] = []


def change_office(saved):
    section(saved, "people")["people"][0]["roles"][0]["title"] = "president"


def change_side(saved):
    section(saved, "people")["people"][0]["side"] = "Elsewhere"


def change_name(saved):
    section(saved, "people")["people"][0]["name"] = "Nils Other"


def move_the_words_of_an_office(saved):
    role = section(saved, "people")["people"][0]["roles"][0]
    role["citations"][0]["quote"] = "Foreign Minister Somebody Else"


def cite_another_for_an_office(saved):
    first, second = section(saved, "people")["people"][:2]
    first["roles"][0]["citations"] = second["roles"][0]["citations"]


def change_side_of_a_difference(saved):
    saved["discrepancies"][0]["sides"][0]["label"] = "something else"


def settle_a_difference(saved):
    one = next(d for d in saved["discrepancies"] if d["status"] == "unresolved")
    one["status"] = "resolved"
    saved["counts"]["warnings"] -= 1


def take_a_difference_away(saved):
    saved["discrepancies"] = [d for d in saved["discrepancies"] if d["status"] == "resolved"]
    saved["counts"]["warnings"] = 0


def test_as_it_was_written_it_holds():
    result = verified()
    assert result.holds
    assert codes(result) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_day, Reason.LABEL_DIFFERS),
        (take_day_away, Reason.LABEL_DIFFERS),
        (change_stage, Reason.LABEL_DIFFERS),
        (change_figure, Reason.LABEL_DIFFERS),
        (add_figure, Reason.LABEL_DIFFERS),
        (change_whose_line, Reason.LABEL_DIFFERS),
        (make_surer, Reason.LABEL_DIFFERS),
        (add_an_origin, Reason.LABEL_DIFFERS),
        (hide_a_dispute, Reason.LABEL_DIFFERS),
        (change_office, Reason.PERSON_DIFFERS),
        (change_side, Reason.PERSON_DIFFERS),
        (change_name, Reason.PERSON_DIFFERS),
        (move_the_words_of_an_office, Reason.SPAN_MOVED),
        (cite_another_for_an_office, Reason.PERSON_DIFFERS),
        (call_a_deed_open, Reason.PLAN_REPORTED),
        (change_side_of_a_difference, Reason.DIFFERENCE_DIFFERS),
        (settle_a_difference, Reason.DIFFERENCE_DIFFERS),
        (take_a_difference_away, Reason.DIFFERENCE_LEFT_OUT),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_changed_beside_the_sentences_is_refused(change, code):
    result = verified(change)
    assert not result.holds
    assert codes(result) == {code}


def test_the_reason_names_both_sides():
    (found,) = [one for one in verified(change_figure).sentences if one.verdict != "supported"]
    assert "$9 billion" in found.reason
    assert "the articles give" in found.reason


def test_the_reason_reads_well_of_one_label_and_of_several():
    (found,) = [one for one in verified(make_surer).sentences if one.verdict != "supported"]
    assert "says confidence 'confirmed'; the articles give 'reported'" in found.reason


def test_other_articles_beside_its_own_change_nothing():
    articles, _ = example()
    other = articles[0].__class__(
        source="other.txt",
        text="The mayor of Ondresk, Pell Arrand, opened a swimming pool on Friday.",
    )
    assert verified(articles=(other, *reversed(articles))).holds


def test_an_older_file_may_leave_open_how_far_a_plan_had_come():
    def age(saved):
        del saved["seals"]
        sentences = [one for part in saved["sections"] for one in part["sentences"]]
        announced = [one for one in sentences if one["stage"] == "announced"]
        assert announced
        for one in announced:
            one["stage"] = None

    result = verified(age)
    assert codes(result) == set()
    assert "without seals" in result.notes[0]
