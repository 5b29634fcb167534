from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from briefing.data.briefing import Briefing, DrafterEntry, Kind, Usage, Verdict
from briefing.steps.render import Form, render
from briefing.templating import template
from tests import make

ARTICLES = (
    make.article_entry(
        "courier",
        outlet="Salm Courier",
        title="Maronde opens two days of talks in Port Salm",
        published=date(2031, 4, 6),
        path=None,
        url="https://courier.example/2031/04/06/maronde-opens-talks?page=1",
    ),
    make.article_entry(
        "wire",
        outlet="Tarsk Wire",
        title="Velmora and Tarsk sign fisheries accord [updated]",
        published=date(2031, 4, 6),
    ),
    make.article_entry(
        "post", outlet="The Velmora Post", title="", published=date(2031, 4, 5), path="in/post.txt"
    ),
    make.article_entry(
        "harbour",
        outlet="港湾日報",
        title="マロンデ大統領がサルム港に到着、漁業協定の署名式は火曜日に行われる見通し",
        published=None,
    ),
)

ARRIVED = make.citation(
    "President Ilse Maronde of Velmora arrived in Port Salm on Sunday evening.", "courier", 120
)
LANDED = make.citation("Ms Maronde landed in Port Salm on Sunday.", "wire", 40)
SIGNED = make.citation("The two sides signed a fisheries accord on Tuesday.", "wire", 310)
FORTY = make.citation("She was accompanied by a delegation of 40.", "courier", 402)
FIFTY_TWO = make.citation("The 52 delegates will visit the harbour.", "post", 77)
CROWNS = make.citation("The accord is worth 3.2 million crowns a year.", "wire", 420)
NEXT_TALKS = make.citation("She will meet the mayor on Monday, 6 April.", "post", 140)
WORDS = make.citation(
    "“We came to listen, and we will leave with an agreement,” Ms Maronde said.", "courier", 650
)


def visit():
    return make.briefing(
        title="President Maronde of Velmora in Port Salm",
        articles=ARTICLES,
        origins=(
            make.origin(
                "courier", "wire", first=ARTICLES[1].id, source="Foreign Office [of Tarsk]"
            ),
        ),
        sections=(
            make.section(
                make.checked(
                    "President Ilse Maronde of Velmora arrived in Port Salm on Sunday for two days "
                    "of talks with Prime Minister Pavel Orrin of Tarsk.",
                    cites=[ARRIVED, LANDED],
                ),
                make.checked("The two sides signed a fisheries accord.", cites=[SIGNED]),
                make.checked(
                    "Her delegation has 40 members.", cites=[FORTY], discrepancies=("delegates",)
                ),
                title="Bottom line",
            ),
            make.section(title="People"),
            make.section(
                make.checked(
                    "The accord is worth 3.2 million crowns a year.",
                    cites=[CROWNS, SIGNED],
                    discrepancies=("spelling", "delegates"),
                ),
                make.checked(
                    "The accord matters more to Tarsk, whose fleet is larger, than to Velmora.",
                    cites=[SIGNED, FIFTY_TWO],
                    kind=Kind.ANALYSIS,
                ),
                title="Numbers",
            ),
            make.section(
                make.checked(
                    "“We came to listen, and we will leave with an agreement,” Ms Maronde said.",
                    cites=[WORDS],
                    kind=Kind.ATTRIBUTED,
                ),
                title="In their words",
            ),
        ),
        discrepancies=(
            make.discrepancy(
                "spelling",
                type="spelling",
                severity="low",
                status="resolved",
                wording="Port Salm is also printed as Port Zalm.",
                reason="one town, two spellings",
            ),
            make.discrepancy(
                "delegates",
                severity="high",
                wording="The sources do not agree on the size of the Velmoran delegation.",
                sides=[("40 delegates", [FORTY]), ("52 delegates", [FIFTY_TWO])],
            ),
            make.discrepancy(
                "signing",
                type="event status",
                severity="high",
                wording="One source has the accord signed, another only planned.",
                sides=[("signed", [SIGNED, LANDED]), ("planned", [])],
            ),
        ),
        unreported=(NEXT_TALKS,),
        gaps=("Who signed for Tarsk?", "Whether the two leaders spoke alone, and for how long."),
        dropped=(
            make.dropped(),
            make.dropped("not in any source"),
            make.dropped(),
        ),
        drafter=DrafterEntry(kind="model", name="gpt-5-mini"),
        usage=Usage(calls=3, prompt_tokens=5_120, completion_tokens=640, cost_usd=0.0031),
    )


def edited():
    """A saved file in which somebody changed a sentence and its verdict with it."""
    return make.briefing(
        make.checked("The talks began on Monday."),
        make.checked("Nobody attended them.", verdict=Verdict.CONTRADICTED),
        make.checked("They were a triumph.", verdict=Verdict.UNSUPPORTED, cites=[], origins=()),
        focus="attendance",
    )


FORMS = {
    "term": (Form.TERM, 80, "txt"),
    "term60": (Form.TERM, 60, "txt"),
    "text": (Form.TEXT, 80, "txt"),
    "markdown": (Form.MD, 80, "md"),
    "html": (Form.HTML, 80, "html"),
    "json": (Form.JSON, 80, "json"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("document", [visit, edited])
def test_prints_as_recorded(document, form, golden):
    which, width, ending = FORMS[form]
    printed = render(document(), form=which, width=width)
    golden(printed, f"render/{document.__name__}.{form}.expected.{ending}")


@pytest.mark.parametrize("form", ["html", "text", "markdown", "term"])
@pytest.mark.parametrize("language", ["ar", "de", "fr"])
def test_prints_as_recorded_in_other_languages(language, form, golden):
    which, width, ending = FORMS[form]
    document = visit().model_copy(update={"translations": template("visit").translations})
    printed = render(document, form=which, width=width, headings=language)
    golden(printed, f"render/visit.{language}.{form}.expected.{ending}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_text_of_the_word_file_is_as_recorded(language, golden):
    pytest.importorskip("docx", reason="python-docx is not installed")
    document = visit().model_copy(update={"translations": template("visit").translations})
    written = render(document, form=Form.DOCX, headings=language)
    with ZipFile(BytesIO(written)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
    body = body[body.index("<w:body>") :].replace("<w:p>", "\n<w:p>")
    golden(f"{body}\n", f"render/visit.{language}.docx.expected.xml")


def test_the_recorded_json_is_the_document():
    assert Briefing.model_validate_json(render(visit(), form=Form.JSON)) == visit()
