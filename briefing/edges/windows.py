"""How many tokens a model takes at once: prompt and reply together."""

from briefing.settings import ModelSettings

# As OpenAI lists them at https://platform.openai.com/docs/models; the longest name that a model's
# name begins with decides. A server of one's own may give a model less than it was trained for.
_WINDOWS = {
    "gpt-3.5-turbo": 16_385,
    "gpt-3.5-turbo-instruct": 4_096,
    "gpt-4": 8_192,
    "gpt-4-32k": 32_768,
    "gpt-4-turbo": 128_000,
    "gpt-4.1": 1_047_576,
    "gpt-4o": 128_000,
    "gpt-5": 400_000,
    "gpt-5-chat": 128_000,
    "o1": 200_000,
    "o1-mini": 128_000,
    "o3": 200_000,
    "o4-mini": 200_000,
}


def window_tokens(model: ModelSettings) -> int | None:
    """Return what the settings say, else what is known of OpenAI's own models, else None."""
    if model.window_tokens is not None or model.base_url is not None:
        return model.window_tokens
    name = model.name.lower()
    known = [start for start in _WINDOWS if name == start or name.startswith(f"{start}-")]
    return _WINDOWS[max(known, key=len)] if known else None
