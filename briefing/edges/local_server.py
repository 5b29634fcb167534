"""A model on this machine: a GGUF file, served by llama.cpp in a child process on loopback.

    python -m briefing.edges.local_server --weights model.gguf

The child reads its key from the first line of stdin, and ends when stdin does: it cannot be
left behind, whatever becomes of its parent.
"""

import argparse
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryFile
from typing import Any

from briefing.errors import ConfigError, ModelUnavailable

_SUFFIX = ".gguf"
_MAGIC = b"GGUF"
_READY = "ready "


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalModel:
    """A running server, and what it serves."""

    name: str
    """Of the file, without its ending."""

    base_url: str
    key: str
    place: str
    """The same for the same file, whichever port it is served on."""


def found_weights(path: str | None) -> Path:
    """Return the file at `path`, or the one that an installed package carries.

    Raises:
        ConfigError: There is none, or it is no GGUF file.
    """
    if path is None:
        return _carried()
    file = Path(path).expanduser()
    try:
        with file.open("rb") as stream:
            is_gguf = stream.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        words = error.strerror or str(error)
        raise ConfigError(f"cannot read the weights {path!r}: {words}.") from error
    if not is_gguf:
        raise ConfigError(f"{path!r} is no GGUF file. Set `local.weights` to one.")
    return file


@contextmanager
def serving(weights: Path, *, threads: int, context_tokens: int) -> Iterator[LocalModel]:
    """Serve `weights` while the block runs.

    Raises:
        ConfigError: The package that serves is not there.
        ModelUnavailable: The server does not start.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigError(
            "a model on this machine needs the package 'xllamacpp'. "
            "Run: pip install 'briefing[local]'"
        )
    key = token_urlsafe(24)
    command = [sys.executable, "-m", __name__, "--weights", str(weights)]
    command += ["--threads", str(threads), "--context-tokens", str(context_tokens)]
    with (
        TemporaryFile("w+") as complaints,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(f"{key}\n")
            child.stdin.flush()
            said = child.stdout.readline()
            if not said.startswith(_READY):
                complaints.seek(0)
                complaint = " ".join(complaints.read()[-300:].split())
                raise ModelUnavailable(
                    f"{weights.name!r} cannot be served: {complaint or 'no reason given'}. "
                    "Is there memory for it? Try another file, or a smaller window."
                )
            yield LocalModel(
                name=weights.stem,
                base_url=said.removeprefix(_READY).strip(),
                key=key,
                place=f"local:{weights.stem}:{weights.stat().st_size}",
            )
        finally:
            child.kill()


def start(
    weights: Path,
    *,
    name: str,
    key: str | None,
    port: int = 0,
    threads: int = 1,
    context_tokens: int = 8_192,
) -> Any:  # noqa: ANN401 -- xllamacpp has no types
    """Return a running `xllamacpp.Server` on 127.0.0.1, for this process to keep until its end.

    One request at a time, others wait. With `temperature` 0 (the default here) the same request
    gets the same text, whatever was asked before it and however many `threads`.

    Args:
        weights: A GGUF file.
        name: What clients ask for, and what replies carry as `model`.
        key: Bearer token to insist on; None lets in whoever asks.
        port: 0 takes any free one.
        threads: Of computing. More than there are free cores is slower.
        context_tokens: Of prompt and reply together.

    Raises:
        RuntimeError: It does not start; the reason is on stderr.
    """
    xllamacpp = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {name}  # Else replies carry the path of the file as `model`.
    params.hostnames, params.port = ["127.0.0.1"], port
    params.api_keys = [key] if key else []
    params.n_ctx, params.fit_params = context_tokens, False  # True may shrink it to free memory.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.endpoint_slots = params.ui = False
    params.verbosity = 1  # Errors only.
    params.n_parallel = 1  # `n_ctx` is divided by it.
    # Both were seen to change the text of a reply: a cached prefix, and flash attention,
    # which adds up in an order that hangs on the number of threads.
    params.cache_prompt, params.cache_ram_mib = False, 0
    params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    params.sampling.temp, params.sampling.seed = 0.0, 1
    return xllamacpp.Server(params)


def _carried() -> Path:
    """Return the largest GGUF file that an installed package carries; none is imported."""
    files = [
        Path(str(file.locate()))
        for package in distributions()
        for file in package.files or ()
        if file.name.endswith(_SUFFIX)
    ]
    there = [file for file in files if file.is_file()]
    if not there:
        raise ConfigError(
            "no installed package carries a model. Set `local.weights` to a GGUF file."
        )
    return max(there, key=lambda file: (file.stat().st_size, file.name))


def main() -> None:
    """Serve one file until stdin ends."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=main.__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--context-tokens", type=int, default=8_192)
    options = parser.parse_args()
    weights: Path = options.weights
    server = start(
        weights,
        name=weights.stem,
        key=sys.stdin.readline().strip(),
        threads=options.threads,
        context_tokens=options.context_tokens,
    )
    print(f"{_READY}{server.listening_address}/v1", flush=True)  # noqa: T201 -- the parent reads it
    sys.stdin.read()
    # The server's destructor waits for ever if a request is in progress: step over it.
    os._exit(0)


if __name__ == "__main__":
    main()
