"""The pages of subscribers, asked over HTTP, and the tokens that lead to them."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from briefing.data.subscriber import Deed, Wish, after
from briefing.digest import consent
from briefing.edges.database import open_database
from briefing.edges.subscribe_web import application
from briefing.edges.subscribers import Subscribers

SECRET = "0123456789abcdef"
SEVEN = datetime(2031, 4, 7, 6, tzinfo=UTC)
TITLE = "Salm & <b>Ondresk</b>"


@pytest.fixture
def people(tmp_path):
    with closing(open_database(f"sqlite:///{tmp_path}/library.sqlite3")) as database:
        yield Subscribers(database, now=lambda: SEVEN)


@pytest.fixture
def web(people):
    def read(deed, token):
        found = consent.read(token, SECRET)
        return found[1] if found and found[0] is deed else None

    def look(deed, token):
        identity = read(deed, token)
        return TITLE if identity and people.get(identity) else None

    def act(deed, token):
        identity = read(deed, token)
        return people.change(identity, deed) if identity else None

    def turn(token, deed):
        return consent.token(deed, consent.read(token, SECRET)[1], SECRET)

    return TestClient(application(look, act, turn))


def path(deed, reader):
    return f"/{deed}/{consent.token(deed, reader.id, SECRET)}"


def wish(people):
    (one,) = people.all()
    return one.wish


def test_opening_a_page_changes_nothing_and_its_button_does(people, web):
    reader = people.subscribe("salm", "eve@salm.example")
    confirm, leave = path(Deed.CONFIRM, reader), path(Deed.UNSUBSCRIBE, reader)
    for address in (confirm, leave):
        for method in ("GET", "HEAD"):
            assert web.request(method, address).status_code == 200
        assert wish(people) is Wish.PENDING
    page = web.get(confirm)
    assert '<form method="post"><button>Yes, subscribe</button></form>' in page.text
    assert "Salm &amp; &lt;b&gt;Ondresk&lt;/b&gt;" in page.text
    assert "<b>" not in page.text
    assert "eve@" not in page.text
    assert web.post(confirm).status_code == 200
    assert wish(people) is Wish.ACTIVE
    assert web.post(leave).status_code == 200
    assert wish(people) is Wish.GONE


def test_the_button_of_a_mail_program_unsubscribes_by_one_click(people, web):
    (reader,) = people.enlist("salm", ["ada@salm.example"])
    answer = web.post(
        path(Deed.UNSUBSCRIBE, reader),
        data={"List-Unsubscribe": "One-Click"},
        follow_redirects=False,
    )
    assert answer.status_code == 200
    assert wish(people) is Wish.GONE
    assert people.enlist("salm", ["ada@salm.example"]) == ()


def test_a_page_may_load_nothing_and_be_framed_by_nobody(people, web):
    reader = people.subscribe("salm", "eve@salm.example")
    headers = web.get(path(Deed.CONFIRM, reader)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")


def test_a_link_does_what_it_was_signed_for_and_nothing_else(people, web):
    reader = people.subscribe("salm", "eve@salm.example")
    token = consent.token(Deed.UNSUBSCRIBE, reader.id, SECRET)
    other = consent.token(Deed.CONFIRM, reader.id, "another secret of 16")
    for address in (
        f"/confirm/{token}",
        f"/confirm/{other}",
        f"/unsubscribe/{token[:-1]}",
        f"/unsubscribe/{token}x",
        f"/unsubscribe/{'u' + 'f' * 24 + token[25:]}",
        "/unsubscribe/é",
        "/delete/x",
    ):
        assert web.post(address).status_code == 404, address
    assert web.delete(f"/unsubscribe/{token}").status_code == 405
    assert wish(people) is Wish.PENDING
    assert web.get("/health").text == "ok\n"


def test_whoever_would_unsubscribe_may_pause_and_resume_instead(people, web):
    (reader,) = people.enlist("salm", ["ada@salm.example"])
    page = web.get(path(Deed.UNSUBSCRIBE, reader))
    for words, wanted in [("Only pause it", Wish.PAUSED), ("Resume", Wish.ACTIVE)]:
        before = wish(people)
        link = re.search(rf'<a href="\.\.(/[a-z]+/[\w-]+)">{words}</a>', page.text)[1]
        assert web.get(link).status_code == 200
        assert wish(people) is before, "the page only asks"
        page = web.post(link)
        assert wish(people) is wanted
    assert web.get(path(Deed.PAUSE, reader)).text.count("Unsubscribe for good") == 1


def test_whoever_resumes_is_not_dead(people, web, tmp_path):
    (reader,) = people.enlist("salm", ["ada@salm.example"])
    with closing(sqlite3.connect(tmp_path / "library.sqlite3", isolation_level=None)) as database:
        database.execute("INSERT INTO suppressed VALUES ('ada@salm.example', ?, 'bounce')",
                         ["2031-04-07 06:00:00"])  # fmt: skip
    assert people.enlist("salm", ["ada@salm.example"]) == ()
    assert people.change(reader.id, Deed.RESUME) is Wish.ACTIVE
    assert len(people.enlist("salm", ["ada@salm.example"])) == 1


def test_an_old_link_does_not_touch_a_new_subscription(people, web):
    old = people.subscribe("salm", "eve@salm.example")
    web.post(path(Deed.CONFIRM, old))
    web.post(path(Deed.UNSUBSCRIBE, old))
    assert web.post(path(Deed.CONFIRM, old)).status_code == 404, "gone is gone"
    new = people.subscribe("salm", "EVE@salm.example")
    assert new.id != old.id
    assert web.post(path(Deed.CONFIRM, old)).status_code == 404
    assert wish(people) is Wish.PENDING
    assert web.post(path(Deed.CONFIRM, new)).status_code == 200


def test_every_deed_has_a_token_of_its_own_that_reads_back():
    identity = "0123456789abcdef01234567"
    tokens = {consent.token(deed, identity, SECRET): deed for deed in Deed}
    assert len(tokens) == len(Deed)
    for token, deed in tokens.items():
        assert consent.read(token, SECRET) == (deed, identity)
        assert token.isascii()
        assert identity in token


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("before", Wish)
def test_who_has_gone_comes_back_by_no_deed(deed, before):
    found = after(deed, before)
    if before is Wish.GONE:
        assert found in {None, Wish.GONE}
    if deed is Deed.UNSUBSCRIBE:
        assert found is Wish.GONE
    if before is Wish.PENDING and deed is not Deed.CONFIRM:
        assert found is not Wish.ACTIVE
