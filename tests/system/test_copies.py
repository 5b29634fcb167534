"""`briefing generate` on a folder in which several articles are one."""

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.data.briefing import Briefing, Confidence
from tests.system.desk import put

BODY = """Foreign Minister Ada Lund will call on President Bo Hall in Port Salm on Wednesday, on \
the second day of a visit that is given over to rail, wheat and the price of gas.

No agreement was signed during the first day of the visit, a spokesman for the port told reporters \
who had waited at the gate since the morning.

The railway carries 410 passengers a day between Salm and Ondresk, and was last mended in the year \
in which the old bridge fell.
"""
SHORT = BODY[: BODY.index("The railway")]


@pytest.fixture
def desk(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    put("in/1.txt", f"PORT SALM, (Salm Wire - 8th Apr, 2031 ) : {BODY}")
    put("in/2.txt", f"date 2031-04-09\nLund to meet Hall in Salm\n\n{BODY}\nIt rained in Salm.\n")
    put("in/3.txt", f"date 2031-04-10\nA visit and its second day\n\n{SHORT}")
    put("in/4.txt", f"date 2031-04-10\nPassengers and presidents\n\n{BODY.replace('410', '470')}")


def generated(form):
    result = CliRunner().invoke(app, ["generate", "in", "-f", form])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.usefixtures("desk")
def test_one_wire_text_four_times_is_one_origin():
    briefing = Briefing.model_validate_json(generated("json"))
    assert len(briefing.articles) == 4
    (origin,) = briefing.origins
    assert origin.id == origin.first == briefing.articles[0].id
    assert set(origin.articles) == set(origin.copied) == {one.id for one in briefing.articles}
    assert {one.origins for one in briefing.sentences} == {(origin.id,)}
    assert Confidence.CONFIRMED not in {one.confidence for one in briefing.sentences}


@pytest.mark.usefixtures("desk")
def test_the_figure_that_one_copy_changed_is_disputed():
    briefing = Briefing.model_validate_json(generated("json"))
    (found,) = briefing.discrepancies
    assert (found.type, found.status) == ("number", "unresolved")
    assert [(s.label, len(s.citations)) for s in found.sides] == [("410", 2), ("470", 1)]
    touched = [one for one in briefing.sentences if "passengers a day" in one.text]
    assert touched
    assert {one.confidence for one in touched} == {Confidence.DISPUTED}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("form", ["term", "text", "md", "html"])
def test_every_form_says_who_carries_the_text_and_shows_the_figures(form):
    printed = " ".join(generated(form).split())
    assert "4 articles, 1 origin," in printed
    assert "S1, S2, S3 and S4 are copies of one article" in printed
    assert "first in S1." in printed
    assert "Copies of one text differ in a number: 410 or 470." in printed.replace("\\", "")
