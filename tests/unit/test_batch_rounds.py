"""How the calls of work done side by side are gathered into rounds; no server is asked."""

import json
import threading
from datetime import UTC, datetime

import pytest

from briefing.edges.answer import Answer, Call
from briefing.edges.batch_replies import Batch
from briefing.edges.batch_rounds import BatchRounds, Question
from briefing.edges.batch_state import BatchState
from briefing.edges.model_errors import Failure
from briefing.errors import BatchPending, ModelRefused, ModelUnavailable

NOW = datetime(2031, 4, 7, tzinfo=UTC)
CALL = Call(model="small", base_url="http://127.0.0.1/v1", max_tokens=9, reply_bytes=1000)


class Server:
    """Answers each line with its own key, in batches that have ended when they are made."""

    path = "/v1/chat/completions"

    def __init__(self, state="ended"):
        self._state = state
        self.rounds = []

    def upload(self, lines):
        self.rounds.append([json.loads(line)["custom_id"] for line in lines.splitlines()])
        return f"file-{len(self.rounds)}"

    def create(self, file, name):
        number = len(self.rounds)
        return Batch(id=f"batch_{number}", state=self._state, status="x", files=(str(number),))

    def get(self, batch):
        return Batch(id=batch, state=self._state, status="x")

    def results(self, batch, lines):
        keys = self.rounds[int(batch.files[0]) - 1]
        return {key: Answer(status=200, headers={}, body=key.encode()) for key in reversed(keys)}

    def forget(self, batch):
        pass

    def call(self, model):
        return CALL


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def rounds(tmp_path):
    return made(tmp_path)


def made(folder, **options):
    state = BatchState(now=lambda: NOW, file=folder / "batches.sqlite3")
    return BatchRounds(state, **({"wait_s": 60, "sleep": lambda _: None} | options))


def asking(rounds, server):
    """What asks for an answer, and returns its words."""

    def ask(key):
        answer = rounds.ask(Question(key=key, body={}, call=CALL, server=server, ticket=""))
        return answer.body.decode()

    return ask


def test_work_alone_asks_one_call_after_the_other(rounds, server):
    ask = asking(rounds, server)
    assert [ask("a"), ask("b")] == ["a", "b"]
    assert server.rounds == [["a"], ["b"]]


def test_work_side_by_side_asks_together_until_it_is_done(rounds, server):
    ask = asking(rounds, server)

    def story(number):
        return [ask(f"{number}.{call}") for call in range(number)]

    assert rounds.each(story, [1, 3, 2]) == (["1.0"], ["3.0", "3.1", "3.2"], ["2.0", "2.1"])
    assert [sorted(one) for one in server.rounds] == [
        ["1.0", "2.0", "3.0"],
        ["2.1", "3.1"],
        ["3.2"],
    ]


def test_work_that_is_shared_out_again_asks_together_too(rounds, server):
    ask = asking(rounds, server)

    def story(name):
        parts = rounds.each(lambda part: ask(f"{name}{part}"), range(3 if name == "b" else 1))
        return (*parts, ask(f"{name} mended"))

    assert rounds.each(story, ["a", "b"]) == (
        ("a0", "a mended"),
        ("b0", "b1", "b2", "b mended"),
    )
    assert [sorted(one) for one in server.rounds] == [
        ["a0", "b0", "b1", "b2"],
        ["a mended", "b mended"],
    ]
    assert ask("after") == "after"


def test_work_beyond_the_threads_of_a_run_is_in_later_rounds(tmp_path, server):
    rounds = made(tmp_path, most_threads=2)
    ask = asking(rounds, server)
    at_once, most = [0], [0]
    counting = threading.Lock()

    def story(key):
        with counting:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        answered = ask(key)
        with counting:
            at_once[0] -= 1
        return answered

    assert rounds.each(story, "abcde") == tuple("abcde")
    assert most == [2]
    assert sorted(key for one in server.rounds for key in one) == list("abcde")
    assert max(map(len, server.rounds)) == 2


def test_work_that_finds_no_thread_left_is_done_one_after_the_other(tmp_path, server):
    rounds = made(tmp_path, most_threads=3)
    ask = asking(rounds, server)

    def story(name):
        return rounds.each(lambda part: ask(f"{name}{part}"), range(3))

    assert rounds.each(story, "ab") == (("a0", "a1", "a2"), ("b0", "b1", "b2"))
    assert [sorted(one) for one in server.rounds] == [["a0", "b0"], ["a1", "b1"], ["a2", "b2"]]
    # They are given back: the next work begins at once again.
    assert rounds.each(ask, "xyz") == tuple("xyz")
    assert sorted(server.rounds[-1]) == list("xyz")


def test_work_that_fails_keeps_nobody_waiting(rounds, server):
    ask = asking(rounds, server)

    def story(number):
        if number == 2:
            raise ValueError(number)
        return ask(str(number))

    with pytest.raises(ValueError, match="2"):
        rounds.each(story, [1, 2, 3])
    assert sorted(server.rounds[0]) == ["1", "3"]
    assert ask("after") == "after"


def test_the_same_call_of_two_stories_is_sent_once(rounds, server):
    ask = asking(rounds, server)
    assert rounds.each(ask, ["a", "a", "b"]) == ("a", "a", "b")
    assert [sorted(one) for one in server.rounds] == [["a", "b"]]


def test_all_who_wait_hear_that_it_is_in_vain(tmp_path):
    rounds = made(tmp_path, wait_s=0)
    ask = asking(rounds, Server("waiting"))
    heard = []

    def story(key):
        try:
            ask(key)
        except BatchPending as error:
            heard.append(str(error))
            raise

    with pytest.raises(BatchPending, match=r"2 calls in batch batch_1 at 127\.0\.0\.1"):
        rounds.each(story, ["a", "b"])
    assert len(heard) == 2


def test_an_answer_that_was_used_is_let_go_unless_others_are_waited_for(tmp_path):
    first = made(tmp_path)
    asking(first, Server())("a")
    assert first.state.answer("a") is not None
    first.finish()
    assert first.state.answer("a") is None
    second = made(tmp_path, wait_s=0)
    asking(second, Server())("b")
    with pytest.raises(BatchPending):
        asking(second, Server("waiting"))("c")
    second.finish()
    assert second.state.answer("b") is not None


def test_what_a_killed_run_did_not_upload_is_sent_anew(tmp_path):
    rounds = made(tmp_path)
    rounds.state.begin({"a": "", "b": ""})
    server = Server()
    assert asking(rounds, server)("a") == "a"
    assert server.rounds == [["a"]]


class Slow(Server):
    """Whose batches end for two runs, of which the other is the first to collect them."""

    def __init__(self, state):
        super().__init__()
        self._batches = state

    def results(self, batch, lines):
        (one,) = self._batches.submissions(["a"]).values()
        self._batches.collect(one, super().results(batch, lines))
        raise ModelRefused("has not this file")


def test_what_another_run_collects_meanwhile_is_not_asked_again(tmp_path):
    rounds = made(tmp_path)
    assert asking(rounds, Slow(rounds.state))("a") == "a"


class Moody(Server):
    """Breaks off while the first batch is made, refuses the second, and makes the third."""

    def __init__(self):
        super().__init__()
        self._moods = [ModelUnavailable("broke off"), ModelRefused("has not this file")]

    def sought(self, name):
        return None

    def create(self, file, name):
        if self._moods:
            raise self._moods.pop(0)
        return super().create(file, name)


def test_lines_that_no_batch_is_made_of_are_uploaded_anew(tmp_path):
    server = Moody()
    for _ in range(2):
        question = Question(key="a", body={}, call=CALL, server=server, ticket="")
        assert isinstance(made(tmp_path).ask(question), Failure)
    assert asking(made(tmp_path), server)("a") == "a"
    assert server.rounds == [["a"], ["a"]]


def test_longer_and_longer_pauses_are_made_up_to_a_limit(tmp_path):
    server = Server("waiting")
    pauses = []
    now = [0.0]

    def sleep(pause_s):
        pauses.append(pause_s)
        now[0] += pause_s

    rounds = made(tmp_path, wait_s=10, longest_pause_s=3, clock=lambda: now[0], sleep=sleep)
    with pytest.raises(BatchPending):
        asking(rounds, server)("a")
    assert pauses == [1, 1.5, 2.25, 3, 2.25]
