"""Each step with the model of its profile."""

import json

from tests.stand_in import models, stand_in_server
from tests.system.desk import COST, GOOD, LIE, drafted, put, repaired
from tests.system.models.asked import PRICES

# Profiles.


def test_each_step_asks_the_model_of_its_profile(briefing, news):
    big, small = drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:]), repaired(COST)
    with stand_in_server(big) as one, stand_in_server(small) as other:
        put(
            "briefing.toml",
            f"[profiles.big]\nname = 'b'\nbase_url = '{one.base_url}'\n{PRICES}"
            f"[profiles.small]\nname = 's'\nbase_url = '{other.base_url}'\n{PRICES}"
            "[steps]\nrepair = 'small'",
        )
        outcome = briefing("generate", news, "--profile", "big", "-f", "json")
    data = json.loads(outcome.out)
    assert ([a["model"] for a in one.asked], [a["model"] for a in other.asked]) == (["b"], ["s"])
    assert data["drafter"]["name"] == "b"
    assert data["usage"]["calls"] == 2
    assert set(data["prompts"]) == {"draft", "repair"}


def test_a_profile_that_is_not_there_is_refused(briefing, news):
    outcome = briefing("generate", news, "--profile", "big")
    assert outcome.code == 2
    assert "no profile 'big', which 'command line' asks for" in outcome.complaint


def test_the_only_model_of_a_profile_needs_no_name(briefing, news):
    with stand_in_server(drafted(*GOOD), models=models("only")) as server:
        put("briefing.toml", f"[profiles.mine]\nbase_url = '{server.base_url}'")
        briefing("generate", news, "--profile", "mine")
    assert server.asked[0]["model"] == "only"


def test_the_command_line_names_another_model_of_a_profile(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        put("briefing.toml", f"[profiles.mine]\nname = 'a'\nbase_url = '{server.base_url}'")
        briefing("generate", news, "--profile", "mine", "--model", "b")
        none = briefing("generate", news, "--profile", "mine", "--model", "extractive")
    assert [asked["model"] for asked in server.asked] == ["b"]
    assert "extractive: no model" in " ".join(none.out.split())


def test_a_profile_without_an_address_is_openai_whatever_the_environment_says(
    briefing, news, monkeypatch
):
    put("briefing.toml", "[profiles.theirs]\nname = 'a'")
    with stand_in_server(drafted(*GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        outcome = briefing("generate", news, "--profile", "theirs")
    assert (outcome.code, server.asked) == (2, [])
    assert "nothing says where the model 'a' answers" in outcome.complaint


AZURE = """
[profiles.azure]
name = "deployed"
base_url = "{}"
api_key_env = "AZURE_KEY"
key_header = "api-key"
api_version = "2024-10-21"
headers = {{ X-Title = "briefing" }}
structured_output = "json_object"
reasoning_effort = "low"
reasoning_tokens = 1000
extra_body = {{ chat_template_kwargs = {{ enable_thinking = false }} }}
"""


def test_a_server_is_spoken_to_as_its_profile_says(briefing, news, monkeypatch):
    monkeypatch.setenv("AZURE_KEY", "azure-key-1234")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-nobodys-business")
    with stand_in_server(drafted(*GOOD)) as server:
        put("briefing.toml", AZURE.format(server.base_url))
        outcome = briefing("generate", news, "--profile", "azure")
    assert outcome.code == 0
    (headers,), (body,) = server.headers, server.asked
    assert headers["api-key"] == "azure-key-1234"
    assert "authorization" not in headers
    assert headers["x-title"] == "briefing"
    assert "org-nobodys-business" not in headers.values()
    assert server.paths == ["/v1/chat/completions?api-version=2024-10-21"]
    assert body["response_format"] == {"type": "json_object"}
    assert body["reasoning_effort"] == "low"
    assert body["max_completion_tokens"] > 1_000
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
