"""Settings of one model to the edge that asks its server."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from briefing.edges.tokens import Tokens
from briefing.errors import ConfigError
from briefing.settings import ModelSettings

if TYPE_CHECKING:
    from briefing.edges.batch_server import BatchServer
    from briefing.edges.local_server import LocalModel
    from briefing.edges.model_list import ServedModel
    from briefing.edges.openai_chat import OpenAIChat
    from briefing.edges.openai_client import Manners
    from briefing.edges.purse import PurseMeter


def server(
    model: ModelSettings,
    *,
    meter: "PurseMeter | None" = None,
    is_replay: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> "OpenAIChat":
    """Return the server that the settings of a model name; `on_wait` is called as it is waited for.

    Raises:
        ConfigError: Nothing says where it is, or the address or key cannot be used.
    """
    # A run without a model does not wait for what asks one.
    from briefing.edges.gate import Gate
    from briefing.edges.openai_chat import OpenAIChat

    if not is_replay:
        _check_endpoint(model)
    options: dict[str, Any] = {"sleep": lambda _: None} if is_replay else {}
    return OpenAIChat(
        key(model),
        address(model),
        timeout_s=model.timeout_s,
        tries=model.tries,
        reply_bytes=model.max_reply_bytes,
        manners=manners(model),
        gate=Gate(
            at_once=model.calls_at_once,
            requests_per_minute=None if is_replay else model.requests_per_minute,
            tokens_per_minute=None if is_replay else model.tokens_per_minute,
        ),
        meter=meter,
        on_wait=on_wait,
        **options,
    )


def batch_server(model: ModelSettings, *, longest_pause_s: float) -> "BatchServer":
    """Return the Batch API of the server that the settings of a model name.

    Between two looks at a batch it waits so many seconds at most.

    Raises:
        ConfigError: Nothing says where it is, or the address or key cannot be used.
    """
    from briefing.edges.batch_server import BatchServer
    from briefing.edges.patience import Patience

    _check_endpoint(model)
    return BatchServer(
        key(model),
        address(model),
        manners=manners(model),
        reply_bytes=model.max_reply_bytes,
        patience=Patience(tries=model.tries, timeout_s=model.timeout_s),
        longest_pause_s=longest_pause_s,
    )


def _check_endpoint(model: ModelSettings) -> None:
    if not model.has_endpoint:
        raise ConfigError(
            f"nothing says where the model {model.name!r} answers. Set OPENAI_API_KEY, or "
            "OPENAI_BASE_URL or `--base-url` for a server of your own."
        )


def served(model: ModelSettings) -> "tuple[ServedModel, ...]":
    """Return the models that the server of a model lists.

    Raises:
        ModelUnavailable: It lists none.
    """
    from briefing.edges.model_list import served_models

    return served_models(key(model), address(model), manners=manners(model))


def manners(model: ModelSettings) -> "Manners":
    """Return how the server of a model wants to be spoken to."""
    from briefing.edges.dialect import Dialect
    from briefing.edges.openai_client import Manners

    return Manners(
        dialect=Dialect(
            api=model.api,
            reply_format=model.structured_output,
            reasoning_effort=model.reasoning_effort,
            reasoning_tokens=model.reasoning_tokens,
            extra=model.extra_body,
        ),
        headers={name: value.get_secret_value() for name, value in model.headers.items()},
        query={"api-version": model.api_version} if model.api_version else {},
        is_key_bare=model.key_header == "api-key",
    )


def token_counter(model: ModelSettings) -> Tokens:
    """Return what counts tokens for a model."""
    return Tokens(None if model.is_extractive else model.name)


def place(model: ModelSettings, local: "LocalModel | None") -> dict[str, Any]:
    """Return what decides on a reply beside the request."""
    is_here = local is not None and local.base_url == model.base_url
    return {
        "base_url": local.place if local is not None and is_here else address(model).rstrip("/"),
        "api": model.api,
        "structured_output": model.structured_output,
        "reasoning": [model.reasoning_effort, model.reasoning_tokens],
        "extra_body": dict(model.extra_body),
        "api_version": model.api_version,
    }


def address(model: ModelSettings) -> str:
    """Return where the server of a model answers: OpenAI, where nothing else is said."""
    from briefing.edges.openai_client import OPENAI_URL

    return model.base_url or OPENAI_URL


def key(model: ModelSettings) -> str:
    """Return the key of a model; empty where it wants none."""
    return model.api_key.get_secret_value() if model.api_key else ""
