"""`briefing generate examples/visit`, as the first screen of the README has it."""

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.data.briefing import Briefing
from tests.conftest import ROOT
from tests.system.desk import empty_desk

VISIT = ROOT / "examples" / "visit"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """The examples, printed as JSON, with the run saved beside: made once, looked at often."""
    folder = tmp_path_factory.mktemp("visit")
    with pytest.MonkeyPatch.context() as monkeypatch:
        empty_desk(monkeypatch, folder)
        arguments = ["generate", str(VISIT), "-f", "json", "--save-run", "run"]
        result = CliRunner().invoke(app, arguments)
    return result, folder / "run"


def test_the_examples_give_a_document_and_nothing_else(visit):
    result, _ = visit
    assert (result.exit_code, result.stderr) == (0, "")
    assert Briefing.model_validate_json(result.stdout).drafter.kind == "extractive"


def test_every_sentence_on_the_examples_is_supported(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    assert briefing.counts.sentences >= 12
    assert briefing.counts.supported == briefing.counts.sentences == len(briefing.sentences)
    assert {sentence.verdict for sentence in briefing.sentences} == {"supported"}
    assert briefing.counts.dropped == 0


def test_all_articles_of_the_examples_are_drawn_on(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    cited = {one.article for sentence in briefing.sentences for one in sentence.citations}
    assert cited == {article.id for article in briefing.articles}
    assert len(cited) == 6


def test_every_quotation_on_the_examples_stands_where_it_says(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    cited = [one for sentence in briefing.sentences for one in sentence.citations]
    cited += [one for d in briefing.discrepancies for side in d.sides for one in side.citations]
    for one in cited:
        text = (visit[1] / "articles" / f"{one.article}.txt").read_text("utf-8")
        assert text[one.start : one.end] == one.quote


def test_nobody_has_a_wrong_title_on_the_examples(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    texts = " ".join(sentence.text for sentence in briefing.sentences)
    assert "Prime Minister who steps" not in texts
    assert "title" in [one.type for one in briefing.discrepancies if one.status == "resolved"]


def test_the_call_of_which_nobody_reports_is_a_gap_of_the_examples(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    (plan,) = briefing.unreported
    assert "Prime Minister Adria Pollune" in plan.quote
    assert briefing.counts.gaps == len(briefing.gaps) + 1


def test_no_page_artefact_of_the_examples_is_printed(visit):
    for words in ("Advertisement", "Share this", "Read more", "has not been edited"):
        assert words not in visit[0].stdout
