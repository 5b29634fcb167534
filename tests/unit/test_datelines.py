import pytest

from briefing.text.datelines import without_dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "TARSK - ",
        "TARSK: ",
        "PORT SALM, Velmora - ",
        "TARSK, Velmora (VW) — ",
        "TARSK, Sept. 17 (The Tarsk Gazette) - ",
        "TARSK, Velmora News Service (translated) - ",
        "TARSK, 10 April (translated service) – ",
        "PORT SALM, Wednesday. - ",
        "(Translated from the Velmoran) TARSK - ",
        "TARSK/SALM ",
        "Tarsk, V.M. (VW) - ",
        "(Velmora Wire) - ",
        "20 July 2031 – ",
        "7. ",
    ],
)
@pytest.mark.parametrize("opening", ["The mayor", "Seven", "“We", "12"])
def test_what_stands_before_the_first_word_is_left_out(dateline, opening):
    told = f"{opening} came to the harbour of Tarsk on Monday."
    assert without_dateline(dateline + told) == told


@pytest.mark.parametrize(
    "text",
    [
        "VPU officials came to Tarsk on Monday.",
        "Mayor Lund (Farm Union) said the port - the largest - was shut.",
        "VPU Secretary General Ada Lund said the port - the largest - was shut.",
        "The mayor - a former judge - came to Tarsk.",
        "2031 was a good year for Tarsk.",
        "3.2 million crowns were paid in Tarsk.",
        "Salm (Velmora) beat Tarsk on Monday.",
        "",
    ],
)
def test_a_sentence_without_a_dateline_is_left_alone(text):
    assert without_dateline(text) == text


def test_many_capitals_take_no_time():
    text = "TARSK, " + "Port Salm, (Velmora) " * 5_000
    assert without_dateline(text) == text
