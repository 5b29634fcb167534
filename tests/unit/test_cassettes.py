"""The recordings in `cassettes/`, and the form they are kept in."""

import copy
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from vcr.request import Request

from briefing.edges import cassette_format

ROOT = Path(__file__).parents[2]
CASSETTES = sorted((ROOT / "cassettes").rglob("*.yaml"))
REPLAYS = sorted((ROOT / "tests" / "replay").rglob("test_*.py"))

# As names of a value, not as words: an article may write of an authorization or a cookie.
SECRET = re.compile(
    r"\bsk-[\w-]{8,}"
    r"|\bBearer\s+[\w.~+/-]{8,}"
    r"|\b(proxy-)?authorization['\"]?\s*[:=]"
    r"|\b(x-)?api[-_]?key['\"]?\s*[:=]"
    r"|\b(set-)?cookie['\"]?\s*:",
    re.IGNORECASE,
)


def shown(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", CASSETTES, ids=shown)
def test_a_cassette_is_small_and_holds_no_secret(path):
    text = path.read_text("utf-8")
    assert len(text.encode()) < 100_000
    assert SECRET.search(text) is None
    interactions = yaml.safe_load(text)["interactions"]
    assert interactions
    headers = {
        name
        for interaction in interactions
        for message in (interaction["request"], interaction["response"])
        for name in message["headers"]
    }
    assert headers <= cassette_format.KEPT_HEADERS


@pytest.mark.parametrize("path", REPLAYS, ids=lambda path: path.stem)
def test_a_replay_module_has_cassettes(path):
    """Else it would replay nothing and pass, or a folder that is no longer found would not show."""
    folder = ROOT / "cassettes" / path.stem.removeprefix("test_")
    assert list(folder.glob("*.yaml")), f"record {path.name}: {folder} holds no cassette"


@pytest.mark.parametrize("path", CASSETTES, ids=shown)
def test_a_cassette_belongs_to_a_test(path):
    modules = list((ROOT / "tests").rglob(f"test_{path.parent.name}.py"))
    assert modules, f"no module test_{path.parent.name}.py plays {path.name}"
    test = path.stem.partition("[")[0].rpartition(".")[2]
    assert any(test in module.read_text("utf-8") for module in modules), f"no test plays {path}"


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-0123456789",
        "authorization:\n- Bearer abcdefgh12",
        "Authorization: Basic x",
        '"api_key": "x"',
        "uri: http://127.0.0.1/v1?api-key=1",
        "Set-Cookie: a=b",
    ],
)
def test_a_secret_is_noticed(text):
    assert SECRET.search(text)


@pytest.mark.parametrize(
    "text", ["The council gave its authorization.", "a task-force", "Bearer of bad news: cookies"]
)
def test_news_is_no_secret(text):
    assert SECRET.search(text) is None


def request(body):
    content = body if isinstance(body, str) else json.dumps(body)
    return Request("POST", "http://127.0.0.1:8399/v1/chat/completions", content, {})


def test_the_order_of_names_in_a_request_does_not_matter():
    cassette_format.same_json_body(request({"a": 1, "b": 2}), request({"b": 2, "a": 1}))


@pytest.mark.parametrize("other", [{"a": "2"}, {"a": 1.5}, {}, [1], "not JSON", '{"a": True}'])
def test_another_body_does_not_match(other):
    with pytest.raises(AssertionError):
        cassette_format.same_json_body(request(other), request({"a": 2}))


def test_what_changed_in_a_prompt_is_shown_line_by_line():
    prompt = "Story: Bridge reopens\nWrite at most 5 sentences.\n\n[S1.1] It reopened on Monday."
    recorded = {"model": "m", "messages": [{"role": "user", "content": prompt}]}
    asked = copy.deepcopy(recorded)
    asked["messages"][0]["content"] = prompt.replace("5 sentences", "6 sentences")
    with pytest.raises(AssertionError) as raised:
        cassette_format.same_json_body(request(asked), request(recorded))
    assert str(raised.value).splitlines() == [
        "--- recorded",
        "+++ asked now",
        "@@ -1,3 +1,3 @@",
        " messages[0].content | Story: Bridge reopens",
        "-messages[0].content | Write at most 5 sentences.",
        "+messages[0].content | Write at most 6 sentences.",
        " messages[0].content | ",
    ]


def test_a_difference_stays_readable_when_all_has_changed():
    lines = cassette_format.difference("a\n" * 500, "b\n" * 500).splitlines()
    assert len(lines) < 70
    assert lines[-1].endswith("more lines")


def test_only_listed_headers_and_lasting_fields_are_kept():
    completion = {"id": "c1", "model": "m", "created": 7, "timings": {"ms": 1}, "usage": {"n": 2}}
    response = {
        "status": {"code": 200, "message": "OK"},
        "headers": {"Content-Type": ["application/json"], "Set-Cookie": ["a=b"], "Server": ["x"]},
        "body": {"string": json.dumps(completion).encode()},
    }
    kept = cassette_format.keep_safe_response(response)
    assert kept["headers"] == {"content-type": ["application/json"]}
    assert json.loads(kept["body"]["string"]) == {"model": "m", "usage": {"n": 2}}
    assert b"c1" in response["body"]["string"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
lines = st.lists(st.text(), min_size=2, max_size=5).map("\n".join)


@given(asked=json_values | lines, replied=json_values | lines | st.just(b"<p>Not JSON</p>"))
def test_what_is_written_is_read_back_the_same(asked, replied):
    sent = replied.decode() if isinstance(replied, bytes) else json.dumps(replied)
    cassette = {
        "interactions": [
            {
                "request": {"method": "POST", "body": json.dumps(asked)},
                "response": {"headers": {}, "body": {"string": sent}},
            }
        ]
    }
    read = cassette_format.deserialize(cassette_format.serialize(cassette))
    (interaction,) = read["interactions"]
    assert json.loads(interaction["request"]["body"]) == asked
    body = interaction["response"]["body"]["string"]
    assert (body if isinstance(replied, bytes) else json.loads(body)) == replied
