"""What a hostile page is made of: every text function must come to an end on it, and soon.

No time is asserted, for a busy machine would turn it red. A function that is quadratic makes this
file take minutes: that is the alarm.
"""

from datetime import date

import pytest

from briefing.data.briefing import Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.clean import clean as clean_document
from briefing.steps.compare import compare
from briefing.steps.people import people
from briefing.steps.question import unreported
from briefing.steps.repair import RepairReply
from briefing.steps.trace import trace
from briefing.steps.verify import Sources, retrieve, verify
from briefing.text.canonical import canonical, clean, find
from briefing.text.clauses import clauses
from briefing.text.dates import dates
from briefing.text.names import names
from briefing.text.numbers import numbers
from briefing.text.offices import offices
from briefing.text.reply import parse_lists, parse_parts
from briefing.text.sentences import sentences
from briefing.text.speech import QUOTED, REPORTING
from briefing.text.standing import stands_alone
from briefing.text.words import content_stems, words
from tests import make

TEXTS = {
    "blanks": "a" + " " * 100_000 + "b",
    "hard blanks": "\u00a0" * 100_000,
    "line breaks": "a\n" + " \n" * 50_000,
    "marks": "a" + "\u0301" * 1_000_000,
    "marks in disguise": "\u0f73" * 100_000,
    "stops": "." * 100_000,
    "quotation marks": "\"'" * 50_000,
    "braces": "{" * 100_000,
    "digits": "1," * 20_000,
    "capitals": "Aa " * 15_000,
    "ministers": "minister of " * 10_000,
    "hyphens": "a-" * 20_000,
}
SOURCES = Sources(make.story("Foreign Minister Ada Lund came to Port Salm on Monday."))


def find_itself(text):
    return find(f"{text[:100]} no", text)


def split_quotations(text):
    return list(QUOTED.finditer(text)), list(REPORTING.finditer(text))


def read_reply(text):
    return parse_parts(text, RepairReply), parse_lists(text, {"numbers"})


def judge_sentences(text):
    return [stands_alone(one) for one in make.story(text).sentences]


def clean_article(text):
    return clean_document(make.document(f"{text} Ada came."), max_chars=10**7)


def compare_articles(text):
    story = make.story("Ada Lund came to Salm on Monday.", f"Lund came {clean(text)} home.")
    return compare(story, trace(story))


FUNCTIONS = (
    clean,
    canonical,
    find_itself,
    sentences,
    words,
    content_stems,
    numbers,
    dates,
    names,
    offices,
    split_quotations,
    read_reply,
    judge_sentences,
    clean_article,
    clauses,
    compare_articles,
)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_comes_to_an_end(function, text):
    function(text)


@pytest.mark.parametrize("name", ["blanks", "hard blanks", "line breaks", "marks", "stops"])
def test_a_claim_of_such_words_is_judged(name):
    assert retrieve(clean(f"Lund came {TEXTS[name]} to Salm."), SOURCES).score <= 1


def read_people(text):
    story = make.story(text)
    return people(story), unreported(story, people(story), date(2031, 4, 10))


PHRASES = {
    "deeds": "the council approved the ferry line ",
    "numbers": "3.2 million crowns and ",
    "speakers": "Foreign Minister Ada Lund said the line to Salm would cost 3 crowns and ",
    "verbs": "Lund came, ",
    "agents": "struck by ",
}
OF_A_PAGE = PHRASES | {
    "plans": "Ada Lund will come to Salm on Monday and ",
    "dates": "on 3 March 2031 and on Monday, ",
    "wishes": "wants to ban the ferry that it built and ",
}


def repeated(phrase, *, chars, sentences=1):
    """A text of `sentences`, each the phrase again and again."""
    one = (phrase * (chars // len(phrase) + 1))[:chars].strip(" ,")
    return " ".join([f"{one[0].upper()}{one[1:]}."] * sentences)


@pytest.mark.parametrize("phrase", PHRASES.values(), ids=PHRASES)
def test_a_sentence_that_repeats_itself_is_judged_beside_another_that_does(phrase):
    claim, source = ((phrase * 200)[:1_500].strip(), f"Lund said: {(phrase * 200)[:3_000]}.")
    assert retrieve(claim, Sources(make.story(source))).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("phrase", PHRASES.values(), ids=PHRASES)
def test_a_claim_is_judged_beside_a_sentence_that_repeats_itself(phrase):
    source = f"{(phrase * 500)[:5_000].strip()}."
    found = retrieve("Ada Lund came to Salm.", Sources(make.story(source)))
    assert found.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("function", [compare_articles, read_people], ids=lambda one: one.__name__)
@pytest.mark.parametrize("sentences", [1, 20, 500])
@pytest.mark.parametrize("phrase", OF_A_PAGE.values(), ids=OF_A_PAGE)
def test_an_article_that_repeats_itself_is_read(function, phrase, sentences):
    function(repeated(phrase, chars=100_000 // sentences - 2, sentences=sentences))


@pytest.mark.parametrize("sentences", [1, 20, 500])
@pytest.mark.parametrize("phrase", OF_A_PAGE.values(), ids=OF_A_PAGE)
def test_claims_are_judged_beside_an_article_that_repeats_itself(phrase, sentences):
    text = repeated(phrase, chars=100_000 // sentences - 2, sentences=sentences)
    sources = Sources(make.story(text, "The ferry line was approved by the council of Port Salm."))
    for claim in ("Ada Lund came to Salm.", "Ada Lund banned the ferry for 3 crowns on Monday."):
        assert retrieve(claim, sources).score <= 1


@pytest.mark.parametrize("phrase", OF_A_PAGE.values(), ids=OF_A_PAGE)
def test_words_too_long_for_a_sentence_bear_nothing_out(phrase):
    text = repeated(phrase, chars=100_000)
    story = make.story(text)
    for claim in (text, "Ada Lund came to Salm."):
        finding = verify(claim, [Citation.of(story.sentences[0])], Sources(story))
        assert [one.code for one in finding.checks if not one.ok] == [Reason.TOO_LONG]
