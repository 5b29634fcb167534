"""Several processes, killed processes and broken disks: nothing is lost, nothing is twice."""

import os
import random
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

from briefing.edges.clock import now
from briefing.edges.database import open_database
from briefing.edges.library import Library
from tests.system.importer import articles

ROOT = Path(__file__).parents[2]


def start(url, count):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.system.importer", url, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def counts(process):
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return tuple(map(int, said.splitlines()[-1].split()))


@contextmanager
def library(url):
    with closing(open_database(url)) as database:
        yield Library(database, now=now)


def test_two_processes_that_import_the_same_keep_each_article_once(library_url):
    both = [start(library_url, 300), start(library_url, 300)]
    added = [counts(process) for process in both]
    new, known, changed = map(sum, zip(*added, strict=True))
    assert (new, known, changed) == (270, 300, 30)
    with library(library_url) as kept:
        assert len(kept.find(is_latest_only=False)) == 300
        assert len(kept.find()) == len(kept.find("harbour")) == 270


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_import_leaves_a_library_that_opens_and_goes_on(library_url, seed):
    chance = random.Random(seed)
    brought = articles(2_000)
    reached = []
    # Each process lives a little longer than the one before, until one comes to its end.
    for patience in count(1):
        process = start(library_url, len(brought))
        process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=patience * chance.uniform(0.05, 0.15))
        process.kill()
        process.communicate()
        with library(library_url) as kept:
            reached.append(len(kept.find(is_latest_only=False)))
        if process.returncode == 0:
            break
    assert reached == sorted(reached), "what was kept once is not lost by the next kill"
    assert all(kept_then % 250 == 0 for kept_then in reached)
    assert reached[-1] == len(brought)
    with library(library_url) as kept:
        assert kept.add(brought).known == len(brought)
        assert len(kept.find()) == len(kept.find("harbour")) == 1_800
    if library_url.startswith("sqlite"):
        check_whole(library_url.removeprefix("sqlite:///"))


def check_whole(file):
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO article_words(article_words) VALUES ('integrity-check')")
    connection.close()


def briefing(*arguments, url, **options):
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=ROOT,
        env={**os.environ, "BRIEFING_LIBRARY__URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


def no_more_than(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def is_one_line(run, *words):
    return (
        run.returncode == 1
        and run.stdout == ""
        and run.stderr.count("\n") == 1
        and run.stderr.startswith("briefing: ")
        and all(word in run.stderr for word in words)
    )


@pytest.mark.parametrize("size", [0, 20_000, 200_000])
def test_a_disk_that_takes_no_more_is_one_line(tmp_path, size):
    file = tmp_path / "library.sqlite3"
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"Ship {number} came on Monday. " * 400)
    # Python itself ignores SIGXFSZ, so that SQLite sees the error of the write.
    run = briefing(
        "articles", "import", str(tmp_path), url=f"sqlite:///{file}", preexec_fn=no_more_than(size)
    )
    assert is_one_line(run, str(file)), run
    again = briefing("articles", "import", str(tmp_path), url=f"sqlite:///{file}")
    assert again.stdout.endswith("known\n"), again


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_library_that_may_only_be_read_is_one_line(tmp_path):
    file = tmp_path / "library.sqlite3"
    url = f"sqlite:///{file}"
    assert briefing("articles", "import", "examples/visit", url=url).returncode == 0
    file.chmod(0o400)
    assert is_one_line(briefing("articles", "import", "examples/visit", url=url), "only be read")


@pytest.mark.parametrize("place", ["", "library.txt", "library.txt/library.sqlite3"])
def test_a_place_that_is_no_library_is_one_line(tmp_path, place):
    (tmp_path / "library.txt").write_text("no database " * 100)
    run = briefing("articles", "list", url=f"sqlite:///{tmp_path / place}")
    assert is_one_line(run, str(tmp_path)), run


def test_what_sqlite_says_of_a_file_to_be_read_only_is_told_in_our_words(tmp_path):
    from briefing.edges.database import _reason

    sqlite3.connect(tmp_path / "x").execute("CREATE TABLE t (a)").connection.close()
    connection = sqlite3.connect(f"file:{tmp_path}/x?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()
    assert _reason(caught.value).startswith("it may only be read.")
