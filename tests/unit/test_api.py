import subprocess
import sys

import pytest

import briefing
from briefing.errors import SourceError
from tests import make

LINE = "The new rail line cost 3.2 million crowns, the harbour office reported."


def test_the_package_exports_what_others_call():
    assert set(briefing.__all__) == {"__version__", "assert_supported", "verify"}
    with pytest.raises(AttributeError, match="no attribute 'judge'"):
        briefing.judge  # noqa: B018 -- the look-up is the test


def test_importing_the_package_loads_none_of_it():
    loaded = "import briefing, sys; print([name for name in sys.modules if 'briefing.' in name])"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True)
    assert found.stdout.strip() == "['briefing.version']"


@pytest.mark.parametrize("sources", [[make.article(LINE)], [LINE]])
def test_verify_gives_a_verdict_on_each_sentence(sources):
    result = briefing.verify(
        ["The rail line cost 3.2 million crowns.", "The rail line cost 32 million crowns."], sources
    )
    assert [one.verdict for one in result.sentences] == ["supported", "contradicted"]


def test_verify_cuts_one_text_into_sentences_and_reads_files(tmp_path):
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    result = briefing.verify("The line cost 3.2 million crowns. It rained.", [tmp_path])
    assert [one.text for one in result.sentences] == [
        "The line cost 3.2 million crowns.",
        "It rained.",
    ]


def test_one_source_needs_no_list(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LINE, "utf-8")
    for source in (LINE, path, make.article(LINE)):
        briefing.assert_supported("The line cost 3.2 million crowns.", source)


def test_a_path_that_is_given_as_a_text_is_told(tmp_path):
    path = str(tmp_path)
    for sources in (path, [LINE, path]):
        with pytest.raises(SourceError) as caught:
            briefing.assert_supported("The line cost 3.2 million crowns.", sources)
        assert f"Path({path!r})" in str(caught.value)


@pytest.mark.parametrize("text", ["It\0rains.", "It rains. " * 1000, "It rains/"])
def test_what_can_be_no_path_is_not_taken_for_one(text):
    assert briefing.verify("It rains.", [text]).counts.sentences == 1


def test_a_path_without_an_article_is_an_error(tmp_path):
    with pytest.raises(SourceError):
        briefing.verify("It rains.", [tmp_path / "none"])


def test_assert_supported_is_silent_when_all_is_borne_out():
    briefing.assert_supported("The new rail line cost 3.2 million crowns.", [LINE])


def test_assert_supported_lists_what_is_not_with_reason_and_best_span():
    text = "The new rail line cost 32 million crowns. The rail line cost 3.2 million crowns."
    with pytest.raises(AssertionError) as caught:
        briefing.assert_supported(text, [LINE])
    said = str(caught.value)
    assert said.startswith("1 of 2 sentences are not supported:\n")
    assert "- The new rail line cost 32 million crowns.\n  contradicted: numbers: " in said
    assert f"best: “{LINE}”" in said
    assert said.count("- ") == 1
