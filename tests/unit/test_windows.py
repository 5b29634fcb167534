import pytest

from briefing.edges.windows import window_tokens
from briefing.settings import ModelSettings


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("gpt-4o-mini", 128_000),
        ("gpt-4", 8_192),
        ("gpt-4-0613", 8_192),
        ("gpt-4.1-nano", 1_047_576),
        ("GPT-5-mini", 400_000),
        ("o1-mini-2024-09-12", 128_000),
        ("gpt-4omni", None),
        ("qwen2.5-7b", None),
        ("extractive", None),
    ],
)
def test_knows_the_windows_of_openais_own_models(name, window):
    assert window_tokens(ModelSettings(name=name)) == window


def test_what_is_set_counts_before_what_is_known():
    assert window_tokens(ModelSettings(name="gpt-4", window_tokens=4_096)) == 4_096


def test_of_a_server_of_ones_own_nothing_is_known_by_the_name():
    server = "http://127.0.0.1:8080/v1"
    assert window_tokens(ModelSettings(name="gpt-4", base_url=server)) is None
