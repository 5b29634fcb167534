"""What a failed check says: a code, the offending words, and the words that speak against them."""

import pytest

from briefing.data.briefing import Verdict
from briefing.data.reason import Reason
from briefing.steps.verify import Sources, settled, verify, weighed
from tests import make

VISIT = "Hestrian Foreign Minister Oren D'Avelle arrived in Kaldrin on Monday for a two-day visit."
TRADE = "Trade between the two countries came to $793 million in 2030, up 38% on the year before."
CALL = "President Lorcan Hadrell received Oren D'Avelle at the palace in Kaldrin."
PLAN = "The two ministers will lead their delegations in formal talks at the port on Tuesday."
PAPER = "No agreement was signed during the visit."
SAID = '"We came to listen," Imrasse told reporters in Kaldrin.'


def failing(claim, source):
    story = make.story(source)
    finding = verify(claim, make.cites(story, "S1.1"), Sources(story))
    return [check for check in finding.checks if not check.ok], story.articles[0]


@pytest.mark.parametrize(
    ("source", "claim", "code", "says", "against"),
    [
        (VISIT, VISIT.replace("Foreign", "Prime"), "title-differs", "Prime Minister", VISIT),
        (
            TRADE,
            TRADE.replace("$793", "$739"),
            "number-differs",
            "$739 million",
            "$793 million",
        ),
        (TRADE, TRADE.replace("2030", "2031"), "date-differs", "2031", "2030"),
        (VISIT, VISIT.replace("Monday", "Friday"), "date-differs", "Friday", "Monday"),
        (VISIT, VISIT.replace("D'Avelle", "D'Alvelle"), "name-differs", None, None),
        (VISIT, VISIT.replace("Kaldrin", "Palvora"), "name-differs", "Palvora", "Kaldrin"),
        (VISIT, f"Tashkar and {VISIT}", "name-missing", "Tashkar", None),
        (PLAN, PLAN.replace("will lead", "led"), "plan-told-as-done", "led", "will lead"),
        (PAPER, "An agreement was signed during the visit.", "negation-lost", None, None),
        ("Trade rose 38% in 2030.", "Trade fell 38% in 2030.", "opposite-word", "fell", "rose"),
        (CALL, "Oren D'Avelle received President Lorcan Hadrell.", "another-did-it", None, None),
        (SAID, SAID.replace("listen", "talk"), "quotation-differs", None, None),
        (SAID, SAID.replace("Imrasse", "Tashkar"), "speaker-differs", "Tashkar", "told"),
        (
            "Some delegates attended the talks in Port Salm.",
            "All delegates attended the talks in Port Salm.",
            "quantity-changed",
            "All",
            "Some",
        ),
    ],
    ids=lambda value: value if value in set(Reason) else "",
)
def test_a_reason_names_the_words_on_both_sides(source, claim, code, says, against):
    failed, article = failing(claim, source)
    check = next(check for check in failed if check.code == code)
    assert check.refuses
    if check.words:
        assert claim[check.words.start : check.words.end] == check.words.text
    if says:
        assert check.words.text == says
    for cited in check.against:
        assert article.text[cited.start : cited.end] == cited.quote
    if against:
        assert against in [cited.quote for cited in check.against]


def test_the_words_of_a_reason_name_the_sentence_of_the_source():
    failed, _ = failing("Trade came to $739 million in 2030.", TRADE)
    assert failed[0].detail == "says '$739 million'; S1.1 says '$793 million'"


def test_every_reason_has_a_code_and_what_holds_has_none():
    story = make.story(VISIT)
    finding = verify(VISIT.replace("two-day ", ""), make.cites(story, "S1.1"), Sources(story))
    assert all(check.ok and check.code is None and not check.refuses for check in finding.checks)


def test_what_lacks_support_is_weighed_and_does_not_refuse_alone():
    failed, _ = failing("Oren D'Avelle reached Kaldrin on Monday for a visit.", VISIT)
    assert not any(check.refuses for check in failed)


@pytest.mark.parametrize(
    ("probability", "verdict", "is_uncertain"),
    [
        (0.9, Verdict.SUPPORTED, False),
        (0.55, Verdict.SUPPORTED, True),
        (0.45, Verdict.UNSUPPORTED, True),
        (0.1, Verdict.UNSUPPORTED, False),
    ],
)
def test_a_probability_near_the_threshold_does_not_tell(probability, verdict, is_uncertain):
    story = make.story(VISIT)
    finding = verify("Oren D'Avelle came by.", make.cites(story, "S1.1"), Sources(story))
    settled_ = settled(finding, probability)
    assert (settled_.verdict, settled_.is_uncertain) == (verdict, is_uncertain)


def test_no_probability_raises_what_a_check_refuses():
    story = make.story(TRADE)
    sources = Sources(story)
    claim = TRADE.replace("$793", "$739")
    finding = verify(claim, make.cites(story, "S1.1"), sources)
    sure = weighed(claim, finding, sources, lambda text, sources, finding: 1.0)
    assert (sure.verdict, sure.is_uncertain) == (finding.verdict, False)
    assert sure.score < 0.5


def test_a_sentence_of_the_source_is_supported_whatever_its_probability():
    story = make.story(TRADE)
    sources = Sources(story)
    finding = verify(TRADE, make.cites(story, "S1.1"), sources)
    assert weighed(TRADE, finding, sources, lambda *_: 0.0).verdict is Verdict.SUPPORTED


def test_beside_other_text_than_news_a_model_outweighs_a_conflict_of_relations():
    story = make.story(CALL)
    sources = Sources(story, is_news=False)
    claim = "Oren D'Avelle received President Lorcan Hadrell."
    finding = verify(claim, make.cites(story, "S1.1"), sources)
    likely, unlikely = (
        weighed(claim, finding, sources, lambda *_, told=told: told) for told in (0.9, 0.2)
    )
    assert [check.code for check in finding.conflicts] == ["another-did-it"]
    assert (likely.verdict, unlikely.verdict) == (Verdict.SUPPORTED, Verdict.UNSUPPORTED)
    assert not any(check.refuses for check in likely.checks)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The towns of Sel, Ornik, Hask and Belm were cut off.", "Four towns were cut off."),
        ("He sang of one who should have been a sailor.", 'He sang "Should Have Been a Sailor".'),
        (
            'She called it "a bill sent to Harbour Town".',
            'she called it "a bill sent to harbour town".',
        ),
        ("The boats were sold to the town.", "1. The boats were sold to the town."),
    ],
)
def test_what_a_writer_counts_names_or_spells_otherwise_does_not_refuse(source, claim):
    failed, _ = failing(claim, source)
    assert not [check for check in failed if check.refuses]


@pytest.mark.parametrize(
    ("claim", "of_news", "of_other_text"),
    [
        (TRADE.replace("$793", "$739"), True, True),
        (VISIT.replace("Kaldrin", "Palvora"), True, False),
        (PLAN.replace("will lead", "led"), True, False),
    ],
    ids=["number", "name", "status"],
)
def test_what_decides_depends_on_what_the_sources_are(claim, of_news, of_other_text):
    story = make.story(TRADE, VISIT, PLAN)
    for is_news, decides in ((True, of_news), (False, of_other_text)):
        sources = Sources(story, is_news=is_news)
        source = next(one for one in (TRADE, VISIT, PLAN) if one.split()[0] == claim.split()[0])
        sentence = next(one for one in story.sentences if one.text == source)
        finding = verify(claim, make.cites(story, sentence.id), sources)
        sure = weighed(claim, finding, sources, lambda *_: 0.9)
        assert (sure.verdict is not Verdict.SUPPORTED) == decides


def test_dated_articles_are_news_unless_somebody_knows_better():
    assert Sources(make.story(TRADE)).is_news
    assert Sources(make.story(TRADE, make.article(VISIT, published=None))).is_news
    assert not Sources(make.story(make.article(TRADE, published=None))).is_news
    assert not Sources(make.story(TRADE), is_news=False).is_news
    assert not Sources(make.story()).is_news
    assert Sources(make.story(), is_news=True).is_news


def test_several_undated_articles_that_name_days_and_speakers_are_news():
    told = [
        "The ferry left Orsk on Tuesday, the harbour master said.",
        "According to its owner, the ferry reached Salm on 4 May.",
    ]
    others = ["The ferry is white.", "The ferry left on Tuesday.", "It is late, he said."]

    def are_news(*texts):
        return Sources(make.story(*(make.article(one, published=None) for one in texts))).is_news

    assert are_news(*told)
    assert are_news(*told, *others)
    assert not any(are_news(one, *others) for one in told)
