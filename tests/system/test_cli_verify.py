"""`briefing verify` as a user runs it: no model, no network."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.system.desk import COURIER, WIRE, everything, put

CLAIMS = [
    {"id": "t1", "text": "Ada Lund arrived in Port Salm on Monday."},
    {"id": "t2", "text": "The new rail line cost 3.2 million crowns."},
]
FALSE = {"id": "f1", "text": "The new rail line cost 32 million crowns."}
ELSEWHERE = {"id": "f2", "text": "Penguins swim under the southern ice."}


def jsonl(*claims):
    return put("claims.jsonl", "".join(json.dumps(claim) + "\n" for claim in claims))


@pytest.fixture
def saved(cli, news):
    """A saved briefing of the two articles, as data to change."""
    assert cli("generate", news, "-f", "json", "-o", "saved.json").code == 0
    return json.loads(Path("saved.json").read_text("utf-8"))


def change(data):
    put("saved.json", json.dumps(data))


def test_a_saved_briefing_holds(cli, news, saved):
    outcome = cli("verify", "saved.json", "--sources", news)
    count = saved["counts"]["sentences"]
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{count} of {count} sentences supported, 0 contradicted")


def test_the_readme_prints_what_the_command_prints(cli, desk):
    put("speech.txt", "The pipeline will cost 3.2 billion dollars.\n")
    outcome = cli("verify", "speech.txt", "--sources", str(ROOT / "examples" / "visit"))
    assert outcome.code == 3
    score = re.compile(r"(?<=score )0\.\d\d")
    readme = (ROOT / "README.md").read_text("utf-8")
    _, told, shown = readme.partition(outcome.out.splitlines()[0])
    assert told
    shown = told + shown.partition("\n```")[0]
    assert score.sub("", outcome.out).startswith(score.sub("", shown))
    ours, readmes = (float(score.search(text)[0]) for text in (outcome.out, shown))
    assert readmes == pytest.approx(ours, abs=0.05)


def test_a_saved_briefing_holds_from_another_folder(cli, news, saved, monkeypatch):
    put("desk/note.txt", "Elsewhere.")
    monkeypatch.chdir("desk")
    assert cli("verify", "../saved.json", "--sources", "../news").code == 0


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Monday", "Friday"),
        ("3.2", "3.3"),
        ("Foreign", "Prime"),
        ("Salm", "Kaldrin"),
        ("410", "401"),
    ],
)
def test_one_word_of_a_sentence_changed_fails_the_briefing(cli, news, saved, word, other):
    sentences = [one for section in saved["sections"] for one in section["sentences"]]
    sentence = next(one for one in sentences if word in one["text"])
    sentence["text"] = sentence["text"].replace(word, other, 1)
    change(saved)
    outcome = cli("verify", "saved.json", "--sources", news, "--json")
    failed = [
        one["id"] for one in json.loads(outcome.out)["sentences"] if one["verdict"] != "supported"
    ]
    assert (outcome.code, failed) == (3, [sentence["id"]])


@pytest.mark.parametrize(("field", "by"), [("start", 1), ("end", -1), ("end", 1), ("end", 10**6)])
def test_an_offset_changed_fails_the_briefing(cli, news, saved, field, by):
    for section in saved["sections"]:
        for sentence in section["sentences"][:1]:
            sentence["citations"][0][field] += by
    change(saved)
    assert cli("verify", "saved.json", "--sources", news).code == 3


def test_a_quotation_changed_fails_the_briefing(cli, news, saved):
    saved["sections"][0]["sentences"][0]["citations"][0]["quote"] += " really"
    change(saved)
    assert cli("verify", "saved.json", "--sources", news).code == 3


def test_an_article_changed_fails_the_briefing(cli, news, saved):
    put("news/courier.txt", COURIER.replace("3.2 million", "3.4 million"))
    outcome = cli("verify", "saved.json", "--sources", news)
    assert outcome.code == 3
    assert "no article" in outcome.out


def test_only_the_articles_that_are_cited_are_needed(cli, news, saved):
    put("news/more.txt", "The mayor of Ondresk slept at home on Tuesday, neighbours said.")
    assert cli("verify", "saved.json", "--sources", news).code == 0


def test_several_sources_may_be_named(cli, news, saved):
    assert cli("verify", "saved.json", "-s", "news/wire.txt", "-s", "news/courier.txt").code == 0


def test_claims_that_are_all_supported_give_0(cli, news):
    outcome = cli("verify", jsonl(*CLAIMS), "--sources", news)
    assert (outcome.code, outcome.err) == (0, "")
    assert "2 of 2 sentences supported" in outcome.out


def test_a_claim_that_is_not_supported_gives_3_and_its_reason(cli, news):
    outcome = cli("verify", jsonl(*CLAIMS, FALSE), "--sources", news)
    assert outcome.code == 3
    assert "2 of 3 sentences supported" in outcome.out
    assert "32 million" in outcome.out
    assert "news/courier.txt" in outcome.out


def test_the_json_has_the_shape_that_is_promised(cli, news):
    outcome = cli("verify", jsonl(*CLAIMS, FALSE, ELSEWHERE), "--sources", news, "--json")
    data = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (3, "")
    assert set(data) == {"sentences", "counts", "notes"}
    assert {"sentences": 4, "supported": 2}.items() <= data["counts"].items()
    assert set(data["counts"]) == {
        "sentences",
        "supported",
        "contradicted",
        "unsupported",
        "uncertain",
    }
    for one in data["sentences"]:
        assert {"id", "text", "verdict", "score", "reason", "citations"} <= set(one)
        assert one["verdict"] in ("supported", "contradicted", "unsupported")
        assert 0 <= one["score"] <= 1
    assert [one["id"] for one in data["sentences"]] == ["t1", "t2", "f1", "f2"]


def test_the_spans_in_the_json_are_exact(cli, news, saved):
    outcome = cli("verify", jsonl(*CLAIMS), "--sources", news, "--json")
    cli("generate", news, "--save-run", "kept")
    for one in json.loads(outcome.out)["sentences"]:
        (citation,) = one["citations"]
        assert set(citation) == {"article", "start", "end", "quote"}
        text = Path(f"kept/articles/{citation['article']}.txt").read_text("utf-8")
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_each_sentence_of_a_text_is_checked(cli, news):
    text = "Ada Lund arrived in Port Salm on Monday. The line cost 9 crowns.\n"
    outcome = cli("verify", put("note.txt", text), "--sources", news, "--json")
    data = json.loads(outcome.out)
    assert outcome.code == 3
    assert [(one["id"], one["verdict"] == "supported") for one in data["sentences"]] == [
        ("1", True),
        ("2", False),
    ]


def test_an_article_holds_against_itself(cli, news):
    assert cli("verify", "news/wire.txt", "--sources", news).code == 0


def test_reads_standard_input(cli, news):
    outcome = cli("verify", "-", "--sources", news, stdin=json.dumps(CLAIMS[0]))
    assert outcome.code == 0
    assert "1 of 1" in outcome.out


def test_writes_a_file_instead(cli, news):
    outcome = cli("verify", jsonl(FALSE), "--sources", news, "--json", "-o", "result.json")
    assert (outcome.code, outcome.out) == (3, "")
    assert json.loads(Path("result.json").read_text("utf-8"))["counts"]["supported"] == 0


def test_what_a_claim_holds_cannot_steer_the_terminal(cli, news):
    sly = {"id": "\x1b[2Jx\n", "text": "\x1b[31mAda Lund\u202e arrived\nin Ondresk."}
    outcome = cli("verify", jsonl(sly), "--sources", news)
    assert outcome.code == 3
    assert not set(outcome.out) & set("\x1b\u202e")


def refuses(briefing, code, *arguments, says=()):
    """Check all that holds of every bad input."""
    before = everything()
    outcome = briefing("verify", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    for words in says:
        assert words in outcome.complaint
    assert outcome.complaint
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01", "binary"),
        (b" \n ", "no text"),
        (b'{"sections": []}', "neither a saved briefing"),
        (b'{"id": "t1"}', "neither a saved briefing"),
        (b'{"id": "t1", "text": "a"}\n{"id": "t2"', "neither a saved briefing"),
        (b'{"a":' * 50_000, ""),
        (b'{"sections": ' + b"1" * 5_000 + b"}", ""),
    ],
    ids=["empty", "binary", "blank", "sections", "no-text", "cut-off", "deep", "long-integer"],
)
def test_a_file_that_holds_nothing_to_check_is_refused_by_name(briefing, news, content, says):
    put("bad.json", content)
    refuses(briefing, 4, "bad.json", "-s", news, "-o", "out", says=("'bad.json'", says))


def test_a_missing_file_is_refused(briefing, news):
    refuses(briefing, 4, "gone.json", "-s", news, says=("'gone.json'",))


@pytest.mark.parametrize("content", [None, b"", b"\x00"], ids=["missing", "empty", "binary"])
def test_sources_that_hold_no_article_are_refused(briefing, news, content):
    if content is not None:
        put("bad.txt", content)
    refuses(briefing, 4, jsonl(*CLAIMS), "-s", "bad.txt", says=("'bad.txt'",))


def test_an_output_that_cannot_be_written_is_refused(briefing, news):
    refuses(briefing, 1, jsonl(*CLAIMS), "-s", news, "-o", "no/such/out", says=("'no/such/out'",))


def test_a_setting_that_is_not_known_is_refused(briefing, news):
    put("briefing.toml", "[limits]\nfile_byte = 9")
    refuses(briefing, 2, jsonl(*CLAIMS), "-s", news, says=("Did you mean 'limits.file_bytes'?",))


def test_a_bad_source_beside_a_good_one_is_told(briefing, news):
    put("news/bad.txt", b"\x00")
    outcome = briefing("verify", jsonl(*CLAIMS), "--sources", news)
    assert outcome.code == 0
    assert "left out 'news/bad.txt'" in outcome.complaint
    assert WIRE[:4] not in outcome.out


def test_the_sources_must_be_named(briefing, news):
    outcome = briefing("verify", jsonl(*CLAIMS))
    assert (outcome.code, outcome.out) == (2, "")
    assert "--sources" in outcome.err


def test_the_settings_in_force_are_shown_with_their_origin(briefing, desk, monkeypatch):
    put("briefing.toml", "[draft]\nbudget_tokens = 99")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    outcome = briefing("config", "show")
    assert outcome.code == 0
    assert "draft.budget_tokens = 99  # briefing.toml" in outcome.out
    assert "very-secret" not in outcome.out


@pytest.mark.parametrize(
    ("form", "begins"),
    [("md", "# Verification\n"), ("html", "<!doctype html>\n"), ("text", "2 of 3 ")],
)
def test_a_report_is_written_to_a_file(cli, news, form, begins):
    outcome = cli(
        *("verify", jsonl(*CLAIMS, FALSE), "--sources", news, "--format", form, "--out", "report")
    )
    assert (outcome.code, outcome.out) == (3, "")
    assert Path("report").read_text("utf-8").startswith(begins)


def test_rows_of_a_data_set_are_checked_each_against_its_own_sources(cli, news):
    rows = [
        {
            "id": 1,
            "claim": "The new rail line cost 3.2 million crowns.",
            "sources": ["courier.txt"],
        },
        {"id": 2, "claim": "The new rail line cost 3.2 million crowns.", "sources": ["wire.txt"]},
    ]
    data = json.loads(cli("verify", jsonl(*rows), "--sources", news, "--json").out)
    assert [(one["id"], one["verdict"] == "supported") for one in data["sentences"]] == [
        ("1", True),
        ("2", False),
    ]


def test_a_sentence_that_other_words_bear_out_is_cited_anew(cli, news, saved):
    sentences = [one for section in saved["sections"] for one in section["sentences"]]
    first, second = (
        next(one for one in sentences if word in one["text"]) for word in ("crowns", "passengers")
    )
    own = first["citations"]
    first["citations"] = second["citations"]
    change(saved)
    outcome = cli("verify", "saved.json", "--sources", news, "--json")
    found = next(one for one in json.loads(outcome.out)["sentences"] if one["id"] == first["id"])
    assert (outcome.code, found["recited"]) == (0, True)
    assert found["reason"].startswith("cited anew")
    assert found["citations"][0] == own[0]


def test_a_judge_needs_an_address_or_a_key(cli, news, briefing):
    outcome = briefing("verify", jsonl(*CLAIMS), "--sources", news, "--judge", "small")
    assert outcome.code == 2
    assert "'small' answers" in outcome.complaint
