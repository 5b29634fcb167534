import pytest

from briefing.text.kept import kept


def test_a_sentence_is_read_once_and_a_long_text_each_time() -> None:
    read: list[str] = []

    @kept
    def length(text: str) -> int:
        """Return how long it is."""
        read.append(text)
        return len(text)

    long = "word " * 1_000
    assert [length("One."), length("One."), length("Two."), length(long), length(long)] == [
        4,
        4,
        4,
        5_000,
        5_000,
    ]
    assert read == ["One.", "Two.", long, long]
    assert length.__doc__ == "Return how long it is."


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
