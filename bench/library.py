"""Import 10,000 invented articles, once and again, and search them; beside bare `sqlite3`.

`python bench/library.py` prints what it measures and writes it to bench/results/library.json.
Each import runs in a process of its own, whose peak of memory is what is counted. It exits 1 if
the import misses its floor: 60 s and 500 MB.
"""

import argparse
import json
import os
import platform
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "library.json"
MOST_S, MOST_MB = 60, 500
QUERIES = ("harbour", "harbour treaty", '"gas tariff"', "minister talks rail grain", "zeppelin")
_NAMED = "harbour treaty gas tariff minister talks rail grain delegation visit border".split()


def invented(count: int) -> Iterator[dict[str, object]]:
    """Yield articles of about 3,000 characters; how often words come is as in the news (Zipf)."""
    chance = random.Random(2031)
    letters = "abcdefghiklmnoprstuvz"
    lexicon = _NAMED + [
        "".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(20_000)
    ]
    weights = [1 / (rank + 10) for rank in range(len(lexicon))]
    for number in range(count):
        words = chance.choices(lexicon, weights, k=480)
        lines = [" ".join(words[at : at + 20]).capitalize() + "." for at in range(0, 480, 20)]
        yield {
            "source": f"articles/{number}.txt",
            "url": f"https://courier.example/{number}",
            "title": " ".join(words[:9]).capitalize(),
            "outlet": f"Courier {number % 40}",
            "language": "en",
            "published": date(2031, 1, 1) + timedelta(days=number % 365),
            "text": f"Report {number}.\n\n" + "\n\n".join(
                " ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)
            ),
        }  # fmt: skip


def library(file: str, count: int) -> dict[str, object]:
    """Import through `Library.add`, then search through `Library.find`."""
    from briefing.data.article import Article
    from briefing.edges.clock import now
    from briefing.edges.database import open_database
    from briefing.edges.library import Library

    articles = [Article(**fields) for fields in invented(count)]
    began = time.perf_counter()
    with closing(open_database(f"sqlite:///{file}")) as database:
        kept = Library(database, now=now)
        added = kept.add(articles)
        took_s = time.perf_counter() - began
        searches = {
            query: timed(lambda query=query: len(kept.find(query, limit=50))) for query in QUERIES
        }
    return {
        "new": added.new,
        "changed": added.changed,
        "known": added.known,
        "import_s": took_s,
        "search_ms": {query: ms for query, (ms, _) in searches.items()},
        "found": {query: found for query, (_, found) in searches.items()},
    }


def bare(file: str, count: int) -> dict[str, object]:
    """Import the same with `sqlite3` alone: one `executemany`, the same durability and index."""
    articles = list(invented(count))
    began = time.perf_counter()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE articles (number INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, source TEXT,"
            " url TEXT, title TEXT, outlet TEXT, language TEXT, published TEXT, text TEXT)"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE article_words USING fts5(title, text, content='articles',"
            " content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')"
        )
        connection.execute(
            "CREATE TRIGGER article_words_come AFTER INSERT ON articles BEGIN INSERT INTO"
            " article_words(rowid, title, text) VALUES (new.number, new.title, new.text); END"
        )
        with connection:
            connection.executemany(
                "INSERT OR IGNORE INTO articles(sha256, source, url, title, outlet, language,"
                " published, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (sha256(str(one["text"]).encode()).hexdigest(), one["source"], one["url"],
                     one["title"], one["outlet"], one["language"], str(one["published"]),
                     one["text"])
                    for one in articles
                ),
            )  # fmt: skip
        took_s = time.perf_counter() - began
        searches = {
            query: timed(
                lambda query=query: len(
                    connection.execute(
                        "SELECT articles.* FROM articles JOIN article_words"
                        " ON article_words.rowid = number WHERE article_words MATCH ?"
                        " ORDER BY bm25(article_words, 4.0, 1.0) LIMIT 50",
                        (query,),
                    ).fetchall()
                )
            )
            for query in QUERIES
        }
    return {
        "import_s": took_s,
        "search_ms": {query: ms for query, (ms, _) in searches.items()},
        "found": {query: found for query, (_, found) in searches.items()},
    }


def timed(search: object) -> tuple[float, int]:
    """Return the median of seven goes, in milliseconds, and how many were found."""
    took = []
    for _ in range(7):
        began = time.perf_counter()
        found = search()
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 2), found


def in_a_process(job: str, file: str, count: int) -> dict[str, object]:
    """Run one job of this file in a process of its own."""
    run = subprocess.run(
        [sys.executable, __file__, "--job", job, "--file", file, "--count", str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


def by_command(folder: Path, file: str, count: int) -> dict[str, object]:
    """Time the whole way of a user: `briefing articles import` of so many files, twice."""
    for number, one in enumerate(invented(count)):
        (folder / f"{number}.txt").write_text(f"{one['title']}\n\n{one['text']}\n", "utf-8")
    settings = {
        "BRIEFING_LIBRARY__URL": f"sqlite:///{file}",
        "BRIEFING_LIMITS__FILES": str(2 * count),
    }
    command = [sys.executable, "-m", "briefing", "articles", "import", str(folder)]
    runs = []
    for _ in range(2):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=os.environ | settings, stdout=subprocess.PIPE, text=True
        )
        said = process.stdout.read().strip()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        took_s = round(time.perf_counter() - began, 2)
        runs.append({"said": said, "s": took_s, "peak_mb": round(usage.ru_maxrss / 1024, 1)})
    return {"first": runs[0], "second": runs[1]}


def measured(count: int) -> dict[str, object]:
    """Run all of it, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = f"{folder}/library.sqlite3", f"{folder}/bare.sqlite3"
        peer = in_a_process("bare", theirs, count)
        first = in_a_process("library", ours, count)
        second = in_a_process("library", ours, count)
        again = in_a_process("bare", f"{folder}/bare2.sqlite3", count)
        peer["import_s"] = min(peer["import_s"], again["import_s"])
        sizes = {name: Path(name).stat().st_size for name in (ours, theirs)}
        files = Path(folder, "files")
        files.mkdir()
        command = by_command(files, f"{folder}/command.sqlite3", count)
    return {
        "articles": count,
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in ("briefing", "sqlalchemy", "alembic")},
        },
        "machine": {
            "platform": platform.platform(),
            "cores": os.cpu_count(),
            "load_1min": round(os.getloadavg()[0], 2),
        },
        "library": {"first": first, "second": second, "file_mb": sizes[ours] / 1e6},
        "bare_sqlite3": peer | {"file_mb": sizes[theirs] / 1e6},
        "import_ratio_to_bare_sqlite3": round(first["import_s"] / peer["import_s"], 2),
        "search_ratio_to_bare_sqlite3": {
            query: round(first["search_ms"][query] / peer["search_ms"][query], 2)
            for query in QUERIES
        },
        "command": command,
    }


def misses(result: dict[str, object]) -> list[str]:
    """Return what is not as it must be."""
    count = result["articles"]
    command, second = result["command"], result["library"]["second"]
    found = []
    for name, took_s, peak_mb in (
        ("library", result["library"]["first"]["import_s"], result["library"]["first"]["peak_mb"]),
        ("command", command["first"]["s"], command["first"]["peak_mb"]),
    ):
        if took_s > MOST_S or peak_mb > MOST_MB:
            found.append(f"{name}: {took_s:.1f} s and {peak_mb:.0f} MB")
    if (second["new"], second["changed"], second["known"]) != (0, 0, count):
        found.append(f"the second import changed something: {second}")
    if command["second"]["said"] != f"0 new, 0 changed, {count:,} known":
        found.append(f"the second command changed something: {command['second']['said']}")
    return found


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--job", choices=["library", "bare"])
    parser.add_argument("--file")
    options = parser.parse_args()
    if options.job:
        done = {"library": library, "bare": bare}[options.job](options.file, options.count)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(done | {"peak_mb": round(peak_mb, 1)}))
        return
    result = measured(options.count)
    text = json.dumps(result, indent=2) + "\n"
    print(text, end="")
    if options.count == 10_000:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(text, "utf-8")
    if missed := misses(result):
        parser.exit(1, f"missed: {'; '.join(missed)}\n")


if __name__ == "__main__":
    main()
