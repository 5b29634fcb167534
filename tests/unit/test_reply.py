import pytest
from pydantic import BaseModel

from briefing.errors import MalformedReply
from briefing.text.reply import parse, parse_lists, parse_parts


class Answer(BaseModel):
    words: tuple[str, ...]


GOOD = '{"words": ["gas", "rail"]}'


def answer(text):
    return parse(text, Answer, model="small").words


def complaint(text):
    with pytest.raises(MalformedReply) as caught:
        answer(text)
    assert caught.value.reply == text
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  \n{GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Here you are:\n{GOOD}\nI hope {{this}} helps.",
        f"<think>The {{words}} are hard.\n{GOOD[:9]}</think>\n{GOOD}",
        f"<THINKING>hm</THINKING>{GOOD}",
        f"{{not json}} {{}} {{'words': 1}} {GOOD}",
        f'{{"words": 7}} no, wait: {GOOD}',
        '{"words": ["gas", "rail"], "more": {"that": "is ignored"}}',
    ],
)
def test_finds_the_object_whatever_stands_round_it(text):
    assert answer(text) == ("gas", "rail")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot do that.",
        '["gas", "rail"]',
        '{"words": ["gas", "ra',
        "<think>I never stop thinking about " + GOOD,
        "{" * 10_000,
        '{"words": ' * 5_000,
        pytest.param('{"words": ' + "1" * 5_000 + "}", id="endless-integer"),
    ],
)
def test_a_reply_without_an_object_is_malformed(text):
    assert "small" in complaint(text)
    assert "no JSON object" in complaint(text)


@pytest.mark.parametrize("text", ['{"words": "gas"}', '{"words": [null]}', '{"Words": []}'])
def test_an_object_of_another_shape_is_malformed_and_says_where(text):
    assert "(words" in complaint(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"answers": [{"words": ["gas"]}, {"words": ["rail"]}, {"words": ["tar',
        '{"answers": [{"words": ["gas"]} {"words": ["rail"]}]}',
        '```{"words": ["gas"]}\n{"words": 7}\n{"words": ["rail"]}```',
    ],
)
def test_of_a_broken_reply_the_whole_parts_are_found(text):
    assert parse_parts(text, Answer) == (Answer(words=("gas",)), Answer(words=("rail",)))


def test_a_reply_in_which_nothing_is_whole_has_no_parts():
    assert parse_parts("Sorry, {no} {{words}}.", Answer) == ()


def test_the_word_think_in_a_sentence_is_only_a_word():
    assert answer('{"words": ["<think>", "rail"]}') == ("<think>", "rail")


LISTS = '{"gas": ["a", "b \\"c\\""], "rail": ["d"]}'


def test_reads_the_lists_under_the_keys_it_is_given():
    assert parse_lists(LISTS, {"gas", "rail"}) == {"gas": ("a", 'b "c"'), "rail": ("d",)}
    assert parse_lists(LISTS, {"rail"}) == {"rail": ("d",)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("I cannot do that.", {}),
        (LISTS[:-3], {"gas": ("a", 'b "c"')}),
        (LISTS[:15], {"gas": ("a",)}),
        (LISTS[:12], {}),
        ('{"gas" ["a"], "rail": ["d"]}', {"rail": ("d",)}),
        ('{"gas": "a", "rail": ["d"]}', {"rail": ("d",)}),
        ('{"gas": [["a"]], "rail": ["d"]}', {"rail": ("d",)}),
        ('{"gas": ["a"] "rail": ["d"]}', {"gas": ("a",), "rail": ("d",)}),
        ('{"gas": {"rail": ["d"], "more": ["e"]}}', {"rail": ("d",)}),
        ('{"gas": ["a \\x", "b"]}', {"gas": ("b",)}),
        ('<think>{"gas": ["a"]}</think>{"gas": ["b"]}', {"gas": ("b",)}),
        ('```json\n{"gas": [\n  "a",\n  "b\nc"\n]}\n```', {"gas": ("a", "b\nc")}),
    ],
)
def test_of_a_broken_reply_the_whole_strings_of_a_list_are_left(text, found):
    assert parse_lists(text, {"gas", "rail"}) == found
