"""Where settings come from, and what cannot be used."""

import os

import pytest

from briefing.edges import settings_file
from briefing.edges.settings_file import describe, load
from briefing.errors import ConfigError
from briefing.settings import Settings
from tests.unit.settings.refusal import message


def test_works_with_nothing_set():
    settings = load().settings
    assert settings.model.name == "extractive"
    assert settings.model.is_extractive
    assert not settings.model.has_endpoint
    assert (settings.draft.template, settings.draft.budget_tokens) == ("auto", 6_000)
    assert settings.limits.file_bytes == 5 * 1024 * 1024


def test_takes_the_first_place_that_has_a_key(monkeypatch, user, project):
    user("[draft]\nbudget_tokens = 1\ntemplate = 'of-user'\n[limits]\nfiles = 1")
    project("[draft]\nbudget_tokens = 2\ntemplate = 'of-project'")
    monkeypatch.setenv("BRIEFING_DRAFT__BUDGET_TOKENS", "3")
    settings = load(overrides={"model.tries": 4, "draft.budget_tokens": None}).settings
    assert (settings.draft.budget_tokens, settings.draft.template) == (3, "of-project")
    assert (settings.limits.files, settings.model.tries) == (1, 4)
    assert load(overrides={"draft.budget_tokens": 5}).settings.draft.budget_tokens == 5


def test_reads_a_named_file_in_place_of_the_usual_two(monkeypatch, tmp_path, user, project):
    user("[limits]\nfiles = 1")
    project("[limits]\nfiles = 2")
    named, other = tmp_path / "named.toml", tmp_path / "other.toml"
    named.write_text("[draft]\ntemplate = 'story'")
    other.write_text("[draft]\ntemplate = 'other'")
    monkeypatch.setenv("BRIEFING_CONFIG", str(named))
    assert load().settings.draft.template == "story"
    assert load().settings.limits.files == 2_000
    assert load(config=str(other)).settings.draft.template == "other"


def test_two_variables_choose_a_model_and_its_endpoint(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", " sk-one\n")
    assert load().settings.model.has_endpoint
    assert load().settings.model.is_extractive, "a key alone chooses no model"
    monkeypatch.setenv("BRIEFING_MODEL", "gpt-5-mini")
    model = load().settings.model
    assert (model.name, model.api_key.get_secret_value()) == ("gpt-5-mini", "sk-one")


def test_our_own_variable_beats_the_one_of_openai(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    assert load().settings.model.base_url == "http://localhost:1/v1"
    monkeypatch.setenv("BRIEFING_MODEL__BASE_URL", "http://localhost:2/v1")
    assert load().settings.model.base_url == "http://localhost:2/v1"


def test_a_variable_holds_several_values_with_commas_between(monkeypatch):
    monkeypatch.setenv("BRIEFING_FETCH__PORTS", "80, 443,8080")
    monkeypatch.setenv("BRIEFING_FETCH__ALLOW_PRIVATE_HOSTS", "news.intranet,")
    configuration = load()
    fetch = configuration.settings.fetch
    assert (fetch.ports, fetch.allow_private_hosts) == ((80, 443, 8080), ("news.intranet",))
    rows = {row.key: row.value for row in describe(configuration)}
    assert rows["fetch.ports"] == "80, 443, 8080"


@pytest.mark.parametrize("ports", ["", "0", "65536", "http"])
def test_a_port_is_a_number_that_a_port_can_have(project, ports):
    project(f"[fetch]\nports = [{ports!r}]")
    assert message().startswith("'fetch.ports' in 'briefing.toml' is")


def test_an_empty_variable_is_not_set(monkeypatch):
    for name in settings_file.VARIABLES:
        monkeypatch.setenv(name, "  ")
    monkeypatch.setenv("BRIEFING_CONFIG", "")
    assert load().origins == {}


@pytest.mark.parametrize(
    ("text", "named", "near"),
    [
        ("[draft]\nbudget_token = 1", "'draft.budget_token'", "'draft.budget_tokens'"),
        ("[model]\nbudget_tokens = 1", "'model.budget_tokens'", "'draft.budget_tokens'"),
        ("template = 'visit'", "'template'", "'draft.template'"),
        ("[modle]\nname = 'x'", "'modle'", "'model'"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(project, text, named, near):
    project(text)
    assert message() == f"unknown key {named} in 'briefing.toml'. Did you mean {near}?"


def test_an_unknown_key_like_no_other_is_refused_with_all_of_them(project):
    project("[zebra]\n")
    assert "Known keys: model.name, model.base_url" in message()


def test_an_unknown_variable_is_refused_with_the_nearest_one(monkeypatch):
    monkeypatch.setenv("BRIEFING_BUDGET_TOKENS", "1")
    expected = "'BRIEFING_BUDGET_TOKENS'. Did you mean BRIEFING_DRAFT__BUDGET_TOKENS?"
    assert message() == f"unknown environment variable {expected}"
    monkeypatch.delenv("BRIEFING_BUDGET_TOKENS")
    monkeypatch.setenv("BRIEFING_XYZ__ABC", "")
    assert "'BRIEFING_XYZ__ABC'. Unset it" in message()


def test_a_variable_of_somebody_elses_is_left_alone(monkeypatch):
    monkeypatch.setenv("BRIEFING_HQ", "")
    assert load().settings == Settings()


FEEDS = """
[[feeds]]
url = "https://courier.example/feed"
name = "Courier"
[[feeds]]
url = "http://wire.example/rss"
"""


def test_feeds_are_a_list_and_a_nearer_file_has_its_own(user, project):
    user("[[feeds]]\nurl = 'https://old.example/'")
    project(FEEDS)
    configuration = load()
    assert [(feed.url, feed.name) for feed in configuration.settings.feeds] == [
        ("https://courier.example/feed", "Courier"),
        ("http://wire.example/rss", ""),
    ]
    assert [tuple(row) for row in describe(configuration) if row.key.startswith("feeds")] == [
        ("feeds[1].url", "https://courier.example/feed", "briefing.toml"),
        ("feeds[1].name", "Courier", "briefing.toml"),
        ("feeds[2].url", "http://wire.example/rss", "briefing.toml"),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[feeds]\nurl = 'https://x.example/'", "'feeds' in 'briefing.toml' is a list of tables."),
        ("feeds = 7", "Write [[feeds]] on a line of its own"),
        ("feeds = ['https://x.example/']", "'feeds' in 'briefing.toml' is a list of tables."),
        (f"{FEEDS}nam = 1", "unknown key 'feeds[2].nam' in 'briefing.toml'. Did you mean 'name'?"),
        (f"{FEEDS}zebra = 1", "Known keys: url, name."),
        ("[[feeds]]\nname = 'x'", "'feeds[1].url' in 'briefing.toml' is missing."),
        ("[[feeds]]\nurl = 7", "'feeds[1].url' in 'briefing.toml' is 7: it should be a valid"),
        ("[[feeds]]\nurl = 'file:///x'", "is 'file:///x': it should look like 'https://host/feed'."),
        ("[[feeds]]\nurl = 'https://[x'", "it should look like 'https://host/feed'."),
        ("[[feed]]\nurl = 'x'", "unknown key 'feed' in 'briefing.toml'. Did you mean 'feeds'?"),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_used_is_named_with_what_is_wanted(project, text, complaint):
    project(text)
    assert complaint in message()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("budget_tokens = 'many'", "'draft.budget_tokens' in 'briefing.toml' is 'many': it should"),
        ("budget_tokens = 0", "is 0: it should be greater than 0."),
        ("budget_tokens = [1]", "is [1]: it should be a valid integer."),
        ("template = 7", "'draft.template' in 'briefing.toml' is 7: it should be a valid string."),
        ("template = ' '", "is ' ': it should have at least 1 character."),
        ("[model]\ntimeout_s = inf", "'model.timeout_s' in 'briefing.toml' is inf: it should"),
        ("[model]\nbase_url = 'ftp://x'", "is 'ftp://x': it should look like 'https://host/v1'."),
        ("[model]\nbase_url = 'http://x:y'", "it should look like 'https://host/v1'."),
        ('[model]\nbase_url = "http://x/\\u0001"', "it should look like 'https://host/v1'."),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_is_wanted(project, text, complaint):
    project(f"[draft]\n{text}")
    assert complaint in message()


def test_a_wrong_variable_is_named_with_what_is_wanted(monkeypatch):
    monkeypatch.setenv("BRIEFING_MODEL__TRIES", "often")
    assert message() == (
        "'model.tries' in 'BRIEFING_MODEL__TRIES' is 'often': it should be a valid integer."
    )


def test_a_value_in_the_place_of_a_table_is_explained(project):
    project("model = 'gpt-5-mini'")
    assert "'model' in 'briefing.toml' is a table. Write [model]" in message()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"[draft]\nbudget_tokens == 1", "is not valid TOML: Invalid value (at line 2,"),
        (b"[draft]\n\n# caf\xe9", "is not UTF-8 at line 3"),
        (b"x = " + b"[" * 100_000, "is nested too deeply"),
        (b"x = " + b"9" * 10_000, "is not valid TOML"),
        (b"#" * (1024 * 1024 + 1), "is larger than 1,048,576 bytes"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_line(desk, content, complaint):
    (desk / "briefing.toml").write_bytes(content)
    text = message()
    assert "settings file 'briefing.toml'" in text
    assert complaint in text


def test_a_file_with_a_byte_order_mark_is_read(desk):
    (desk / "briefing.toml").write_bytes(b"\xef\xbb\xbf[limits]\nfiles = 3")
    assert load().settings.limits.files == 3


def test_a_named_file_that_is_missing_is_an_error():
    assert "cannot read settings file 'no.toml': there is no such file" in message(config="no.toml")


def test_a_settings_file_that_is_a_pipe_does_not_hang(desk):
    os.mkfifo(desk / "briefing.toml")
    assert "it is a pipe" in message()


def test_a_key_in_a_file_is_refused_and_not_repeated(project):
    project("[model]\napi_key = 'sk-secret'")
    text = message()
    assert "Set OPENAI_API_KEY, and take the key out of the file." in text
    assert "sk-secret" not in text


@pytest.mark.parametrize(
    ("variable", "value"),
    [("OPENAI_API_KEY", "swordfish 1"), ("OPENAI_BASE_URL", "https://me:swordfish@host/v1")],
)
def test_a_secret_that_cannot_be_used_is_not_repeated(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=variable) as caught:
        load()
    assert "swordfish" not in f"{caught.value} {caught.value.__cause__}"


def test_describes_each_setting_with_its_origin_and_no_secret(monkeypatch, project):
    project("[limits]\nfiles = 3")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    rows = {
        row.key: (row.value, row.origin) for row in describe(load(overrides={"model.tries": 2}))
    }
    assert rows["limits.files"] == ("3", "briefing.toml")
    assert rows["model.api_key"] == ("**********", "OPENAI_API_KEY")
    assert rows["model.tries"] == ("2", "command line")
    assert rows["model.base_url"] == ("", "default")
    assert list(rows) == list(settings_file.KEYS)


def test_the_settings_cannot_be_changed_and_hide_the_key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = load().settings
    assert "sk-secret" not in repr(settings)
    with pytest.raises(ValueError, match="frozen"):
        settings.draft.template = "story"
