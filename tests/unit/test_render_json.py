import json

from briefing.data.briefing import Briefing
from briefing.steps.render import Form, render
from tests import make


def as_json(document):
    return render(document, form=Form.JSON)


def test_the_document_comes_back_whole():
    document = make.briefing(make.checked(), discrepancies=(make.discrepancy(),))
    assert Briefing.model_validate_json(as_json(document)) == document


def test_keys_stand_in_the_order_of_the_class():
    assert list(json.loads(as_json(make.briefing()))) == list(Briefing.model_fields)


def test_letters_of_any_script_are_readable():
    assert '"title": "Señora Maronde 港湾 🚢"' in as_json(
        make.briefing(title="Señora Maronde 港湾 🚢")
    )


def test_what_could_act_on_a_screen_is_escaped_and_comes_back():
    hostile = "a\x1b[31m\x7f\x9b2J\u202eb\u2028c\u200bd\ufeff"
    document = make.briefing(title=hostile)
    printed = as_json(document)
    assert all(char == "\n" or char.isprintable() for char in printed)
    assert json.loads(printed)["title"] == hostile
