from datetime import date

import pytest

from briefing.data.briefing import NO_MENTION, Check, DrafterEntry, Kind, Stage, Usage, Verdict
from briefing.steps.render import layout
from briefing.steps.render import opening as opened
from briefing.steps.render.page import printable
from tests import make


def lay_out(document):
    return layout.lay_out(document, make.ENGLISH)


def opening(document):
    return opened.opening(document, make.ENGLISH)


def test_sources_are_labelled_in_the_order_of_the_articles():
    page = lay_out(make.briefing(articles=(make.article_entry("b"), make.article_entry("a"))))
    assert [(source.label, source.path) for source in page.sources] == [
        ("S1", "articles/b.txt"),
        ("S2", "articles/a.txt"),
    ]


def test_a_sentence_lists_each_cited_source_once_by_number():
    articles = [make.article_entry(f"n{number}") for number in range(1, 11)]
    cites = [make.citation(f"Words {at}.", f"n{number}") for at, number in enumerate((10, 2, 10))]
    page = lay_out(make.briefing(make.checked(cites=cites), articles=articles))
    assert page.blocks[0].lines[0].sources == ("S2", "S10")


def test_a_citation_of_an_article_that_is_not_listed_says_so():
    page = lay_out(make.briefing(make.checked(cites=[make.citation(article="ghost")])))
    assert page.blocks[0].lines[0].sources == ("S?",)
    assert page.notes[0].source.outlet == "source not listed"


def test_a_citation_used_again_keeps_its_footnote():
    one, two = make.citation("One."), make.citation("Two.", start=9)
    page = lay_out(
        make.briefing(
            make.checked("A.", cites=[one]),
            make.checked("B.", cites=[two, one]),
        )
    )
    assert [note.quote for note in page.notes] == ['"One."', '"Two."']
    assert [[note.number for note in line.notes] for line in page.blocks[0].lines] == [[1], [1, 2]]


def test_a_quotation_within_a_citation_gets_other_marks_round_it():
    page = lay_out(make.briefing(make.checked(cites=[make.citation('"Yes," he said.')])))
    assert page.notes[0].quote == '“"Yes," he said.”'


def test_discrepancies_are_numbered_as_listed_and_shown_worst_first():
    page = lay_out(
        make.briefing(
            discrepancies=(
                make.discrepancy("a", severity="low"),
                make.discrepancy("b", status="resolved"),
                make.discrepancy("c", severity="high"),
            )
        )
    )
    assert [warning.label for warning in page.warnings] == ["D3", "D1"]
    assert [difference.label for difference in page.resolved] == ["D2"]


def test_an_unknown_discrepancy_counts_as_open():
    line = lay_out(make.briefing(make.checked(discrepancies=("gone",)))).blocks[0].lines[0]
    assert line.open == ("D?",)


@pytest.mark.parametrize("verdict", [Verdict.UNSUPPORTED, Verdict.CONTRADICTED])
def test_a_sentence_that_is_not_supported_begins_with_saying_so(verdict):
    line = lay_out(make.briefing(make.checked("It rained.", verdict=verdict))).blocks[0].lines[0]
    assert line.words == "NOT SUPPORTED: It rained."


def test_analysis_is_marked_as_such():
    page = lay_out(make.briefing(make.checked("It matters.", kind=Kind.ANALYSIS)))
    assert page.blocks[0].lines[0].words == "Analysis: It matters."


def test_an_announced_plan_without_a_report_says_so_in_the_programme():
    plan = make.checked("Lund will meet Hall.", stage=Stage.ANNOUNCED)
    other = make.checked("Lund will call on Berg.", stage=Stage.ANNOUNCED)
    programme = make.section(plan, other).model_copy(update={"label": "stage"})
    page = lay_out(make.briefing(sections=(programme,), unreported=plan.citations))
    assert [line.label for line in page.blocks[0].lines] == [
        "announced, no report found",
        "announced",
    ]


def test_a_section_without_sentences_is_left_out():
    page = lay_out(make.briefing(sections=(make.section(title="People"),)))
    assert page.blocks == ()


def test_what_was_dropped_is_counted_by_reason_and_never_printed():
    page = lay_out(make.briefing(dropped=(make.dropped("b"), make.dropped("a"), make.dropped("a"))))
    assert page.left_out == ("2 drafted sentences: a", "1 drafted sentence: b")


def test_what_was_made_up_is_told_before_what_was_worded_badly():
    def failed(*names):
        checks = tuple(Check(name=name, ok=False) for name in names)
        return make.dropped(", ".join(names)).model_copy(update={"checks": checks})

    mild = [failed("wording", name) for name in ("names", "dates", "deeds", "status", "polarity")]
    document = make.briefing(
        dropped=[*mild, *mild, failed("numbers"), failed("wording", "quotations"), failed("ids")]
    )
    reasons = [line.partition(": ")[2] for line in lay_out(document).left_out]
    assert reasons[:3] == ["ids", "wording, quotations", "numbers"]
    assert reasons[-1] == "other reasons"


def test_many_and_long_reasons_are_cut_short():
    page = lay_out(make.briefing(dropped=[make.dropped(f"{n} " + "very " * 99) for n in range(9)]))
    assert len(page.left_out) == 6
    assert page.left_out[-1] == "4 drafted sentences: other reasons"
    assert all(len(line) < 130 for line in page.left_out)


def test_printable_text_is_one_line_without_anything_that_acts():
    assert printable("a\x1b[31mb\u202ec\u200bd\x00\x9b\n\n e\u2028f\ud800") == "a[31mbcd e f\ufffd"


def test_the_opening_counts_what_the_document_holds():
    document = make.briefing(
        make.checked("A."),
        make.checked("B.", verdict=Verdict.UNSUPPORTED),
        gaps=("Who?",),
        unreported=(make.citation(),),
        dropped=(make.dropped(),),
        discrepancies=(make.discrepancy("a"), make.discrepancy("b", status="resolved")),
    )
    assert opening(document) == (
        "1 article, 1 origin, as of 6 April 2031",
        "1 of 2 sentences supported, 2 gaps, 1 warning, 1 dropped",
        "extractive: no model",
    )


def test_the_opening_counts_the_origins_of_what_was_read_printed_or_not():
    entries = tuple(map(make.article_entry, ("courier", "wire", "gazette", "post", "herald")))
    copied = tuple(sorted(one.id for one in entries[1:3]))
    more = tuple(sorted(one.id for one in entries[2:4]))
    origins = (
        make.origin("courier", "wire", "gazette", copied=copied),
        make.origin("gazette", "post", copied=more),
        make.origin("courier", "herald"),
    )
    document = make.briefing(make.checked("A."), articles=entries, origins=origins)
    assert opening(document)[0].startswith("5 articles, 3 origins")


def test_the_opening_says_that_no_article_mentions_the_focus():
    document = make.briefing(focus="gas\x1b[1m tariff", notes=(NO_MENTION,))
    assert opening(document)[-1] == "no article mentions “gas[1m tariff”"


def test_the_opening_does_not_believe_edited_counts():
    document = make.briefing(make.checked("A.", verdict=Verdict.UNSUPPORTED))
    edited = document.model_copy(
        update={"counts": document.counts.model_copy(update={"supported": 1})}
    )
    assert opening(edited)[1].startswith("0 of 1 sentences supported")


@pytest.mark.parametrize(
    ("cost", "words"), [(0.00312, "USD 0.0031"), (0.0, "USD 0.0000"), (None, "cost not known")]
)
def test_the_opening_names_the_model_with_tokens_and_cost(cost, words):
    document = make.briefing(
        drafter=DrafterEntry(kind="model", name="gpt-5-mini"),
        usage=Usage(calls=2, prompt_tokens=5_120, completion_tokens=64, cost_usd=cost),
    )
    assert opening(document)[2:] == (
        "drafted by gpt-5-mini",
        f"5,120 tokens in, 64 out, {words}",
    )


@pytest.mark.parametrize(
    ("as_of", "words"), [(date(2031, 12, 1), "as of 1 December 2031"), (None, "as of an unknown")]
)
def test_the_opening_says_how_recent_the_articles_are(as_of, words):
    assert words in opening(make.briefing(as_of=as_of))[0]


def test_says_how_many_source_sentences_were_not_read_and_why():
    coverage = make.coverage(sentences=1_530, given=1_400, left_out=58, unread=45, calls=4)
    assert lay_out(make.briefing(coverage=coverage)).left_out == (
        "58 of 1,530 source sentences: no room in 4 times 6,000 tokens",
        "45 of 1,530 source sentences: the model gave no draft of them",
    )


def test_says_nothing_of_what_was_read():
    assert lay_out(make.briefing(coverage=make.coverage())).left_out == ()


def test_the_list_of_sources_says_what_is_damaged_in_an_article():
    cut = make.article_entry("courier").model_copy(update={"damage": ("the text ends early",)})
    garbled = make.article_entry("wire")
    difference = make.discrepancy(
        type="translation damage",
        sides=[("whole", [make.citation()]), ("damaged", [make.citation(article="wire")])],
    )
    page = lay_out(make.briefing(articles=(cut, garbled), discrepancies=(difference,)))
    assert [source.damage for source in page.sources] == [
        "the text ends early",
        "translation damage (D1)",
    ]


def test_a_line_of_the_agenda_begins_with_whose_it_is():
    line = make.checked("Velmora wants a lower tariff.", sides=("Velmora",))
    section = make.section(line).model_copy(update={"label": "sides"})
    page = lay_out(make.briefing(sections=(section,)))
    assert page.blocks[0].lines[0].label == "Velmora"
