import pytest

from briefing.steps.verify.claims import claims_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("She left. He stayed.", ["She left.", "He stayed."]),
        ("She left Kaldrin", ["She left Kaldrin"]),
        ("the ferry sank . nobody drowned .", ["the ferry sank .", "nobody drowned ."]),
        ("the ferry sank. nobody drowned.", ["the ferry sank.", "nobody drowned."]),
        ("The ferry sank\nNobody drowned", ["The ferry sank", "Nobody drowned"]),
        (
            '"We wait. We do not sign," she said. He left.',
            ['"We wait. We do not sign," she said.', "He left."],
        ),
        ('A lone " mark. It joins nothing.', ['A lone " mark.', "It joins nothing."]),
        ("The of and. Ferries sank.", ["Ferries sank."]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_into_its_claims(text, parts):
    claims = claims_of(text)
    assert [claim.text for claim in claims] == parts
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in claims)
