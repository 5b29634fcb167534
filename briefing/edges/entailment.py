"""The embedded entailment model: a small cross-encoder, run by onnxruntime on the CPU."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from briefing.data.fusion import Fusion
from briefing.ports import Entailment, Entails

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_FIRST, _SEPARATOR = 101, 102
_MOST_TOKENS = 256
_MOST_CLAIM_TOKENS = 96
_MOST_CHARS = 4000
"""More of a premise or claim is not even split into tokens."""

_THREADS = 2


WEIGHTS = Path(str(files("briefing"))) / "weights"
"""The folder of the package that holds them."""


def load_fusion(folder: Path = WEIGHTS) -> Fusion:
    """Return how the parts of a score add up. Needs neither onnxruntime nor tokenizers."""
    return Fusion.model_validate_json((folder / "entailment.json").read_text("utf-8"))


def load_entails(folder: Path = WEIGHTS) -> Entails | None:
    """Return the model, or None where onnxruntime or tokenizers cannot be imported."""
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError:
        return None
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    session = InferenceSession(
        str(folder / "entailment.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return CrossEncoder(session, tokenizer)


def entails_when_asked(folder: Path = WEIGHTS) -> Entails | None:
    """Return the model, read when it is first asked, be it for no pair; None where it cannot be."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        return None

    loading = Lock()

    @cache
    def loaded() -> Entails:
        found = load_entails(folder)
        if found is None:
            raise RuntimeError("onnxruntime is there, and cannot be imported")
        return found

    def entails(pairs: Sequence[tuple[str, str]]) -> Sequence[Entailment]:
        with loading:
            model = loaded()
        return model(pairs)

    return entails


class CrossEncoder:
    """Reads a premise and a claim together.

    Each pair is run by itself: the int8 model scales its activations by the largest of the batch,
    so that a pair's answer would depend on its neighbours and their padding. Two pairs run at a
    time, each on one thread, which is as fast as a batch, since nothing is padded.
    """

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> tuple[Entailment, ...]:
        """Return what each premise says of its claim, in order."""
        if len(pairs) < 2:
            return tuple(self._read(*pair) for pair in pairs)
        # Most re-checks have no pair to read.
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_THREADS) as pool:
            return tuple(pool.map(lambda pair: self._read(*pair), pairs))

    def _read(self, premise: str, claim: str) -> Entailment:
        import numpy as np

        second = self._tokens(claim)[:_MOST_CLAIM_TOKENS]
        first = self._tokens(premise)[: _MOST_TOKENS - 3 - len(second)]
        ids = np.array([[_FIRST, *first, _SEPARATOR, *second, _SEPARATOR]], dtype=np.int64)
        kinds = np.zeros_like(ids)
        kinds[0, len(first) + 2 :] = 1
        (chances,) = self._session.run(None, {"ids": ids, "kinds": kinds})
        return Entailment(supported=float(chances[0, 0]), contradicted=float(chances[0, 2]))

    def _tokens(self, text: str) -> list[int]:
        encoded = self._tokenizer.encode(text[:_MOST_CHARS], add_special_tokens=False)
        ids: list[int] = encoded.ids
        return ids
