"""Records what a run and its model's server say to each other, and plays it back offline."""

import errno
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from yaml import YAMLError

from briefing.edges import cassette_format, writing
from briefing.edges.answer import hidden
from briefing.edges.completion import PATHS, Api
from briefing.edges.os_errors import in_our_words
from briefing.errors import ReplayMismatch, SourceError

_MATCH_ON = ("method", "path", "query", "json_body")
"""Not the host: who plays a recording may reach the server by another name."""

_CANNOT_READ = {
    errno.ENOENT: "there is no such file. Check the name, or make it with `--record`.",
    errno.EISDIR: "it is a folder. Name the file in it.",
    errno.EACCES: "this user may not read it. Allow it, or name another file.",
    0: "Name another file.",
}
_LIST = "/models"
_OUTSIDE = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Which server a recording is of."""

    base_url: str
    model: str | None
    """None where the run asked the server for it: so does the one that plays it."""

    api: Api
    strategy: Literal["compose", "rewrite"] | None
    """None where the first call does not tell."""


@contextmanager
def recording(file: Path, *, secrets: Sequence[str]) -> Iterator[None]:
    """Write all that is said to a server during the block to `file`, at its end.

    Headers are not kept, but for `content-type`; of what a server says, `secrets` are cut out.

    Raises:
        OutputError: The file cannot be written.
    """

    def keep_safe(response: dict[str, Any]) -> dict[str, Any]:
        kept = cassette_format.keep_safe_response(response)
        body = kept["body"]["string"]
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        return kept | {"body": {"string": hidden(text, secrets).encode()}}

    with _tape(_Writes).use_cassette(
        str(file), record_mode="all", before_record_response=keep_safe, **_options()
    ):
        yield


@contextmanager
def replaying(file: Path) -> Iterator[None]:
    """Answer every call during the block from `file`; nothing else is reached.

    Raises:
        ReplayMismatch: A call differs from all that were recorded, is one too many, or does not
            come; or something else asks for the network.
    """
    from vcr.errors import CannotOverwriteExistingCassetteException

    with _tape(_Reads).use_cassette(str(file), record_mode="none", **_options()) as cassette:
        try:
            with _no_network():
                yield
        except CannotOverwriteExistingCassetteException as error:
            raise ReplayMismatch(_mismatch(error, file)) from None
        if not cassette.all_played:
            left = len(cassette) - cassette.play_count
            raise ReplayMismatch(
                f"{left} of {len(cassette)} calls recorded in {str(file)!r} were not made: the "
                "run differs from the recorded one. Give the same articles and options, or "
                "record anew."
            )


def recorded(file: Path) -> Recorded | None:
    """Return which server and model a recording is of; None where it holds no reply.

    Raises:
        SourceError: It cannot be read, or is no recording.
    """
    has_list = False
    for interaction in _read(file)["interactions"]:
        request = interaction["request"]
        asked = cassette_format.json_of(request["body"])
        place = str(request["uri"]).partition("?")[0]
        has_list |= place.endswith(_LIST)
        for api, path in PATHS.items():
            if place.endswith(path) and isinstance(asked, dict):
                model = None if has_list else str(asked.get("model"))
                return Recorded(
                    base_url=place.removesuffix(path),
                    model=model,
                    api=api,
                    strategy=_strategy(asked),
                )
    return None


_STRATEGIES: Mapping[str | None, Literal["compose", "rewrite"]] = {
    "briefing": "compose",
    "rewrite": "rewrite",
}


def _strategy(asked: Mapping[str, Any]) -> Literal["compose", "rewrite"] | None:
    """Return what the first call of a run is for, by the name of the schema of its reply."""
    chat, response = asked.get("response_format") or {}, asked.get("text") or {}
    name = (chat.get("json_schema") or response.get("format") or {}).get("name")
    return _STRATEGIES.get(name)


def _tape(persister: type) -> Any:
    from vcr import VCR

    logging.getLogger("vcr").setLevel(logging.WARNING)  # It logs what is said, whole.
    tape = VCR()
    tape.register_persister(persister)
    tape.register_serializer("yaml", cassette_format)
    tape.register_matcher("json_body", cassette_format.same_json_body)
    return tape


def _options() -> dict[str, Any]:
    return {
        "serializer": "yaml",
        "match_on": _MATCH_ON,
        "before_record_request": cassette_format.keep_safe_request,
        "decode_compressed_response": True,
        "allow_playback_repeats": False,
    }


class _Writes:
    """Begins an empty recording, and writes it whole or not at all."""

    @staticmethod
    def load_cassette(path: Any, serializer: Any) -> Any:
        from vcr.persisters.filesystem import CassetteNotFoundError

        raise CassetteNotFoundError

    @staticmethod
    def save_cassette(path: Any, cassette_dict: Any, serializer: Any) -> None:
        from vcr.serialize import serialize

        writing.write_atomic(str(path), serialize(cassette_dict, serializer))


class _Reads:
    @staticmethod
    def load_cassette(path: Any, serializer: Any) -> Any:
        from vcr.serialize import deserialize

        _read(Path(str(path)))
        return deserialize(Path(str(path)).read_text("utf-8"), serializer)

    @staticmethod
    def save_cassette(path: Any, cassette_dict: Any, serializer: Any) -> None:
        """Write nothing: a recording that is played stays as it is."""


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        why = in_our_words(error, _CANNOT_READ)
        raise SourceError(f"cannot read the recording {str(file)!r}: {why}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{str(file)!r} is no recording that `--record` wrote.") from error
    try:
        return cassette_format.deserialize(text)
    # Whatever YAML holds instead of a recording fails in a way of its own.
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, YAMLError) as error:
        raise SourceError(f"{str(file)!r} is no recording that `--record` wrote.") from error


def _mismatch(error: Any, file: Path) -> str:
    asked = cassette_format.json_of(error.failed_request.body)
    left = [
        cassette_format.json_of(request.body)
        for index, (request, _) in enumerate(error.cassette.data)
        if not error.cassette.play_counts[index]
    ]
    if not left:
        return (
            f"the run asks for one call more than the {len(error.cassette)} recorded in "
            f"{str(file)!r}. Give the same articles and options, or record anew."
        )
    nearest = min((cassette_format.difference(one, asked) for one in left), key=len)
    return (
        f"the run asks for something else than was recorded in {str(file)!r}. Give the same "
        f"articles and options, or record anew. What changed:\n{nearest}"
    )


_blocked = False


@contextmanager
def _no_network() -> Iterator[None]:
    global _blocked
    _install()
    _blocked = True
    try:
        yield
    finally:
        _blocked = False


@cache
def _install() -> None:
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if _blocked and event in _OUTSIDE:
        raise ReplayMismatch("a replayed run asked for the network, which it may not. Record anew.")
