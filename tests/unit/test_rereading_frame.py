"""A saved briefing of the example in which one thing round the sentences was changed."""

import json

import pytest

from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing
from briefing.data.reason import Reason
from briefing.steps.report import ReportForm, report
from tests.saved_example import codes, example, section, verified


def change_title(saved):
    saved["title"] = "Gas price agreed in Kaldrin"


def change_section_title(saved):
    section(saved, "bottom_line")["title"] = "What was agreed"


def rename_a_section(saved):
    section(saved, "numbers")["id"] = "figures"


def change_what_stands_before_sentences(saved):
    section(saved, "programme")["label"] = ""


def turn_sections_round(saved):
    saved["sections"].reverse()


def change_a_translated_title(saved):
    first = next(iter(saved["translations"]["de"]))
    saved["translations"]["de"][first] = "Beschlossen"


def claim_a_gap(saved):
    saved["gaps"].append("No article says what was agreed.")
    saved["counts"]["gaps"] += 1


def note_what_nobody_notes(saved):
    saved["notes"] = ["War was declared."]


def hide_a_plan(saved):
    saved["counts"]["gaps"] -= len(saved["unreported"])
    saved["unreported"] = []


def put_words_before_a_headline_of_ones_own_template(saved):
    saved["template"] = "mine"
    saved["title"] = f"War. {saved['title']}"


def take_a_sentence_away(saved):
    section(saved, "bottom_line")["sentences"].pop()


def take_a_section_away(saved):
    saved["sections"] = [one for one in saved["sections"] if one["id"] != "numbers"]


def take_a_section_away_and_count_anew(saved):
    gone = len(section(saved, "numbers")["sentences"])
    take_a_section_away(saved)
    saved["counts"]["sentences"] -= gone
    saved["counts"]["supported"] -= gone


def take_a_person_away(saved):
    section(saved, "people")["people"].pop()


def take_an_article_away(saved):
    cited = {
        c["article"] for one in saved["sections"] for s in one["sentences"] for c in s["citations"]
    }
    gone = next(one for one in saved["articles"] if one["id"] in cited)
    saved["articles"].remove(gone)
    saved["counts"]["articles"] -= 1
    saved["counts"]["origins"] -= 1


def add_an_article(saved):
    saved["articles"].append(saved["articles"][0] | {"id": "0" * 12})
    saved["counts"]["articles"] += 1
    saved["counts"]["origins"] += 1


def list_an_article_twice(saved):
    saved["articles"].append(saved["articles"][0])
    saved["counts"]["articles"] += 1


def change_outlet(saved):
    saved["articles"][0]["outlet"] = "The Most Trusted Gazette"


def change_day_of_an_article(saved):
    saved["articles"][0]["published"] = "2031-03-01"


def hide_damage(saved):
    saved["articles"][0]["damage"] = ["cut off"]


def change_hash(saved):
    saved["articles"][0]["sha256"] = "0" * 64


def change_as_of(saved):
    saved["as_of"] = "2031-05-01"


def hide_shared_text(saved):
    saved["origins"] = saved["origins"][1:]


def claim_to_have_read_more(saved):
    saved["coverage"]["sentences"] += 1
    saved["coverage"]["given"] += 1


def claim_to_have_been_given_all(saved):
    saved["coverage"]["given"] += 1


def note_an_unmentioned_focus(saved):
    saved["notes"] = ["no article mentions the focus"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_title, Reason.HEADLINE_DIFFERS),
        (change_section_title, Reason.SECTION_DIFFERS),
        (rename_a_section, Reason.SECTION_DIFFERS),
        (change_what_stands_before_sentences, Reason.SECTION_DIFFERS),
        (turn_sections_round, Reason.SECTION_DIFFERS),
        (change_a_translated_title, Reason.SECTION_DIFFERS),
        (claim_a_gap, Reason.GAP_DIFFERS),
        (note_what_nobody_notes, Reason.SOURCE_DIFFERS),
        (hide_a_plan, Reason.GAP_DIFFERS),
        (put_words_before_a_headline_of_ones_own_template, Reason.HEADLINE_DIFFERS),
        (take_a_sentence_away, Reason.COUNT_DIFFERS),
        (take_a_section_away, Reason.COUNT_DIFFERS),
        (take_a_section_away_and_count_anew, Reason.GAP_DIFFERS),
        (take_a_person_away, Reason.PERSON_DIFFERS),
        (take_an_article_away, Reason.COUNT_DIFFERS),
        (add_an_article, Reason.UNKNOWN_ARTICLE),
        (list_an_article_twice, Reason.SOURCE_DIFFERS),
        (change_outlet, Reason.SOURCE_DIFFERS),
        (change_day_of_an_article, Reason.SOURCE_DIFFERS),
        (hide_damage, Reason.SOURCE_DIFFERS),
        (change_hash, Reason.SOURCE_DIFFERS),
        (change_as_of, Reason.SOURCE_DIFFERS),
        (claim_to_have_read_more, Reason.COUNT_DIFFERS),
        (claim_to_have_been_given_all, Reason.COUNT_DIFFERS),
        (note_an_unmentioned_focus, Reason.SOURCE_DIFFERS),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_changed_round_the_sentences_is_refused(change, code):
    result = verified(change)
    assert not result.holds
    assert code in codes(result)


@pytest.mark.parametrize(
    "name", ["sentences", "supported", "gaps", "dropped", "warnings", "articles", "origins"]
)
def test_a_count_that_the_document_does_not_bear_out_is_refused(name):
    def change(saved):
        saved["counts"][name] += 1

    (found,) = [one for one in verified(change).sentences if one.verdict != "supported"]
    assert found.id == f"count {name}"
    assert {one.code for one in found.checks} == {Reason.COUNT_DIFFERS}


def test_hidden_shared_text_is_refused_where_the_articles_share_some():
    _, text = example()
    if not json.loads(text)["origins"]:
        pytest.skip("The articles of the example share nothing.")
    assert Reason.ORIGIN_DIFFERS in codes(verified(hide_shared_text))


def test_a_template_of_ones_own_is_believed_in_its_titles():
    articles, _ = example()
    saved = json.loads(example("board")[1])
    change_section_title(saved)
    assert verify_briefing(Briefing.model_validate(saved), articles).holds


def test_another_template_than_the_one_it_was_written_by_is_told():
    def change(saved):
        saved["template"] = "board"

    assert codes(verified(change)) == {Reason.RECORD_DIFFERS}


def test_a_sentence_that_was_moved_says_where_it_stood():
    def change(saved):
        moved = section(saved, "background")["sentences"].pop()
        section(saved, "bottom_line")["sentences"].append(moved)

    (found, *_) = [one for one in verified(change).sentences if one.verdict != "supported"]
    assert "written under 'Background and last contacts'" in found.reason
    assert {one.code for one in found.checks} == {Reason.SECTION_DIFFERS}


def test_a_sentence_that_was_taken_out_with_its_counts_is_told():
    def change(saved):
        gone = section(saved, "agenda")["sentences"].pop()
        saved["counts"]["sentences"] -= 1
        saved["counts"]["supported"] -= 1
        assert gone["id"] in saved["seals"]["sentences"]

    assert codes(verified(change)) == {Reason.RECORD_DIFFERS}


def test_words_that_the_run_did_not_leave_undone_are_told():
    def change(saved):
        saved["missing"] = ["nobody checked the figures"]

    (found,) = [one for one in verified(change).sentences if one.verdict != "supported"]
    assert (found.id, found.text) == ("missing", "nobody checked the figures")


def older(saved):
    """As it was before sides, shared text and these counts were written."""
    for one in saved["sections"]:
        for sentence in one["sentences"]:
            del sentence["sides"]
    for name in ("warnings", "articles", "origins"):
        del saved["counts"][name]
    del saved["origins"], saved["notes"], saved["translations"], saved["seals"]


def test_what_an_older_version_did_not_write_is_noted_and_not_missed():
    result = verified(older)
    assert result.holds
    assert result.notes == (
        "written by an older version of briefing, without counts.articles, counts.origins, "
        "counts.warnings, origins, seals, sides: not checked",
    )
    assert "written by an older version" in report(result, (), form=ReportForm.TEXT)


def test_a_label_that_one_sentence_alone_lacks_was_taken_from_it():
    _, text = example()
    saved = json.loads(text)
    sentence = next(s for s in section(saved, "agenda")["sentences"] if s["sides"])
    del sentence["sides"], saved["seals"]
    result = verify_briefing(Briefing.model_validate(saved), example()[0])
    assert codes(result) == {Reason.LABEL_DIFFERS}
    assert "sides" not in result.notes[0]


def test_articles_that_are_read_from_elsewhere_hold_too():
    articles, text = example()
    saved = json.loads(text)
    for entry in saved["articles"]:
        entry["path"] = f"/elsewhere/{entry['path']}"
    assert verify_briefing(Briefing.model_validate(saved), articles).holds
