"""Break feeds, pages and other files in seeded ways, and see that reading survives each.

    python bench/fuzz_inputs.py --seed 1 --rounds 10000
    python bench/fuzz_inputs.py --seed 1 --rounds 0        # the bombs only

A mutation cuts, repeats, swaps or replaces pieces of a small file of ours; the same seed gives
the same files. Fails (exit 1) on an uncaught error, a crash, a time-out, or a bomb that takes over
10 s or 300 MiB; prints what became of them.
"""

import argparse
import gzip
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

# Run as a file, it does not see the folder that it shares with the tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.data.document import Document, RawDocument, Refusal
from briefing.edges.reading import Opening
from briefing.edges.sandbox import Sandbox
from briefing.errors import SourceError
from briefing.settings import LimitSettings
from briefing.steps.clean import clean
from tests import make_files as make

LIMITS = LimitSettings()
BAD = ("crashed", "takes longer", "of memory")
MIB = 1024 * 1024

_ENTRY = (
    "<title>Talks &amp; gas</title><link>https://courier.example/1</link>"
    "<pubDate>Sun, 06 Apr 2031 07:00:00 +0500</pubDate><author>Ada</author>"
    "<content:encoded><![CDATA[<p>They <b>began</b>.</p>]]></content:encoded>"
    "<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
)
_ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>C</title>'
    '<entry><title type="html">Talks</title><link href="/1"/>'
    "<updated>2031-04-06T07:00:00Z</updated>"
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Began.</p></div></content>'
    "<georss:point xmlns:georss='g'>1 2</georss:point></entry></feed>"
)
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "feed": (make.rss(_ENTRY, _ENTRY), _ATOM.encode()),
    "page": (
        make.page(head="<meta charset=utf-8><script type='application/ld+json'>{}</script>"),
        make.page("<table><tr><td>One</table>", "<ul><li>Two<li>Three</ul>"),
    ),
    "other": (
        make.mail(("text/plain", make.TEXT), ("text/html", f"<p>{make.TEXT}</p>")),
        make.mbox(make.mail(), make.mail()),
        make.pdf(make.SENTENCES, make.SENTENCES),
        make.zipped({"a.txt": make.TEXT, "b.html": make.page()}),
        make.gzipped(make.page()),
        json.dumps([{"title": "A", "text": make.TEXT, "date": "2031-04-06"}] * 3).encode(),
        b"date 2031-04-06 PORT SALM, (Wire - 6th Apr, 2031 ) :" + make.TEXT.encode(),
    ),
}
_PIECES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE x>", b"<?xml?>", b"&#0;",
    b"&#x110000;", b"&#xD800;", b"&nbsp;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"\r", b"\xe2\x80\xa8", b"</p>", b"<p>", b"<rss>", b"</item>", b"<item>", b'"', b"'", b"=",
    b"<svg><style>", b"<math>", b"<base href='//[::'>", b"<a href='http://['>", b"9" * 400, b"-1",
    b"%PDF-", b"PK\x03\x04", b"endobj", b"/Length 99999999999", b"xml:base='http://[x'", b" " * 300,
    b"Content-Type: multipart/mixed", b"charset=idna", b"=?utf-8?b?!!!?=", b"\xcc\x81" * 50,
)  # fmt: skip


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return `content` with one to eight places broken."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        size = rng.choice((1, 2, 5, 20, 100))
        match rng.randrange(7):
            case 0:
                del data[at : at + size]
            case 1:
                data[at:at] = rng.choice(_PIECES)
            case 2:
                data[at:at] = data[at : at + size] * rng.choice((1, 2, 50))
            case 3:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 4:
                to = rng.randrange(len(data) + 1)
                piece = data[to : to + size]
                data[to : to + size] = data[at : at + size]
                data[at : at + size] = piece
            case 5:
                data[at : at + size] = rng.randbytes(size)
            case 6:
                del data[max(at, 20) :]
    return bytes(data)


def bombs() -> dict[str, Callable[[], bytes]]:
    """Return what small files can do to a reader, by name; made one at a time."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    zeros = b"\0" * (64 * MIB)
    return {
        "laughs.xml": lambda: make.rss(
            "<title>&l9;</title>", top=f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]>'
        ),
        "quadratic.xml": lambda: make.rss(
            f"<title>{'&a;' * 50_000}</title>",
            top=f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
        ),
        "external.xml": lambda: make.rss(
            "<title>&x;</title>", top='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
        "deep.xml": lambda: b"<rss><channel><item>" + b"<a>" * 500_000,
        "attributes.xml": lambda: (
            b"<rss " + b" ".join(b"a%d='1'" % i for i in range(200_000)) + b">"
        ),
        "zeros.gz": lambda: gzip.compress(zeros),
        "zeros.gz.gz": lambda: gzip.compress(gzip.compress(zeros)),
        "zeros.zip": lambda: make.zipped({"a.txt": zeros}),
        "many.zip": lambda: make.zipped({f"{i}.txt": b"a" for i in range(20_000)}),
        "deep.html": lambda: b"<html><body>" + b"<div>" * 300_000 + b"x",
        "deep-b.html": lambda: b"<html><body><p>" + b"<b><i>" * 200_000 + b"x",
        "deep-xyz.html": lambda: b"<html><body>" + b"<xyz>" * 300_000 + b"x",
        "tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 50_000 + b"x",
        "wide.html": lambda: b"<html><body>" + b"<p>a b c</p>" * 350_000,
        "links.html": lambda: b"<html><body>" + b"<a href=/a>link</a> " * 200_000,
        "marks.txt": lambda: ("a" + "\u0301" * 1_000_000).encode(),
        "marks.html": lambda: ("<html><body><p>a" + "\u0301" * 1_000_000).encode(),
        "blanks.txt": lambda: b"The talks" + b" " * 100_000 + b"began.",
        "blanks-in-lines.txt": lambda: (b" " * 1_000 + b"\n") * 4_000 + b"x",
        "line.txt": lambda: b"word " * 900_000,
        "letters.txt": lambda: b"A" * 5_000_000,
        "brackets.txt": lambda: b"(" * 1_000_000,
        "from.mbox": lambda: b"From a b 07:00\nX: y\n\n" + b"From @" * 1_000_000,
        "parts.eml": lambda: make.mail(more="".join(f"X-{i}: y\r\n" for i in range(50_000))),
        "nested.eml": lambda: b"From: a\nTo: b\n" + b"Content-Type: message/rfc822\n\n" * 20_000,
        "deep.json": lambda: b"[" * 4_000_000,
        "wide.json": lambda: b"[" + b"[]," * 5_000_000 + b"[]]",
        "digits.json": lambda: b'[{"text": ' + b"9" * 4_000_000 + b"}]",
        "wide.csv": lambda: b"text" + b",a" * 500_000 + b"\n" + b"x," * 500_000,
        "latin.txt": lambda: bytes(range(0xA0, 0x100)) * 40_000,
        "moji.txt": lambda: "â€™Ã©Â ".encode() * 300_000,
    }  # fmt: skip


def outcome(raw: RawDocument, sandbox: Sandbox) -> Counter[str]:
    """Read and clean one file; count what became of its documents."""
    found: Counter[str] = Counter()
    for item in Opening(LIMITS, sandbox).documents(raw):
        if isinstance(item, Document):
            try:
                clean(item, max_chars=LIMITS.article_chars)
                found["articles"] += 1
            except SourceError:
                found["refused"] += 1
        elif isinstance(item, Refusal) and any(word in item.reason for word in BAD):
            found["bad"] += 1
        elif "reader failed" in item.reason:
            found["parser failed, refused"] += 1
        else:
            found["refused"] += 1
    return found


def fuzz(kind: str, *, seed: int, rounds: int) -> tuple[Counter[str], list[str]]:
    """Read `rounds` mutations of the files of `kind`; return the counts, and what must not be."""
    rng = random.Random(f"{seed} {kind}")
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    with Sandbox(LIMITS) as sandbox:
        for number in range(rounds):
            content = mutated(rng.choice(SEEDS[kind]), rng)
            started = time.monotonic()
            try:
                found = outcome(RawDocument(source=f"{kind}-{number}", content=content), sandbox)
            except Exception as error:  # What must never happen is counted, not hidden.
                found = Counter({"uncaught": 1})
                wrong.append(f"{kind} {number}: {error!r}")
            slowest = max(slowest, time.monotonic() - started)
            wrong += [f"{kind} {number}: a limit was met"] * found["bad"]
            counts += found
        counts["children"] = sandbox.starts
    counts["slowest_ms"] = round(slowest * 1000)
    return counts, wrong


def explode() -> list[str]:
    """Read every bomb; print a line for each, and return those that did harm."""
    wrong = []
    for name, made in bombs().items():
        raw = RawDocument(source=name, content=made())
        started = time.monotonic()
        said = "no document"
        with Sandbox(LIMITS) as sandbox:
            for item in Opening(LIMITS, sandbox).documents(raw):
                try:
                    if isinstance(item, Refusal):
                        raise SourceError(item.reason)
                    article = clean(item, max_chars=LIMITS.article_chars)
                    said = f"article of {len(article.text):,} characters"
                except SourceError as error:
                    said = f"refused: {error}"
        took = time.monotonic() - started
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{name:20} {took:5.1f} s, child <= {child} MiB, {said[:110]}", flush=True)
        if took > 10 or child > 300:
            wrong.append(name)
    return wrong


def main() -> None:
    """Run, print, and exit 1 if anything did harm."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1_000, help="Mutations of each kind.")
    options = parser.parse_args()
    wrong = []
    for kind in SEEDS if options.rounds else ():
        counts, bad = fuzz(kind, seed=options.seed, rounds=options.rounds)
        wrong += bad
        print(kind, json.dumps(dict(counts)), flush=True)
    wrong += explode()
    print(f"{len(wrong)} did harm", *wrong[:20], sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
