"""Which models a server says it has."""

import asyncio
from functools import partial

from briefing.edges.answer import cut_short
from briefing.errors import ModelUnavailable

_MOST_BYTES = 256 * 1024


def served_models(key: str, base_url: str, *, timeout_s: float = 10.0) -> tuple[str, ...]:
    """Return the names that `base_url` lists under `/models`, in its order.

    Raises:
        ModelUnavailable: It gives no list within `timeout_s`.
    """
    import openai  # Takes half a second to load.

    async def listed() -> tuple[str, ...]:
        async with (
            asyncio.timeout(timeout_s),
            openai.AsyncOpenAI(
                api_key=key or "no-key",
                base_url=base_url,
                max_retries=0,
                default_headers={"Accept-Encoding": "identity"},
                http_client=openai.DefaultAsyncHttpxClient(
                    follow_redirects=False,
                    event_hooks={"response": [partial(cut_short, most=_MOST_BYTES)]},
                ),
            ) as client,
        ):
            page = await client.models.list()
            return tuple(model.id for model in page.data)

    try:
        return asyncio.run(listed())
    # Whatever a server sends instead of a list (HTML, null, another JSON) fails in its own way.
    except (openai.OpenAIError, TimeoutError, AttributeError, TypeError, ValueError):
        pass
    # Not chained: the library's errors hold the request, and so the key.
    raise ModelUnavailable(
        f"{base_url} does not say which models it has. Is the server running? If it is, name "
        "one with `--model` or BRIEFING_MODEL."
    )
