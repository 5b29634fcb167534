import pytest

from briefing.text.fragments import text_fragment


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("The talks began.", ":~:text=The%20talks%20began."),
        ("a-b, c & d", ":~:text=a%2Db%2C%20c%20%26%20d"),
        ("une “réponse”", ":~:text=une%20%E2%80%9Cr%C3%A9ponse%E2%80%9D"),
        (
            "one two three four five six seven eight nine ten eleven",
            ":~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        ("line\nbreak", ":~:text=line%20break"),
    ],
)
def test_names_the_words_or_their_two_ends(words, fragment):
    assert text_fragment(words) == fragment
