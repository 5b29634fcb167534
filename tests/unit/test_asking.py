import threading

import pytest

from briefing.asking import Asker, Threads
from briefing.errors import CacheError, ContentRefused, MalformedReply, ModelRefused, Remedy
from briefing.ports import ChatRequest
from tests import make
from tests.fakes import ScriptedModel


class Store(dict):
    """A store of replies in memory."""

    def put(self, key, reply):
        self[key] = reply


class BrokenStore:
    def get(self, key):
        raise CacheError("the disk is full.")

    put = get


def asked(user="Write.", **fields):
    values = {"system": "Rules.", "reply_schema": {}, "schema_name": "draft", "max_tokens": 9}
    return ChatRequest(model="small", user=user, **values | fields)


def text(reply):
    if reply.text.startswith("bad"):
        raise MalformedReply("small said bad.", reply=reply.text, problem="no JSON object")
    return reply.text


def test_a_reply_that_was_read_is_not_asked_for_again():
    store = Store()
    assert Asker(ScriptedModel("good"), "small", store=store).ask(asked(), text) == "good"
    again = Asker(ScriptedModel(), "small", store=store)
    assert again.ask(asked(), text) == "good"
    assert again.usage.calls == 1, "a document costs what it cost to make"


def test_a_reply_that_cannot_be_read_is_asked_for_once_more_with_the_reason():
    model = ScriptedModel("bad", "good")
    assert Asker(model, "small").ask(asked(), text) == "good"
    assert model.asked[1].user.startswith("Write.\n\nYour last answer could not be used: no JSON")
    assert model.asked[1].system == "Rules."


def test_a_second_reply_that_cannot_be_read_is_an_error_and_none_is_kept():
    store = Store()
    asker = Asker(ScriptedModel("bad", "bad too"), "small", store=store)
    with pytest.raises(MalformedReply) as raised:
        asker.ask(asked(), text)
    assert raised.value.remedy is Remedy.REPAIR
    assert [one.reply.text for one in asker.exchanges] == ["bad", "bad too"]
    assert store == {}


def test_a_run_that_was_mended_finds_both_replies_again():
    store = Store()
    Asker(ScriptedModel("bad", "good"), "small", store=store).ask(asked(), text)
    assert Asker(ScriptedModel(), "small", store=store).ask(asked(), text) == "good"


@pytest.mark.parametrize(
    "changed",
    [
        {"user": "Write more."},
        {"system": "Other rules."},
        {"reply_schema": {"type": "object"}},
        {"max_tokens": 10},
    ],
)
def test_another_request_has_another_key(changed):
    asker = Asker(ScriptedModel(), "small")
    assert asker.key(asked()) != asker.key(asked(**changed))


def test_another_server_or_another_option_has_another_key():
    places = [None, {"base_url": "http://a/v1"}, {"base_url": "http://b/v1"}, {"effort": "low"}]
    keys = {Asker(ScriptedModel(), "small", place=place).key(asked()) for place in places}
    assert len(keys) == len(places)


def test_a_store_that_fails_is_done_without(caplog):
    asker = Asker(ScriptedModel("good", "good"), "small", store=BrokenStore())
    assert asker.ask(asked(), text) == asker.ask(asked(), text) == "good"
    assert caplog.messages == ["the disk is full."]


def test_asks_for_many_in_order_and_keeps_the_order_of_what_was_said():
    asker = Asker(ScriptedModel("a", "b", "c"), "small")
    found = asker.ask_all([asked(one) for one in "123"], lambda reply, number: (reply.text, number))
    assert found == (("a", 0), ("b", 1), ("c", 2))
    assert [one.request.user for one in asker.exchanges] == ["1", "2", "3"]


def test_an_error_about_one_of_many_leaves_the_others():
    refused = ContentRefused("it declined.")
    asker = Asker(ScriptedModel("a", refused, "c"), "small")
    assert asker.ask_all([asked()] * 3, lambda reply, _: reply.text) == ("a", refused, "c")


def test_after_an_error_that_all_would_meet_no_more_is_asked():
    refused = ModelRefused("the key is wrong.")
    model = ScriptedModel("a", refused)
    asker = Asker(model, "small")
    assert asker.ask_all([asked()] * 4, lambda reply, _: reply.text) == ("a", *[refused] * 3)
    assert len(model.asked) == 2


class Meets:
    """Work that a number of threads must be at together, before any of it is done."""

    def __init__(self, count):
        self._all_here = threading.Barrier(count, timeout=60)
        self._lock = threading.Lock()
        self._now = self.most = 0

    def __call__(self, item):
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._all_here.wait()
        with self._lock:
            self._now -= 1
        return item * 10


def test_a_crew_works_side_by_side_and_answers_in_order():
    work = Meets(3)
    assert Threads(3).each(work, [3, 1, 2]) == (30, 10, 20)


def test_a_crew_of_one_works_in_the_order_of_the_items():
    begun = []
    assert Threads().each(lambda item: begun.append(item) or item, [3, 1, 2]) == (3, 1, 2)
    assert begun == [3, 1, 2]


def test_a_crew_whose_work_is_shared_out_again_has_no_more_at_work_than_its_places():
    crew, work = Threads(2), Meets(2)
    found = crew.each(lambda row: crew.each(work, row), [(1, 2), (3, 4), (5, 6)])
    assert found == ((10, 20), (30, 40), (50, 60))
    assert work.most == 2


def test_a_crew_raises_the_first_error_by_the_order_of_the_items():
    def fail(item):
        raise ValueError(item)

    with pytest.raises(ValueError, match="3"):
        Threads(3).each(fail, [3, 1, 2])


def test_what_many_were_asked_at_once_is_remembered_in_order():
    model = Slowest(first="1")
    asker = Asker(model, "small", crew=Threads(3))
    found = asker.ask_all([asked(one) for one in "123"], lambda reply, _: reply.text)
    assert found == ("1", "2", "3")
    assert model.answered[-1] == "1"
    assert [one.request.user for one in asker.exchanges] == ["1", "2", "3"]


class Slowest:
    """A model that answers the `first` request when it has answered two others."""

    def __init__(self, first):
        self._first = first
        self._others = threading.Semaphore(0)
        self.answered = []

    def complete(self, request):
        if request.user == self._first:
            for _ in range(2):
                assert self._others.acquire(timeout=60)
        self.answered.append(request.user)
        self._others.release()
        return make.reply(request.user)
