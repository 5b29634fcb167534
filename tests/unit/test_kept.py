from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from briefing.text.kept import kept


def test_a_sentence_is_read_once_and_a_very_long_text_each_time() -> None:
    read: list[str] = []

    @kept
    def length(text: str) -> int:
        """Return how long it is."""
        read.append(text)
        return len(text)

    long, very_long = "word " * 1_000, "word " * 10_000
    asked = ["One.", "One.", "Two.", long, long, very_long, very_long]
    assert [length(text) for text in asked] == [4, 4, 4, 5_000, 5_000, 50_000, 50_000]
    assert read == ["One.", "Two.", long, very_long, very_long]
    assert length.__doc__ == "Return how long it is."


def test_few_long_texts_are_kept() -> None:
    read: list[str] = []

    @kept
    def length(text: str) -> int:
        read.append(text)
        return len(text)

    long = [f"{number} " * 1_000 for number in range(1_000, 1_100)]
    for text in long:
        length(text)
    length(long[-1])
    length(long[0])
    assert read == [*long, long[0]]


def test_threads_that_ask_at_once_get_the_same() -> None:
    together = Barrier(2)

    @kept
    def letters(text: str) -> tuple[str, ...]:
        # Both threads are inside before either is done.
        together.wait(60)
        return tuple(text)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(letters, ["One.", "One."])) == [tuple("One.")] * 2
    assert letters("One.") == tuple("One.")


def test_nothing_is_kept_of_a_text_that_cannot_be_read() -> None:
    asked: list[str] = []

    @kept
    def refused(text: str) -> int:
        asked.append(text)
        raise ValueError(text)

    for _ in range(2):
        with pytest.raises(ValueError, match="One"):
            refused("One.")
    assert asked == ["One.", "One."]
