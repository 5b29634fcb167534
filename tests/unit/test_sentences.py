import pytest

from briefing.text.sentences import sentences


def pieces(text):
    return [found.span.of(text) for found in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lund met Gen. Omarre.| He left.",
        "It cost $2.3 billion.| Nobody paid.",
        "The U.S. Senate met on Jan. 5.| It closed.",
        "Press Release No. 57 is out.| It is short.",
        "A. B. Lund came.| C. Hall did not.",
        "He works for Acme Inc. in Salm.| The firm is old.",
        "The talks ended at 5 p.m.| The bus left.",
        "Is it true?| Yes!| So they say.",
        "Wait... what?| Nothing.",
        '"Stop!" he said.| "Now."| She left.',
        "“We came.”| They went.",
        "(It rained.)| It stopped.",
        "the chief of the army, the general. Davit Omarre, stayed.| He slept.",
        "कल वार्ता हुई।| आज नहीं।",
        "你好。|再见！|谁？",
        "هل وصل؟| نعم.",
        "Das Gespräch begann.| Élise kam.",
    ],
)
def test_a_sentence_ends_at_its_stop_and_nowhere_else(text):
    assert pieces(text.replace("|", "")) == [piece.strip() for piece in text.split("|")]


def test_a_lower_case_letter_begins_no_sentence():
    assert pieces("The site salm.example went down. e-mail too.") == [
        "The site salm.example went down. e-mail too."
    ]


def test_a_paragraph_without_a_stop_is_one_sentence():
    assert pieces("Talks open in Port Salm\n\nThey began.") == [
        "Talks open in Port Salm",
        "They began.",
    ]


def test_a_line_break_inside_a_paragraph_does_not_end_a_sentence():
    assert pieces("The talks began\non Monday. They\nended.") == [
        "The talks began\non Monday.",
        "They\nended.",
    ]


def test_says_in_which_paragraph_a_sentence_stands():
    found = sentences("One came. Two came.\n\nThree came.\n\n\nFour came.")
    assert [sentence.paragraph for sentence in found] == [0, 0, 1, 2]


@pytest.mark.parametrize("text", ["", "  \n \n", "...", "* * *", '"', "—\n\n—"])
def test_there_is_no_sentence_without_a_letter_or_digit(text):
    assert sentences(text) == ()


@pytest.mark.parametrize(("left", "right"), [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»")])
def test_knows_which_sentences_begin_inside_a_quotation(left, right):
    text = f"Lund said: {left}We came. We listened.{right} Then they left."
    assert [found.in_quotation for found in sentences(text)] == [False, True, False]


def test_a_quotation_left_open_ends_with_its_paragraph():
    text = "''We know it, Lund said.\n\nThe talks ended."
    assert [found.in_quotation for found in sentences(text)] == [False, False]
