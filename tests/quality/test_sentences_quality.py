"""Floors under the sentence splitter on our own labelled cases; see tests/data/README.md."""

import json
import time
from collections import defaultdict

import pytest

from briefing.text.sentences import sentences
from tests.conftest import ROOT

LEAST_RIGHT = 0.99
LEAST_RIGHT_IN_A_LANGUAGE = 0.98
LEAST_RIGHT_OF_A_TRAP = 0.80
MOST_GROWTH = 9

CASES = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "sentences.jsonl").read_text("utf-8").splitlines()
]


def pieces(text):
    return [found.span.of(text) for found in sentences(text)]


@pytest.fixture(scope="module")
def judged():
    """Each labelled case with whether all its sentences are exactly right."""
    return [(case, pieces(case["text"]) == case["sentences"]) for case in CASES]


def share_by(kind, judged):
    found = defaultdict(list)
    for case, right in judged:
        found[case[kind]].append(right)
    return {name: sum(right) / len(right) for name, right in found.items()}


def test_nearly_all_cases_are_right(judged):
    wrong = [case["id"] for case, right in judged if not right]
    assert 1 - len(wrong) / len(judged) >= LEAST_RIGHT, wrong


def test_no_language_is_left_behind(judged):
    weak = {k: v for k, v in share_by("lang", judged).items() if v < LEAST_RIGHT_IN_A_LANGUAGE}
    assert weak == {}


def test_no_trap_catches_it_often(judged):
    weak = {k: v for k, v in share_by("trap", judged).items() if v < LEAST_RIGHT_OF_A_TRAP}
    assert weak == {}


def test_there_are_cases_enough_for_the_floors_to_mean_something():
    assert len(CASES) >= 320
    assert len({case["trap"] for case in CASES}) >= 20
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert {case["lang"] for case in CASES} >= set("en es fr de tr ar fa hi zh ja ko ru".split())


def test_the_labelled_sentences_make_up_their_texts():
    for case in CASES:
        assert "".join(case["text"].split()) == "".join("".join(case["sentences"]).split())
        assert all(sentence in case["text"] for sentence in case["sentences"])


@pytest.mark.parametrize(
    "text",
    [
        "Brandt sagte: „Wir kamen. Wir blieben.“ Dann ging sie.",
        "Brandt sagte: »Wir kamen. Wir blieben.« Dann ging sie.",
        "Roche a dit : « On est venu. On est resté. » Puis elle est partie.",
        "Lund sa: ”Vi kom. Vi blev.” Sedan gick han.",
        "Lund said: ``We came. We stayed.'' Then he left.",
        'Lund said: " We came. We stayed. " Then he left.',
        "ルンドは「来た。残った。」と言った。その後、帰った。",
    ],
)
def test_a_sentence_inside_a_quotation_is_known_in_the_marks_of_each_language(text):
    assert [found.in_quotation for found in sentences(text)] == [False, True, False]


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        ".",
        ". ",
        "A. ",
        "Mr. ",
        '." ',
        'a? " ',
        "1. ",
        "好。",
        "- a\n",
        "the general. X ",
        '?" Aa Bb ',
        "[1]",
        ".)",
    ],
)
def test_no_text_takes_more_than_linear_time(unit):
    def cpu_s(chars):
        """The least of three: what else the machine does must not turn a test red."""
        text = "a" + unit * (chars // len(unit)) + "x"
        found = []
        for _ in range(3):
            begun = time.process_time()
            sentences(text)
            found.append(time.process_time() - begun)
        return min(found)

    # Four times the text takes four times as long, or sixteen times where it is compared with
    # itself; what is over at once is too short to compare.
    long = cpu_s(40_000)
    assert long < 0.1 or long < MOST_GROWTH * cpu_s(10_000)
