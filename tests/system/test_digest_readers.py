"""The commands and pages by which readers come and go."""

import re
import socket
from pathlib import Path

import pytest

from tests.system.desk import put
from tests.system.digest_desk import SECRET, settings, text_of


def test_subscribers_confirm_get_the_digest_and_unsubscribe(briefing, room, monkeypatch):
    pytest.importorskip("starlette")
    monkeypatch.setenv("BRIEFING_SUBSCRIBERS__SECRET", SECRET)
    people = '[subscribers]\nurl = "https://mail.salm.example/d"'
    settings(room, more=people, digest="subscribers = true")
    assert briefing("subscribers", "add", "salm", "eve@salm.example").out == "1 asked to confirm\n"
    ((recipient, asked),) = room.taken
    assert recipient == "eve@salm.example"
    link = re.search(r"https://mail\.salm\.example/d/(confirm/\S+)", text_of(asked))[1]
    assert "eve" not in link
    assert "pending e…@salm.example" in briefing("subscribers", "list").out
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    assert "eve@salm.example" not in [one for one, _ in room.taken[1:]], "not before they say yes"


@pytest.mark.parametrize("content", [b"\x8f\xff\x00", b"email\n" + b"a" * 200_000 + b"\n"])
def test_a_file_that_is_no_csv_adds_nobody(briefing, room, content):
    settings(room, digest="subscribers = true")
    Path("readers.csv").write_bytes(content)
    wrong = briefing("subscribers", "import", "salm", "readers.csv")
    assert wrong.code == 2
    # Python 3.12 reads a cell of any length, and finds no address in it.
    assert re.search(
        r"'readers\.csv' (is no CSV file|holds no address).*nobody was added", wrong.complaint
    )
    assert briefing("subscribers", "list").out == ""


def test_the_pages_say_that_their_port_is_taken(briefing, room, monkeypatch):
    pytest.importorskip("uvicorn")
    monkeypatch.setenv("BRIEFING_SUBSCRIBERS__SECRET", SECRET)
    settings(room, digest="subscribers = true")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        wrong = briefing("digest", "web", "--port", str(port))
    assert wrong.code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in wrong.complaint
    assert wrong.complaint.count("127.0.0.1") == 1


def test_an_import_takes_all_or_nothing(briefing, room):
    settings(room, digest="subscribers = true")
    put("good.csv", "name,email\nEve,eve@salm.example\nFay,fay@salm.example\n")
    put("bad.csv", "email\neve@salm.example\nnobody at all\n")
    wrong = briefing("subscribers", "import", "salm", "bad.csv")
    assert "row 3 of 'bad.csv' holds no address" in wrong.complaint
    assert "nobody at" not in wrong.err
    assert briefing("subscribers", "list").out == ""
    done = briefing("subscribers", "import", "salm", "good.csv", "--confirmed")
    assert done.out == "2 subscribed\n"
    again = briefing("subscribers", "import", "salm", "good.csv", "--confirmed")
    assert again.out == "2 known already\n"
    briefing("subscribers", "pause", "salm", "eve@salm.example")
    briefing("subscribers", "remove", "salm", "ada@salm.example")
    assert briefing("subscribers", "remove", "salm", "nobody@salm.example").code == 4
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    assert [one for one, _ in room.taken] == ["bo@salm.example", "fay@salm.example"]
    briefing("subscribers", "resume", "salm", "eve@salm.example")
    listed = briefing("subscribers", "list", "salm", "--full").out.splitlines()
    assert "salm unsubscribed ada@salm.example (in the settings)" in listed
    assert "salm active eve@salm.example" in listed
