import json

import pytest

from briefing.checking import read_checkable, verify_briefing, verify_claims, verify_document
from briefing.data.briefing import Briefing, Citation, Usage, Verdict
from briefing.data.reason import Reason
from briefing.data.verification import Claim
from briefing.drafters import ExtractiveDrafter
from briefing.errors import SourceError
from briefing.pipeline import Assignment, generate
from briefing.ports import Doubt, Ruling
from tests import make
from tests.fakes import CountingTokens

ARRIVED = "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail."
COST = "The new rail line cost 3.2 million crowns, the harbour office of Salm reported."
ARTICLE = make.article(f"{ARRIVED} {COST}")


def briefing():
    assignment = Assignment(
        template=make.template(),
        focus=None,
        budget_tokens=1_000,
        drafter=ExtractiveDrafter(),
        count=CountingTokens(),
    )
    return generate([ARTICLE], assignment).briefing


def read(text):
    return read_checkable(make.document(text, "claims.jsonl"), max_chars=10_000)


def refusal(text):
    with pytest.raises(SourceError) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def claims(*texts):
    return [Claim(id=f"t{number}", text=text) for number, text in enumerate(texts, 1)]


def edited(change):
    """The briefing after `change` of its first sentence, as JSON data."""
    data = json.loads(briefing().model_dump_json())
    change(data["sections"][0]["sentences"][0])
    return Briefing.model_validate(data)


def test_reads_a_saved_briefing():
    assert read(briefing().model_dump_json(indent=2)) == briefing()


def test_reads_claims_a_line_and_passes_over_empty_lines_and_other_fields():
    lines = '{"id": "a", "text": "Lund came."}\n\n  {"id": 7, "text": "It\\u202e cost.", "x": 1}\n'
    assert read(lines) == (Claim(id="a", text="Lund came."), Claim(id="7", text="It cost."))


def test_reads_a_single_claim():
    assert read('{"id": "a", "text": "Lund came."}') == (Claim(id="a", text="Lund came."),)


def test_each_sentence_of_a_text_is_a_claim_and_so_is_its_headline():
    found = read("Lund opens talks in Salm\n\nLund came. She left.\n\nIt rained.")
    assert [(claim.id, claim.text) for claim in found] == [
        ("1", "Lund opens talks in Salm"),
        ("2", "Lund came."),
        ("3", "She left."),
        ("4", "It rained."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"sections": []}',
        '{"sections": 7, "title": "x"}',
        '{"id": "a"}',
        '{"id": "a", "text": null}',
        '{"id": "a", "text": "x"}\nno json',
        '{"id": "a", "text": "x"',
        "{",
        pytest.param('{"a":' * 50_000, id="deep"),
        pytest.param('{"sections": ' + "1" * 5_000 + "}", id="endless-integer"),
    ],
)
def test_json_of_another_shape_is_refused_in_one_line(text):
    assert "'claims.jsonl'" in refusal(text)


def test_a_saved_briefing_may_begin_with_a_byte_order_mark():
    assert read("\ufeff" + briefing().model_dump_json()) == briefing()


def test_a_version_that_is_not_known_is_refused():
    later = json.loads(briefing().model_dump_json()) | {"version": 2}
    assert "version" in refusal(json.dumps(later))


def test_a_saved_briefing_holds_against_its_articles():
    result = verify_briefing(briefing(), [ARTICLE])
    assert result.holds
    assert result.counts.supported == result.counts.sentences == 2
    assert [one.id for one in result.sentences] == [one.id for one in briefing().sentences]


def set_text(sentence):
    sentence["text"] = sentence["text"].replace("Monday", "Friday").replace("3.2", "3.3")


def shift_start(sentence):
    sentence["citations"][0]["start"] += 1


def shift_both(sentence):
    sentence["citations"][0]["start"] += 1
    sentence["citations"][0]["end"] += 1


def change_quote(sentence):
    sentence["citations"][0]["quote"] += "!"


def change_article(sentence):
    sentence["citations"][0]["article"] = "0" * 12


def cite_nothing(sentence):
    sentence["citations"] = []


@pytest.mark.parametrize(
    "change",
    [set_text, shift_start, shift_both, change_quote, change_article, cite_nothing],
    ids=lambda change: change.__name__,
)
def test_a_saved_briefing_that_was_changed_does_not_hold(change):
    result = verify_briefing(edited(change), [ARTICLE])
    assert not result.holds
    assert result.counts.supported == 1


def test_a_sentence_that_is_longer_than_a_claim_may_be_is_not_looked_for():
    def lengthen(sentence):
        sentence["text"] = " and ".join([sentence["text"].rstrip(".")] * 40)

    checked = verify_briefing(edited(lengthen), [ARTICLE]).sentences[0]
    assert [one.code for one in checked.checks] == [Reason.TOO_LONG]
    assert "longer than 2000 characters" in checked.reason


def test_a_quotation_may_be_longer_than_a_claim():
    more = "the rail line to Salm had cost crowns and " * 55
    long = f"{ARRIVED[:-1]}, who said {more}no more."
    article = make.article(long)
    (cited,) = (Citation.of(one) for one in make.story(long).sentences)
    sentence = make.checked(long, cites=None).model_copy(update={"citations": (cited,)})
    saved = make.briefing(sentence).model_copy(update={"articles": ()})
    checked = verify_briefing(saved, [article]).sentences
    assert all(one.code is not Reason.TOO_LONG for said in checked for one in said.checks)


def test_a_verdict_that_was_written_in_by_hand_is_not_believed():
    def lie(sentence):
        sentence |= {"text": "Lund resigned on Friday.", "verdict": "supported", "reason": "sure"}

    assert verify_briefing(edited(lie), [ARTICLE]).sentences[0].verdict is not Verdict.SUPPORTED


def test_a_saved_briefing_does_not_hold_against_other_articles():
    other = make.article(ARTICLE.text.replace("Monday", "Friday"))
    assert verify_briefing(briefing(), [other]).counts.supported == 0
    assert verify_briefing(briefing(), []).counts.supported == 0


def test_a_saved_briefing_holds_whatever_the_order_and_number_of_articles():
    more = make.article("The mayor of Ondresk slept at home.")
    assert verify_briefing(briefing(), [more, ARTICLE]).holds


def test_a_saved_briefing_does_not_hold_where_a_discrepancy_cites_what_is_not_there():
    discrepancy = make.discrepancy(sides=[("one", [make.citation("Nobody wrote this.")])])
    changed = briefing().model_copy(update={"discrepancies": (discrepancy,)})
    assert not verify_briefing(changed, [ARTICLE]).holds


def test_claims_get_a_verdict_a_reason_and_spans():
    result = verify_claims(
        claims("Lund arrived in Port Salm on Monday.", "The line cost 9 crowns.", "Penguins swim."),
        [ARTICLE],
    )
    assert result.sentences[0].verdict is Verdict.SUPPORTED
    assert all(one.verdict is not Verdict.SUPPORTED for one in result.sentences[1:])
    assert [one.id for one in result.sentences] == ["t1", "t2", "t3"]
    assert result.sentences[0].citations[0].quote == ARRIVED
    assert all(one.reason for one in result.sentences)
    assert not result.holds


def test_counts_add_up():
    counts = verify_claims(claims(ARRIVED, COST, "Penguins swim."), [ARTICLE]).counts
    assert (counts.sentences, counts.supported) == (3, 2)
    assert counts.supported + counts.contradicted + counts.unsupported == counts.sentences


def test_a_document_is_checked_as_what_it_is():
    assert verify_document(briefing(), [ARTICLE]).counts.sentences == 2
    assert verify_document(claims(ARRIVED), [ARTICLE]).counts.sentences == 1


class Says:
    """A judge that gives one ruling on everything, and keeps what it was asked."""

    usage = Usage()
    exchanges = ()

    def __init__(self, supported):
        self._supported = supported
        self.asked = []

    def rule(self, doubts):
        self.asked.append(tuple(doubts))
        return tuple(Ruling(is_supported=self._supported, reason="so it is") for _ in doubts)


def weighing(probability):
    return lambda text, sources, finding: probability


LINE = "The new rail line cost 3.2 million crowns."
TOLD = "The new line cost 3.2 million crowns."


@pytest.mark.parametrize("probability", [0.3, 0.45, 0.55, 0.9])
def test_a_judge_is_asked_only_about_what_is_supported_and_uncertain(probability):
    judge = Says(True)
    verify_claims(
        [Claim(id="1", text=TOLD)],
        [make.article(LINE)],
        weigh=weighing(probability),
        judge=judge,
    )
    assert len(judge.asked) == (1 if probability == 0.55 else 0)


def test_a_judge_sees_the_cited_words_alone():
    judge = Says(True)
    article = make.article(f"{LINE}\n\nA secret stands here.")
    verify_claims([Claim(id="1", text=TOLD)], [article], weigh=weighing(0.55), judge=judge)
    assert judge.asked == [(Doubt(text=TOLD, quotes=(LINE,)),)]


def test_a_judge_may_lower_a_verdict():
    (found,) = verify_claims(
        [Claim(id="1", text=TOLD)],
        [make.article(LINE)],
        weigh=weighing(0.55),
        judge=Says(False),
    ).sentences
    assert (found.verdict, found.reason) == (Verdict.UNSUPPORTED, "judge: so it is")
    assert found.score < 0.5


@pytest.mark.parametrize("probability", [0.3, 0.45])
def test_a_judge_raises_nothing(probability):
    claims = [Claim(id="1", text=TOLD), Claim(id="2", text=TOLD.replace("3.2", "32"))]
    result = verify_claims(
        claims, [make.article(LINE)], weigh=weighing(probability), judge=Says(True)
    )
    assert result.counts.supported == 0


def test_a_claim_may_name_the_only_articles_that_count():
    articles = [make.article(LINE, source="a/one.txt"), make.article("Penguins swim.", source="b")]
    claims = [
        Claim(id="1", text=LINE, sources=("one.txt",)),
        Claim(id="2", text=LINE, sources=("b",)),
        Claim(id="3", text=LINE, sources=("none.txt",)),
    ]
    found = verify_claims(claims, articles).sentences
    assert [one.verdict == "supported" for one in found] == [True, False, False]
    assert "no article 'none.txt'" in found[2].reason


def test_a_row_of_a_data_set_is_a_claim():
    assert Claim.model_validate_json('{"id": 7, "claim": "It rains.", "label": 1}') == Claim(
        id="7", text="It rains."
    )


def test_what_a_cited_sentence_is_disputed_about_is_noted():
    articles = [
        make.article("Prime Minister Ada Lund came to Salm.", source="one"),
        make.article("Foreign Minister Ada Lund spoke in Salm.", source="two"),
        make.article("Foreign Minister Ada Lund left Salm.", source="three"),
    ]
    (found,) = verify_claims([Claim(id="1", text="Ada Lund came to Salm.")], articles).sentences
    note = next(check for check in found.checks if check.name == "discrepancies")
    assert (found.verdict, note.ok, note.code) == (Verdict.SUPPORTED, True, "disputed")
    assert "Ada Lund is foreign minister" in note.detail
