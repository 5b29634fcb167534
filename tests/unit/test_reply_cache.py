import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefing.edges.reply_cache import ReplyCache
from briefing.errors import CacheError
from tests import make


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "replies.sqlite3"


def test_what_was_put_is_there_for_the_next_process(file):
    reply = make.reply({"sentences": ["“Æ” \u2028"]})
    ReplyCache(file).put("k", reply)
    assert ReplyCache(file).get("k") == reply
    assert ReplyCache(file).get("other") is None


def test_looking_makes_no_file(file):
    cache = ReplyCache(file)
    assert (cache.get("k"), cache.size(), cache.clear()) == (None, (0, 0), 0)
    assert not file.parent.exists()


def test_nobody_else_may_read_it(file):
    ReplyCache(file).put("k", make.reply("x"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_was_not_used_for_longest_makes_room(file):
    one = make.reply("x" * 1_000)
    cache = ReplyCache(file, max_bytes=4_000)
    for key in "abc":
        cache.put(key, one)
    cache.get("a")
    cache.put("d", one)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    assert cache.size()[1] <= 4_000


def test_a_reply_larger_than_all_room_is_not_kept(file):
    cache = ReplyCache(file, max_bytes=100)
    cache.put("k", make.reply("x" * 1_000))
    assert cache.get("k") is None


def test_clearing_takes_all_out_of_the_file(file):
    cache = ReplyCache(file)
    cache.put("k", make.reply("a secret of the ministry"))
    assert cache.clear() == 1
    assert cache.size() == (0, 0)
    assert b"ministry" not in b"".join(one.read_bytes() for one in file.parent.iterdir())


def test_many_threads_may_use_it(file):
    cache = ReplyCache(file)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: cache.put(str(n), make.reply(str(n))), range(40)))
    assert {cache.get(str(n)).text for n in range(40)} == {str(n) for n in range(40)}


def test_a_file_that_is_none_of_ours_is_named(file):
    file.parent.mkdir()
    file.write_text("Dear diary, " * 100)
    with pytest.raises(CacheError, match=r"replies.sqlite3' cannot be used: .*`--no-cache`"):
        ReplyCache(file).get("k")


def test_what_another_release_kept_counts_as_not_there(file):
    cache = ReplyCache(file)
    cache.put("k", make.reply("x"))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE replies SET reply = '{}'")
    connection.close()
    assert cache.get("k") is None
