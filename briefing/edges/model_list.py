"""Which models a server says it has."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.edges.answer import NO_KEY
from briefing.edges.openai_client import Manners, opened, own_headers
from briefing.errors import ModelUnavailable

_MOST_BYTES = 2 * 1024 * 1024
"""OpenRouter lists some hundred models with a page of words each."""

_WINDOWS = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx")
"""Where vLLM, OpenRouter, Groq, LM Studio and llama.cpp say how many tokens a model takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedModel:
    """A model as its server lists it."""

    name: str
    window_tokens: int | None
    """None where the server does not say."""


def served_models(
    key: str, base_url: str, *, manners: Manners | None = None, timeout_s: float = 10.0
) -> tuple[ServedModel, ...]:
    """Return what `base_url` lists under `/models`, in its order.

    Raises:
        ModelUnavailable: It gives no list within `timeout_s`.
    """
    import openai  # Takes half a second to load.

    said = manners or Manners()

    async def listed() -> bytes:
        async with (
            asyncio.timeout(timeout_s),
            opened(
                key or NO_KEY, base_url, said, most_bytes=_MOST_BYTES, timeout_s=timeout_s
            ) as client,
        ):
            response = await client.models.with_raw_response.list(extra_headers=own_headers(said))
            return response.http_response.content

    try:
        return tuple(map(_model, json.loads(asyncio.run(listed()))["data"]))
    # Whatever a server sends instead of a list (HTML, null, another JSON) fails in its own way.
    except (openai.OpenAIError, TimeoutError, LookupError, AttributeError, TypeError, ValueError):
        pass
    # Not chained: the library's errors hold the request, and so the key.
    raise ModelUnavailable(
        f"{base_url} does not say which models it has. Is the server running? "
        "If it is, name one with `--model` or BRIEFING_MODEL."
    )


def _model(entry: Mapping[str, Any]) -> ServedModel:
    places = [entry, entry.get("meta") or {}]
    said = [place.get(name) for place in places for name in _WINDOWS]
    window = next((size for size in said if isinstance(size, int) and size > 0), None)
    return ServedModel(name=str(entry["id"]), window_tokens=window)
