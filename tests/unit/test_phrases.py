import re
from datetime import date
from string import Formatter

import pytest

from briefing import templating
from briefing.data.briefing import Discrepancy, Stage
from briefing.errors import ConfigError
from briefing.settings import DraftSettings
from briefing.steps.render import Form, render
from briefing.text.phrases import PLURALS, catalogue, languages, phrases
from tests import make
from tests.conftest import ROOT

ENGLISH = catalogue("en")
HERALD = "\u0646\u0628\u0623"
"""A word that is written from right to left."""

OTHERS = [code for code in languages() if code != "en"]
ALIKE = {
    "ar": set(),
    "de": {"heading.untitled"},
    "fr": {
        "difference.date",
        "heading.notes",
        "heading.sources",
        "opening.articles",
        "page.note",
        "page.source",
    },
}
"""What reads as in English, by language."""


def places(words):
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def _bare(words):
    """The words without dates' patterns and places."""
    return re.sub(r"[dMy]{2,}|\{\w+\}", "", " ".join(forms(words)))


def forms(words):
    return [words] if isinstance(words, str) else list(words.values())


def test_there_are_headings_in_these_languages():
    assert languages() == ("ar", "de", "en", "fr")


@pytest.mark.parametrize("code", OTHERS)
def test_every_catalogue_has_every_key_in_the_same_order(code):
    assert list(catalogue(code)) == list(ENGLISH)


@pytest.mark.parametrize("code", languages())
def test_every_form_has_the_places_of_the_english_one(code):
    for key, words in catalogue(code).items():
        assert isinstance(words, str) == isinstance(ENGLISH[key], str), key
        wanted = places(forms(ENGLISH[key])[-1])
        for form in forms(words):
            # One and two are words in Arabic, and none is said otherwise.
            assert places(form) | {"n"} == wanted | {"n"}, key
            assert form.strip(), key


@pytest.mark.parametrize("code", languages())
def test_a_plural_has_the_forms_of_its_language_and_no_others(code):
    from babel import Locale

    tags = [*Locale.parse(code).plural_form.tags, "other"]
    for key, words in catalogue(code).items():
        if not isinstance(words, str):
            assert list(words) == [form for form in PLURALS if form in tags], key


@pytest.mark.parametrize("code", OTHERS)
def test_no_heading_or_label_is_left_in_english(code):
    same = {key for key, words in catalogue(code).items() if words == ENGLISH[key]}
    assert {key for key in same if re.search(r"[^\W\d]{3}", _bare(ENGLISH[key]))} <= ALIKE[code]


@pytest.mark.parametrize("code", languages())
def test_every_stage_type_and_severity_has_a_name(code):
    fields = Discrepancy.model_fields
    for value in fields["type"].annotation.__args__:
        assert phrases(code).say(f"difference.{value.replace(' ', '_')}")
    for value in fields["severity"].annotation.__args__:
        assert phrases(code).say(f"severity.{value}")
    for stage in Stage:
        assert phrases(code).say(f"stage.{stage.value.replace(' ', '_')}")


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", templating.template_names())
def test_every_title_and_gap_of_our_templates_is_translated(name, code):
    plan = templating.template(name)
    words = {one for section in plan.sections for one in (section.title, section.gap) if one}
    words |= {plan.people.title, plan.people.gap} if plan.people else set()
    words |= {question.gap for question in plan.questions}
    assert plan.translations[code].keys() == words


@pytest.mark.parametrize(
    ("code", "days", "number"),
    [
        ("en", "6–7 April 2031", "1,234"),
        ("de", "6.–7. April 2031", "1.234"),
        ("fr", "6–7 avril 2031", "1\u202f234"),
        ("ar", "6–7 أبريل 2031", "1,234"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_does(code, days, number):
    words = phrases(code)
    assert words.period(date(2031, 4, 6), date(2031, 4, 7)) == days
    assert words.number(1234) == number


def test_the_first_of_a_month_is_an_ordinal_in_french():
    french = phrases("fr")
    assert french.day(date(2031, 4, 1)) == "1er avril 2031"
    assert french.period(date(2031, 4, 1), date(2031, 4, 11)) == "1er–11 avril 2031"
    assert phrases("de").day(date(2031, 4, 1)) == "1. April 2031"


def test_arabic_counts_in_six_ways():
    said = [phrases("ar").say("opening.articles", n=n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(said)) == 6


def test_words_from_outside_are_isolated_only_where_directions_meet():
    assert phrases("en").isolate("Wire") == "Wire"
    assert phrases("en").isolate(HERALD) == f"\u2068{HERALD}\u2069"
    assert phrases("ar").isolate("Wire") == "\u2068Wire\u2069"
    assert phrases("ar").isolate("") == ""


def test_an_unknown_language_names_those_there_are():
    with pytest.raises(ConfigError, match="there are ar, de, en, fr"):
        phrases("it")


@pytest.mark.parametrize("form", [Form.TERM, Form.TEXT, Form.MD, Form.HTML])
def test_a_colon_is_set_as_the_language_sets_it(form):
    costs = make.checked("It cost a lot.", figures=("$3 million",))
    section = make.section(costs).model_copy(update={"label": "figures"})
    document = make.briefing(
        sections=(section,), discrepancies=(make.discrepancy(wording="They differ."),)
    )
    for code, colon in [("en", ": "), ("fr", " : ")]:
        printed = render(document, form=form, headings=code)
        plain = " ".join(re.sub(r"<[^>]+>|\\?[*$]+", "", printed).split())
        assert f"3 million{colon}It cost" in plain
        assert f"){colon}They differ." in plain


def test_json_is_the_same_in_every_language():
    document = make.briefing(make.checked())
    assert len({render(document, form=Form.JSON, headings=code) for code in languages()}) == 1


@pytest.mark.parametrize("code", languages())
def test_an_outlet_that_is_not_known_is_said_in_every_language(code):
    document = make.briefing(make.checked(), articles=(make.article_entry(outlet="unknown"),))
    printed = render(document, form=Form.TEXT, headings=code)
    assert phrases(code).say("source.outlet_unknown") in printed
    assert "unknown" not in printed


def test_the_default_is_a_language_that_there_is():
    assert DraftSettings().headings in languages()


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("form", [Form.TERM, Form.TEXT])
def test_what_is_isolated_is_closed_on_every_line(form, width):
    document = make.briefing(make.checked("The talks began on Monday and went on. " * 9))
    for line in render(document, form=form, width=width, headings="ar").splitlines():
        assert line.count("\u2068") == line.count("\u2069")
        depth = 0
        for char in line:
            depth += {"\u2068": 1, "\u2069": -1}.get(char, 0)
            assert depth >= 0


def test_the_command_names_every_language():
    help_ = (ROOT / "docs" / "cli.md").read_text("utf-8")
    lines = [line for line in help_.splitlines() if line.startswith("- `--headings")]
    assert len(lines) == 2
    for line in lines:
        assert set(re.findall(r"\b[a-z]{2}\b", line.partition(": ")[2])) - {"of", "or"} == {
            *languages()
        }
