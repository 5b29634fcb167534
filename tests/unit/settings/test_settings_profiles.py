"""Profiles: models by name, and the steps that choose among them."""

import pytest

from briefing.edges.settings_file import describe, load
from briefing.errors import ConfigError
from tests.unit.settings.refusal import message

PROFILES = """
[profiles.big]
name = "gpt-5-mini"
api_key_env = "BIG_KEY"
prompt_usd_per_million = 0.25
completion_usd_per_million = 2
headers = { X-Title = "briefing", X-Pass = "env:GATE_PASS" }
[profiles.small]
base_url = "http://127.0.0.1:8080/v1"
strategy = "rewrite"
[steps]
profile = "small"
draft = "big"
"""


def test_profiles_are_models_by_name_and_steps_choose_among_them(monkeypatch, project):
    project(PROFILES)
    monkeypatch.setenv("BIG_KEY", "sk-big")
    monkeypatch.setenv("GATE_PASS", "swordfish")
    configuration = load()
    settings = configuration.settings
    big = settings.model_of("draft")
    assert (big.name, big.api_key.get_secret_value()) == ("gpt-5-mini", "sk-big")
    assert big.headers["X-Pass"].get_secret_value() == "swordfish"
    assert settings.model_of("repair") is settings.model_of("map") is big
    assert settings.model_of("judge").strategy == "rewrite"
    shown = [tuple(row) for row in describe(configuration) if row.key.startswith("profiles.")]
    assert ("profiles.big.headers", "X-Title, X-Pass", "briefing.toml") in shown
    assert ("profiles.small.strategy", "rewrite", "briefing.toml") in shown
    assert "swordfish" not in repr((settings, shown))
    assert "sk-big" not in repr((settings, shown))


def test_without_a_profile_every_step_uses_the_model():
    settings = load(overrides={"model.name": "x"}).settings
    assert {settings.model_of(step).name for step in ("map", "draft", "repair", "judge")} == {"x"}
    assert settings.profile_of("draft") is None


def test_the_key_of_openai_goes_to_no_profile_with_an_address_of_its_own(monkeypatch, project):
    project("[profiles.mine]\nbase_url = 'http://127.0.0.1:1/v1'\n[profiles.theirs]\nname = 'x'")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    profiles = load().settings.profiles
    assert profiles["mine"].api_key is None
    assert profiles["theirs"].api_key.get_secret_value() == "sk-openai"


def test_the_model_may_take_its_key_from_another_variable(monkeypatch, project):
    project("[model]\napi_key_env = 'GROQ_API_KEY'")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    assert load().settings.model.api_key is None
    monkeypatch.setenv("GROQ_API_KEY", "gsk-groq")
    configuration = load()
    assert configuration.settings.model.api_key.get_secret_value() == "gsk-groq"
    assert configuration.origins["model.api_key"] == "GROQ_API_KEY"


def test_a_nearer_file_has_its_own_profile_whole(user, project):
    user("[profiles.a]\nname = 'old'\ntries = 2\n[profiles.b]\nname = 'b'")
    project("[profiles.a]\nname = 'new'")
    profiles = load().settings.profiles
    assert (profiles["a"].name, profiles["a"].tries, profiles["b"].name) == ("new", 4, "b")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[profiles.a]\nname = 'a'\ntries = 0", 3),
        ("[profiles.a]\nname = 'a'\n[profiles.b]\nnam = 'x'", 4),
        ("[profiles.a]\nname = 'a'\napi_key = 'x'", 3),
        ("[profiles.a]\nname = 'a'\nheaders = { X = 'env:NO' }", 3),
        ("[profiles.'a.b']\ntries = 0", 2),
        ("[model]\nname = 'a'\n[model.headers]\nX = 'env:NO'", 4),
        ("[steps]\n\ndraft = 'x'", 3),
        ("\nprofiles = 7", 2),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_with_its_line(project, text, line):
    project(text)
    with pytest.raises(ConfigError, match=rf"'briefing\.toml', line {line}\b"):
        load()


def test_a_profile_is_chosen_by_a_variable_too(monkeypatch, project):
    project("[profiles.a]\nname = 'a'")
    monkeypatch.setenv("BRIEFING_PROFILE", "a")
    assert load().settings.model_of("draft").name == "a"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[steps]\ndraft = 'bigg'\n[profiles.big]\nname = 'x'", "Did you mean 'big'?"),
        ("[steps]\ndraft = 'x'", "which 'briefing.toml' asks for; there are: none."),
        ("profiles = 7", "'profiles' in 'briefing.toml' holds tables. Write [profiles.NAME]"),
        ("[profiles]\nname = 'x'", "Write [profiles.NAME] on a line of its own"),
        ("[profiles.a]\nnam = 'x'", "unknown key 'profiles.a.nam' in 'briefing.toml'. Did"),
        ("[profiles.a]\ntries = 0", "'profiles.a.tries' in 'briefing.toml' is 0: it should be"),
        ("[profiles.a]\napi_key = 'sk-swordfish'", "Name its variable in `api_key_env`"),
        ("[profiles.a]\nheaders = { X = 'env:NO' }", "the header 'X' from 'NO', which is not set"),
        ("[profiles.a]\nheaders = { X = \"swordfish\\u0001\" }", "is not usable: the value of 'X'"),
        ("[model]\nheaders = { X = \"swordfish\\u0001\" }", "'model.headers' in 'briefing"),
        ("[profiles.a]\nstrategy = 'magic'", "'profiles.a.strategy' in 'briefing.toml' is 'magic'"),
        ("[profile.a]\nname = 'x'", "unknown key 'profile' in 'briefing.toml'. Did you mean"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_named_with_what_is_wanted(project, text, complaint):
    project(text)
    said = message()
    assert complaint in said
    assert "swordfish" not in said
