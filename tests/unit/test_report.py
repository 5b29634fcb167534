from briefing.data.verification import Verification, VerificationCounts, VerifiedSentence
from briefing.steps.report import report
from tests import make

ARTICLE = make.article("One came.\n\nTwo came.", source="articles/a.txt")
STORY = make.story(ARTICLE)


def verified(text="One came.", verdict="supported", **fields):
    values = {"id": "t1", "score": 1.0, "reason": "all checks hold", "citations": ()}
    return VerifiedSentence(text=text, verdict=verdict, **values | fields)


def reported(*sentences):
    verdicts = [sentence.verdict for sentence in sentences]
    counts = {name: verdicts.count(name) for name in ("supported", "contradicted", "unsupported")}
    result = Verification(
        sentences=sentences, counts=VerificationCounts(sentences=len(sentences), **counts)
    )
    return report(result, [ARTICLE])


def test_begins_with_the_counts():
    text = reported(verified(), verified(verdict="contradicted"), verified(verdict="unsupported"))
    assert text.startswith("1 of 3 sentences supported, 1 contradicted, 1 unsupported\n")


def test_prints_verdict_reason_and_spans_of_each_sentence():
    assert reported(verified(citations=make.cites(STORY, "S1.2"))).endswith(
        "\n"
        "ok t1  One came.\n"
        "     supported, score 1.00: all checks hold\n"
        '     articles/a.txt 11:20 "Two came."\n'
    )


def test_marks_what_is_not_supported():
    text = reported(verified(verdict="contradicted"), verified(verdict="unsupported", id="t2"))
    assert "\nNO t1  One came.\n" in text
    assert "\n?? t2  One came.\n" in text


def test_a_citation_of_an_article_that_is_not_there_shows_its_id():
    assert 'Monday."' in reported(verified(citations=[make.citation()]))
    assert make.citation().article in reported(verified(citations=[make.citation()]))


def test_words_from_outside_stay_on_one_line_and_do_nothing():
    text = reported(
        verified(
            "One\n\x1b[31mcame.",
            reason="names: 'a\u202eb'\nis not",
            score=0.5,
            verdict="unsupported",
        )
    )
    assert "One [31mcame.\n" in text
    assert "names: 'ab' is not\n" in text


def test_reports_on_nothing():
    assert reported() == "0 of 0 sentences supported, 0 contradicted, 0 unsupported\n"
