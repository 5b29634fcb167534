"""A stand-in for a chat model, which keeps a log: one draft of ours, in the form each tool wants.

It answers on loopback, each chat call after the same silence and embeddings at once. What it says
was written for this project; nothing comes from a model. All tools are given the same sentences to
print, so that their tokens can be compared: a model that writes at more length costs each more.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from briefing.edges.tokens import Tokens
from tests.stand_in import Reply, completion, stand_in_server

MODEL = "gpt-4o-mini"
"""What all tools ask for by name, so that each knows its tokens. No such model answers."""

_VECTOR = 64

count = Tokens(MODEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the draft, and how the source sentences begin that bear it out."""

    section: str
    text: str
    sources: tuple[str, ...]


DRAFT = tuple(
    Line(section=row["section"], text=row["text"], sources=tuple(row["sources"]))
    for row in json.loads(Path(__file__).with_name("visit_draft.json").read_text("utf-8"))
)
"""About the first five articles of `examples/visit`, in the order of our template's sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call as the server saw it, in seconds since the server began."""

    kind: str
    """`chat` or `embedding`."""

    began: float
    ended: float
    prompt_tokens: int
    """Of the messages, and of the schema of the reply or the tools where one is sent."""

    completion_tokens: int


class Writer:
    """Answers whatever one of the tools asks, and remembers when."""

    def __init__(self, latency: Callable[[str], float], draft: Callable[[str], str]) -> None:
        """Take the seconds of silence before a chat reply, and our draft, both by prompt."""
        self._latency = latency
        self._draft = draft
        self.calls: list[Call] = []
        self.prompts: list[str] = []
        """Of the chat calls, in the order in which they came in."""

        self._lock = threading.Lock()
        self._start = time.perf_counter()

    def now(self) -> float:
        """Return the seconds since this was made, as the log has them."""
        return time.perf_counter() - self._start

    def __call__(self, body: dict[str, Any]) -> Reply:
        """Return the reply to one call."""
        began = self.now()
        prompt = prompt_of(body)
        if "input" in body:
            given = body["input"] if isinstance(body["input"], list) else [body["input"]]
            self._note("embedding", began, sum(map(_size, given)), "")
            return _closing(_vectors(given))
        with self._lock:
            self.prompts.append(prompt)
        said = self._said(body, prompt)
        time.sleep(self._latency(prompt))
        forms = [json.dumps(body[name]) for name in ("response_format", "tools") if body.get(name)]
        asked = "\n".join([prompt, *forms])
        self._note("chat", began, count(asked), said)
        usage = {"prompt_tokens": count(asked), "completion_tokens": count(said)}
        usage["total_tokens"] = sum(usage.values())
        if body.get("stream"):
            return _streamed(said, usage)
        return _closing(completion(said, usage=usage, model=MODEL))

    def _note(self, kind: str, began: float, prompt_tokens: int, said: str) -> None:
        ended = self.now()
        with self._lock:
            self.calls.append(
                Call(
                    kind=kind,
                    began=began,
                    ended=ended,
                    prompt_tokens=prompt_tokens,
                    completion_tokens=count(said),
                )
            )

    def _said(self, body: Mapping[str, Any], prompt: str) -> str:
        schema = (body.get("response_format") or {}).get("json_schema") or {}
        if schema.get("name") == "repair":
            return _repaired(prompt)
        if schema.get("name") == "briefing":
            return self._draft(prompt)
        for mark, answer in _ANSWERS.items():
            if mark in prompt:
                return answer(prompt)
        raise ValueError(f"nothing is written down for a prompt that begins {prompt[:200]!r}")


@contextmanager
def served(writer: Writer) -> Iterator[str]:
    """Serve a writer on loopback while the block runs, and give the base URL.

    What is asked for with GET, such as a search of the web, is an empty list.
    """
    with stand_in_server(writer, models=_closing([])) as server:
        yield server.base_url


def prompt_of(body: Mapping[str, Any]) -> str:
    """Return the text of all messages."""
    texts: list[str] = []
    for message in body.get("messages", ()):
        content = message.get("content") or ""
        parts = [content] if isinstance(content, str) else [one.get("text", "") for one in content]
        texts += parts
    return "\n".join(texts)


def with_ids(prompt: str) -> str:
    """Return the draft as our prompt wants it: each sentence behind the ids of its sources."""
    return _draft(prompt, lambda source: source[0])


def with_a_fault(prompt: str) -> str:
    """Return the draft with ids and one wrong figure in it."""
    return with_ids(prompt).replace("$2.3 billion", "$2.5 billion")


def with_quotations(prompt: str) -> str:
    """Return the same draft with the source sentences typed out in the place of their ids."""
    return _draft(prompt, lambda source: source[1])


def copied(prompt: str) -> str:
    """Return a draft of any story that repeats the first source sentences, each with its id."""
    section = re.findall(r"^- (\w+) \(\d+\):", prompt, re.MULTILINE)[0]
    lines = [f"[{name}] {text}" for name, text in _numbered(prompt)]
    said = {"sections": {section: lines[:4]}, "differences": []}
    return json.dumps(said, ensure_ascii=False)


def _draft(prompt: str, evidence: Callable[[tuple[str, str]], str]) -> str:
    numbered = _numbered(prompt)
    sections: dict[str, list[str]] = {}
    for line in DRAFT:
        cited = " ".join(evidence(_found(numbered, one)) for one in line.sources)
        sections.setdefault(line.section, []).append(f"[{cited}] {line.text}")
    return json.dumps({"sections": sections, "differences": []}, ensure_ascii=False)


def _numbered(prompt: str) -> list[tuple[str, str]]:
    return re.findall(r"^\[(S\d+\.\d+)\] (.+)$", prompt, re.MULTILINE)


def _found(numbered: Sequence[tuple[str, str]], beginning: str) -> tuple[str, str]:
    for name, text in numbered:
        if text.startswith(beginning):
            return name, text
    raise ValueError(f"no source sentence begins {beginning!r}")


def _repaired(prompt: str) -> str:
    """Return the right sentence for each that came back: the one it has most words in common with.

    The prompt lists them as `Sentence 1: …`, each with its reason.
    """
    better: list[dict[str, Any]] = []
    for number, text in re.findall(r"^Sentence (\d+): (.+)$", prompt, re.MULTILINE):
        words = set(text.split())
        best = max(DRAFT, key=lambda line: len(words & set(line.text.split())))
        better.append({"number": int(number), "text": best.text})
    return json.dumps({"sentences": better}, ensure_ascii=False)


def _summary(prompt: str) -> str:
    excerpt = prompt.partition("\n---\n")[2].rpartition("\n---\n")[0]
    words = " ".join(excerpt.split()[:100])
    return json.dumps({"summary": words, "relevance_score": 8}, ensure_ascii=False)


def _answer(prompt: str) -> str:
    context = prompt.partition("Context:")[2].partition("Valid citation examples")[0]
    keys = list(dict.fromkeys(re.findall(r"pqac-[0-9a-f]+", context))) or ["pqac-00000000"]
    cited = (f"{line.text} ({keys[n % len(keys)]})" for n, line in enumerate(DRAFT))
    return " ".join(cited)


def _report(prompt: str) -> str:
    names = list(dict.fromkeys(re.findall(r"[\w-]+\.txt", prompt))) or ["document"]
    sections = dict.fromkeys(line.section for line in DRAFT)
    parts = ["# The visit"]
    for section in sections:
        parts.append(f"## {section.replace('_', ' ').capitalize()}")
        said = [(n, line) for n, line in enumerate(DRAFT) if line.section == section]
        parts.append(" ".join(f"{line.text} ({names[n % len(names)]})" for n, line in said))
    return "\n\n".join([*parts, "## References", "\n".join(f"- {name}" for name in names)])


def _always(said: str | Sequence[str] | Mapping[str, str]) -> Callable[[str], str]:
    return lambda prompt: said if isinstance(said, str) else json.dumps(said)


_ANSWERS: dict[str, Callable[[str], str]] = {
    # paper-qa
    "Excerpt from": _summary,
    "Provide the citation for the following text": _always('"The Visit." Newspaper, 1 Apr. 2031.'),
    "Answer the question below with the context": _answer,
    # gpt-researcher
    "The research is conducted by a specific server": _always(
        {"server": "News Agent", "agent_role_prompt": "You are a careful analyst of foreign news."}
    ),
    "search queries to research the following task": _always(
        [
            "D'Avelle official visit Tolvessa result",
            "Two Lakes pipeline transit tariff positions",
            "Hestria Tolvessa trade wheat figures",
        ]
    ),
    "Using the above information, answer the following query or task": _report,
}
"""By words that only this prompt of the tool has."""


def _size(given: str | Sequence[int]) -> int:
    return count(given) if isinstance(given, str) else len(given)


def _vectors(given: Sequence[Any]) -> dict[str, Any]:
    rows = [
        {"object": "embedding", "index": number, "embedding": _vector(one)}
        for number, one in enumerate(given)
    ]
    tokens = sum(map(_size, given))
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": rows, "model": "text-embedding-3-small", "usage": usage}


def _vector(given: str | Sequence[int]) -> list[float]:
    """Return how often words come up, hashed: alike for texts that share words."""
    words = given.lower().split() if isinstance(given, str) else map(str, given)
    places = [0.0] * _VECTOR
    for word in words:
        places[crc32(word.encode()) % _VECTOR] += 1.0
    return places


def _closing(body: dict[str, Any] | list[Any]) -> Reply:
    return Reply(body=body, headers={"Connection": "close"})


def _streamed(said: str, usage: Mapping[str, int]) -> Reply:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    chunks = [
        {"choices": [{"index": 0, "delta": {"role": "assistant", "content": said}}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": usage},
    ]
    lines = [f"data: {json.dumps(head | chunk)}\n\n" for chunk in chunks]
    headers = {"Content-Type": "text/event-stream", "Connection": "close"}
    return Reply(body="".join([*lines, "data: [DONE]\n\n"]), headers=headers)
