"""Write a checkpoint as the int8 ONNX file that the package carries, with its tokenizer."""

import argparse
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from briefing.edges.entailment import WEIGHTS
from training.encoder import Encoder, load_tokenizer


class _Chances(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Return the chances of the three classes, shape (pairs, 3)."""
        return torch.softmax(self.encoder(ids, kinds), -1)


def export(checkpoint: Path, folder: Path) -> None:
    """Write `entailment.onnx` and `tokenizer.json` to `folder`."""
    encoder = Encoder()
    encoder.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    model = _Chances(encoder.float().eval())
    example = (torch.tensor([[101, 2000, 102, 2001, 102]]), torch.tensor([[0, 0, 0, 1, 1]]))
    shape = {0: "pairs", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=["ids", "kinds"],
            output_names=["chances"],
            dynamic_axes={"ids": shape, "kinds": shape, "chances": {0: "pairs"}},
            opset_version=17,
            dynamo=False,
        )
        folder.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(
            whole,
            folder / "entailment.onnx",
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
        _compare(whole, folder / "entailment.onnx")
    load_tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def _compare(whole: Path, small: Path) -> None:
    """Print how far the int8 chances are from those of 32 bits, on random tokens."""
    rng = np.random.default_rng(0)
    sessions = [onnxruntime.InferenceSession(str(path)) for path in (whole, small)]
    far = []
    for _ in range(20):
        ids = rng.integers(1000, 30000, (1, 60))
        ids[0, 0], ids[0, 40], ids[0, -1] = 101, 102, 102
        kinds = (np.arange(60) > 40)[None].astype(np.int64)
        one, other = (s.run(None, {"ids": ids, "kinds": kinds})[0] for s in sessions)
        far.append(float(np.abs(one - other).max()))
    print(f"{small.name}: {small.stat().st_size} bytes, off by {max(far):.4f} at most")
    onnx.checker.check_model(str(small))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    export(options.checkpoint, options.to)
