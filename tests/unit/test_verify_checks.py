"""Each check of `steps.verify`, on sentences that a source clearly bears out, or clearly not."""

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, corroborate, verify
from tests import make

# The article of every case is of Monday, 7 April 2031.


def found(claim, source, *others, cites=("S1.1",), **fields):
    story = make.story(make.article(source, **fields), *others)
    return verify(claim, make.cites(story, *cites), Sources(story))


def failed(finding):
    return [check.name for check in finding.checks if not check.ok]


def supports(source, *claims):
    return [pytest.param(source, claim, id=claim) for claim in claims]


def denies(check, source, *claims):
    return [pytest.param(check, source, claim, id=f"{check}: {claim}") for claim in claims]


VISIT = "Hestrian Foreign Minister Oren D'Avelle arrived in Kaldrin on Monday for a two-day visit."
TRADE = "Trade between the two countries came to $793 million in 2030, up 38% on the year before."
LINE = "The Two Lakes gas pipeline is to run 640 kilometres from Port Zendry to Kaldrin."
MEETING = "The foreign ministers last met in Ondresk on 9 October 2030."
NO_PAPER = "No agreement was signed during the visit, and the talks did not produce a ceasefire."
HOPE = "The ministry said it hoped that work could start in the fourth quarter."
PLAN = "The two ministers will lead their delegations in formal talks at the port on Tuesday."
QUOTED = '"We came to listen, not to sign papers," Imrasse told reporters in Kaldrin.'
CALL = "President Lorcan Hadrell received Oren D'Avelle at the palace in Kaldrin."
WEEKS = "A round of the talks was held two weeks ago, and another was held last month."


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        *supports(
            VISIT,
            VISIT,
            "Oren D'Avelle arrived in Kaldrin on Monday.",
            "D’Avelle, the Hestrian foreign minister, arrived in Kaldrin on Monday.",
            "Foreign Minister Oren D'Avelle arrived in Kaldrin on 7 April 2031.",
        ),
        *supports(
            TRADE,
            "Trade between the two countries came to $793 million in 2030.",
            "Trade came to nearly $800 million in 2030, up 38 percent on the year before.",
        ),
        *supports(
            LINE,
            "The pipeline is to run 640 kilometres.",
            "The Two Lakes gas pipeline is to run 640 km from Port Zendry to Kaldrin.",
        ),
        *supports(
            MEETING,
            "The foreign ministers last met on 9 October 2030.",
            "The foreign ministers last met in Ondresk in October 2030.",
        ),
        *supports(NO_PAPER, "No agreement was signed during the visit."),
        *supports(HOPE, "The ministry hoped that work could start in the fourth quarter."),
        *supports(PLAN, "The two ministers will lead formal talks at the port on Tuesday."),
        *supports(
            QUOTED,
            "“We came to listen, not to sign papers,” Imrasse told reporters.",
            'Imrasse told reporters in Kaldrin that they "came to listen, not to sign papers".',
        ),
        *supports(CALL, "President Lorcan Hadrell received D'Avelle in Kaldrin."),
        *supports(WEEKS, "A round of the talks was held last month."),
    ],
)
def test_a_true_sentence_is_supported(source, claim):
    finding = found(claim, source)
    assert (failed(finding), finding.verdict) == ([], Verdict.SUPPORTED)
    assert finding.score > 0.5


@pytest.mark.parametrize(
    ("check", "source", "claim"),
    [
        *denies(
            "numbers",
            TRADE,
            "Trade between the two countries came to $739 million in 2030.",
            "Trade between the two countries came to $793 billion in 2030.",
            "Trade between the two countries came to €793 million in 2030.",
            "Trade between the two countries came to $793 million in 2030, up 83%.",
            "Trade between the two countries came to $793.5 million in 2030.",
        ),
        *denies("numbers", LINE, "The Two Lakes gas pipeline is to run 640 miles to Kaldrin."),
        *denies("numbers", "The new road is 640km long.", "The new road is 640 miles long."),
        *denies(
            "dates",
            MEETING,
            "The foreign ministers last met in Ondresk on 19 October 2030.",
            "The foreign ministers last met in Ondresk on 9 October 2029.",
            "The foreign ministers last met in Ondresk in November 2030.",
        ),
        *denies("dates", VISIT, "Oren D'Avelle arrived in Kaldrin on Tuesday."),
        *denies("dates", WEEKS, "A round of the talks was held last year."),
        *denies(
            "names",
            VISIT,
            "Foreign Minister Oren D'Avelle arrived in Palvora on Monday.",
            "Foreign Minister Ruven Tashkar arrived in Kaldrin on Monday.",
            "Foreign Minister Oren D'Alvelle arrived in Kaldrin on Monday.",
        ),
        *denies(
            "titles",
            VISIT,
            "Prime Minister Oren D'Avelle arrived in Kaldrin on Monday.",
            "Oren D'Avelle, the Hestrian president, arrived in Kaldrin on Monday.",
        ),
        *denies(
            "polarity",
            NO_PAPER,
            "An agreement was signed during the visit.",
            "The talks did produce a ceasefire.",
        ),
        *denies(
            "polarity",
            VISIT,
            "Foreign Minister Oren D'Avelle has not arrived in Kaldrin.",
        ),
        *denies("polarity", "Trade rose 38% in 2030.", "Trade fell 38% in 2030."),
        *denies("status", HOPE, "Work started in the fourth quarter."),
        *denies("status", PLAN, "The two ministers led their delegations in formal talks."),
        *denies(
            "attribution",
            QUOTED,
            'Tashkar told reporters in Kaldrin: "We came to listen, not to sign papers."',
        ),
        *denies(
            "quotations",
            QUOTED,
            '"We came to talk, not to sign papers," Imrasse told reporters.',
            '"We came to listen and to sign papers," Imrasse told reporters.',
            'Imrasse told reporters: "We came to sign papers."',
            '"We came to listen, Imrasse told reporters.',
        ),
        *denies("deeds", CALL, "D'Avelle received President Lorcan Hadrell at the palace."),
        *denies(
            "relations",
            LINE,
            "The gas pipeline is to run 640 kilometres from Kaldrin to Port Zendry.",
        ),
        *denies(
            "wording",
            VISIT,
            "Oren D'Avelle criticised unpaid harbour taxes and slow customs officers.",
            "Oren D'Avelle arrived in Kaldrin and was booed by angry students at a university.",
        ),
    ],
)
def test_a_false_sentence_fails_the_check_for_its_error(check, source, claim):
    finding = found(claim, source)
    assert check in failed(finding)
    assert finding.verdict is not Verdict.SUPPORTED
    assert finding.score < 0.5
    assert f"{check}: " in finding.reason


def test_a_sentence_that_turns_one_number_is_contradicted():
    finding = found("Trade between the two countries came to $739 million in 2030.", TRADE)
    assert finding.verdict is Verdict.CONTRADICTED
    assert "$739 million" in finding.reason


def test_a_sentence_about_something_else_is_unsupported():
    finding = found("The harbour museum sold its paintings to private collectors.", VISIT)
    assert finding.verdict is Verdict.UNSUPPORTED


def test_nothing_is_supported_without_a_citation():
    finding = found(VISIT, VISIT, cites=())
    assert (finding.verdict, failed(finding)) == (Verdict.UNSUPPORTED, ["spans"])


@pytest.mark.parametrize(
    "change",
    [
        {"start": 1},
        {"end": 9_999},
        {"quote": VISIT.replace("Monday", "Friday")},
        {"quote": VISIT.upper()},
        {"article": "0" * 12},
    ],
)
def test_a_citation_whose_words_do_not_stand_there_fails_the_sentence(change):
    story = make.story(VISIT)
    (citation,) = make.cites(story, "S1.1")
    finding = verify(VISIT, [citation.model_copy(update=change)], Sources(story))
    assert (finding.verdict, failed(finding)) == (Verdict.UNSUPPORTED, ["spans"])
    assert finding.score == 0


@pytest.mark.parametrize("text", ["", "And so it is.", "...", "He said so."])
def test_a_sentence_that_says_nothing_is_not_supported(text):
    assert found(text, VISIT).verdict is Verdict.UNSUPPORTED


def test_an_unknown_id_fails_a_sentence_that_is_else_supported():
    finding = found(VISIT, VISIT)
    assert finding.with_unknown_ids(()).verdict is Verdict.SUPPORTED
    failing = finding.with_unknown_ids(["S9.9"])
    assert (failing.verdict, failing.score) == (Verdict.UNSUPPORTED, 0)
    assert failing.reason == "ids: no source sentence 'S9.9'"


def test_a_pronoun_of_the_source_may_be_named_from_the_sentence_before():
    source = f"{VISIT} He met traders at the harbour market."
    claim = "D'Avelle met traders at the harbour market."
    assert found(claim, source, cites=["S1.2"]).verdict is Verdict.SUPPORTED
    other = claim.replace("D'Avelle", "Tashkar")
    assert found(other, source, cites=["S1.2"]).verdict is not Verdict.SUPPORTED


def test_the_headline_may_name_who_is_meant():
    source, claim = (
        "He arrived on Monday at the harbour.",
        "D'Avelle arrived on Monday at the harbour.",
    )
    assert found(claim, source, title="D'Avelle lands in Kaldrin").verdict is Verdict.SUPPORTED
    assert found(claim, source).verdict is not Verdict.SUPPORTED


def test_a_date_may_come_from_the_day_of_the_article():
    source = "The Hestrian foreign minister spoke with traders in Kaldrin today."
    claim = "The Hestrian foreign minister spoke with traders in Kaldrin on 7 April 2031."
    assert found(claim, source).verdict is Verdict.SUPPORTED
    assert found(claim.replace("7 April", "8 April"), source).verdict is not Verdict.SUPPORTED


def test_two_sources_may_bear_out_a_sentence_together():
    story = make.story(VISIT, TRADE)
    claim = "D'Avelle arrived in Kaldrin on Monday, and trade came to $793 million in 2030."
    cites = make.cites(story, "S1.1", "S2.1")
    assert verify(claim, cites, Sources(story)).verdict is Verdict.SUPPORTED
    assert verify(claim, cites[:1], Sources(story)).verdict is not Verdict.SUPPORTED


def test_a_title_is_wrong_where_most_articles_say_another_even_in_a_quotation():
    wrong = "The images showed D'Avelle, the first Hestrian Prime Minister who came since 2025."
    finding = found(wrong, wrong, VISIT, f"Foreign Minister D'Avelle left. {TRADE}")
    assert failed(finding) == ["titles"]
    assert "2 articles say 'foreign minister'" in finding.reason


def test_the_same_question_gets_the_same_answer():
    claim = "Prime Minister Oren D'Avelle came to Palvora on Tuesday with $3 million."
    assert found(claim, VISIT) == found(claim, VISIT)


def test_corroborate_adds_one_sentence_of_each_other_article_that_says_the_same():
    again = (
        "On Monday Oren D'Avelle arrived in Kaldrin. Oren D'Avelle arrived in Kaldrin on Monday."
    )
    story = make.story(VISIT, TRADE, again)
    own = make.cites(story, "S1.1")
    citations = corroborate("Oren D'Avelle arrived in Kaldrin on Monday.", own, Sources(story))
    assert citations[0] == own[0]
    assert [one.article for one in citations] == [story.articles[0].id, story.articles[2].id]


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        (
            "The council of Belm put off the vote on the pier.",
            "The council of Belm is to put off the vote on the pier, its clerk said.",
        ),
        (
            "The ferry to Salm carried a cargo of wool and three cows on Friday.",
            "The ferry to Salm carried a cargo of wool on Friday, the port said.",
        ),
        (
            "Seven sailors are dead and three are missing.",
            "The port said that three sailors were dead and that seven were still missing.",
        ),
    ],
)
def test_what_states_another_fact_in_the_same_words_does_not_corroborate(claim, other):
    story = make.story(claim, other)
    own = make.cites(story, "S1.1")
    assert corroborate(claim, own, Sources(story)) == own


def test_corroborate_adds_nothing_where_nobody_else_says_so():
    story = make.story(VISIT, TRADE)
    own = make.cites(story, "S1.1")
    assert corroborate(VISIT, own, Sources(story)) == own


def test_sources_know_what_stands_before_a_citation():
    story = make.story(f"{VISIT} He left.\n\n{TRADE}")
    (citation,) = make.cites(story, "S1.2")
    cited = Sources(story).cited(citation)
    assert [analysis.text for analysis in cited.before] == [VISIT]
    assert Sources(story).cited(replace_quote(citation, "He came.")) is None


def replace_quote(citation, quote):
    return citation.model_copy(update={"quote": quote})
